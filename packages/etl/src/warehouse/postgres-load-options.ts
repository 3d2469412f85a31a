import type { EventsTable, PostgresTableOptions } from '@headwater/core';
import type { LakeTarget } from '@headwater/storage';
import type { EngineLimits } from '../engine/engine-limits.ts';
import type { PostgresAccess } from './postgres-access.ts';

/** Options of a load into PostgreSQL. `schema`, `partition`, `key` and `indexes` are those of `derivePostgresTable`. */
export interface PostgresLoadOptions extends EngineLimits, PostgresTableOptions, PostgresAccess {
  readonly table: EventsTable;
  /** The lake's folder, or `s3://bucket/prefix`. */
  readonly lake: string;
  /** Where the lake's tables are on AWS: its region. */
  readonly aws?: LakeTarget | undefined;
  /** Drop the table and load every file again, after a change of the definition that the table cannot follow. */
  readonly rebuild?: boolean | undefined;
  /** Report what would be loaded, and change nothing. */
  readonly dryRun?: boolean | undefined;
  /** Where files of a lake on S3 are kept while they are read. Defaults to the machine's folder for temporary files. */
  readonly workFolder?: string | undefined;
  /** Seconds to wait for another load of the same table. Defaults to 60; with 0 the load fails at once. */
  readonly lockTimeoutSeconds?: number | undefined;
  readonly onProgress?: ((progress: PostgresLoadProgress) => void) | undefined;
  /** Stops the load. The next one resumes it. */
  readonly signal?: AbortSignal | undefined;
}

/** How far a load is. */
export interface PostgresLoadProgress {
  /** Rows that were copied so far. */
  readonly rows: number;
  readonly totalRows: number;
}

/** The result of a load, or with `dryRun` what one would do. */
export interface PostgresLoadReport {
  readonly table: string;
  /** The table's name in the database, with its schema. */
  readonly target: string;
  /** The database, without user and password. */
  readonly server: string;
  readonly lake: string;
  readonly dryRun: boolean;
  /** Whether the table was created. */
  readonly isNew: boolean;
  /** Columns that the table lacked. */
  readonly columnsAdded: readonly string[];
  /** The last commit of the lake that was loaded before. 0 when none was. */
  readonly from: number;
  /** The last commit of the lake that is loaded now. */
  readonly to: number;
  /** Files that were copied, and their rows. */
  readonly files: number;
  readonly rows: number;
  /** Days whose rows were replaced, because files of theirs are no longer in the lake. */
  readonly daysReplaced: number;
  /** Rows that were deleted on those days. */
  readonly rowsRemoved: number;
  /** Rows of the table after the load. It is the lake's number of rows. */
  readonly totalRows: number;
  readonly seconds: number;
}
