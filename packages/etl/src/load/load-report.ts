import type { Readable } from 'node:stream';
import type { EventsTable } from '@headwater/core';
import type { EngineLimits } from '../engine/duckdb-session.ts';
import type { InputFormat } from '../input/input-file.ts';

/** What a run says of itself while it works. */
export interface LoadProgress {
  readonly phase: 'read' | 'write' | 'upload' | 'commit';
  readonly source?: string;
  /** Rows known so far. */
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
  /** Share of the whole run that is done, 0 to 1; of the upload alone while it uploads. */
  readonly fraction: number;
}

/** Counts that always add up: `rowsIn = rowsOut + duplicates + quarantined`. */
export interface Accounting {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly duplicates: number;
  readonly quarantined: number;
}

/** What became of one input. */
export interface InputReport extends Accounting {
  readonly source: string;
  readonly bytes: number;
  /** Whether the same content was loaded before, so that nothing was done. */
  readonly skipped: boolean;
  /** Columns of the file that the table has not: nothing was read from them. Of JSON Lines, those of the first line. */
  readonly unread: readonly string[];
  /** Columns of the table that the file has not. */
  readonly absent: readonly string[];
}

/** What a load did: the object that `headwater etl run --json` prints. */
export interface LoadReport extends Accounting {
  readonly runId: string;
  readonly table: string;
  readonly lake: string;
  readonly dryRun: boolean;
  /** Refused rows by `column:code`; a row with two faults counts in both. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Folders that got rows: one for each day, or more where the table is partitioned further. */
  readonly partitions: number;
  /** UTC days that got rows. */
  readonly days: number;
  readonly files: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly inputs: readonly InputReport[];
}

/** What every operation that writes to a lake takes. */
export interface WriteOptions extends EngineLimits {
  readonly table: EventsTable;
  /** The lake's folder, made when it is not there, or `s3://bucket/prefix`. */
  readonly lake: string;
  /** Where a run on a lake on S3 works on this machine; `headwater` in the user's cache folder when not given. */
  readonly workFolder?: string | undefined;
  /** What a data file should measure, such as `256MiB`, the default. A file is split above one and a half times this. */
  readonly targetFileSize?: string | undefined;
  /** Seconds to wait for another run on the same table; 60 when not given, 0 refuses at once. */
  readonly lockTimeoutSeconds?: number | undefined;
  /** Ids of changes since the last commit that are meant, though files of before do not fit them or lose by them. */
  readonly allow?: readonly string[] | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Stops the run cleanly; the lake stays as it was. */
  readonly signal?: AbortSignal | undefined;
}

/** What a load takes. */
export interface LoadOptions extends WriteOptions {
  /** Files, folders, globs, or `-` for standard input. */
  readonly inputs: readonly string[];
  readonly stdin?: Readable | undefined;
  /** What the inputs hold, when their names do not say. */
  readonly format?: InputFormat | undefined;
  /** The CSV delimiter; found out when not given. */
  readonly delimiter?: string | undefined;
  /** Whether CSV files have a header line; found out when not given. */
  readonly header?: boolean | undefined;
  /** Share of rows, 0 to 1, above which nothing is committed. */
  readonly maxQuarantine?: number | undefined;
  /** Do everything but the commit. */
  readonly dryRun?: boolean | undefined;
}
