import type { Readable } from 'node:stream';
import type { AwsTarget, UnprojectedDays } from '@headwater/core';
import type { InputFormat } from '../input/input-file.ts';
import type { LeftOutFile } from '../input/why-left-out.ts';
import type { StoreTraffic } from '../lake/store-traffic.ts';
import type { WriteOptions } from '../lake/write-options.ts';
import type { NulledValues } from './load-engine.ts';
import type { LoadEngineName } from './open-load-engine.ts';
import type { SparsePartitions } from './sparse-partitions.ts';
import type { UnknownInputs } from './unknown-inputs.ts';

/** Counts that always add up: `rowsIn = rowsOut + duplicates + quarantined + filtered`. */
export interface Accounting {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly duplicates: number;
  readonly quarantined: number;
  /** Rows that the conditions of the source left out. They are not loaded, and not rejected. */
  readonly filtered: number;
}

/** The counts of one input. */
export interface InputReport extends Accounting {
  readonly source: string;
  readonly bytes: number;
  /** Lines (JSON Lines, CSV) or records (Parquet) of the input, where a table has a row per element of a list. */
  readonly recordsIn?: number;
  /** Whether the same content was loaded before, so that nothing was loaded. */
  readonly skipped: boolean;
  /**
   * Of a skipped input, the lookups that had another file when it was loaded: its rows keep the values of that file. To apply
   * the new one, load the raw files into a new lake.
   */
  readonly otherLookups: readonly string[];
  /** Whether the input has no bytes. It is no error, and is not remembered as loaded. */
  readonly isEmpty: boolean;
  /** Columns that the file has and the table has not; they are not read. Of JSON Lines, those of the first line. */
  readonly unread: readonly string[];
  /**
   * Columns that name a column of the table once more, and are not read: of two columns of a name, the one that is spelled
   * exactly so is, or else the first. In JSON Lines a line with a name twice is rejected as `repeated_name`.
   */
  readonly repeated: readonly string[];
  /** Columns that the table has and the file has not. Of JSON Lines, columns with a path of which no row has a value. */
  readonly absent: readonly string[];
}

/** One lookup of a load. */
export interface LookupReport {
  readonly name: string;
  /** The file as the user named it. */
  readonly source: string;
  readonly hash: string;
  /** Rows of the file. */
  readonly rows: number;
  /** Accepted rows of the inputs whose key has no row there: the columns of the lookup are null. Duplicates among them count. */
  readonly unmatched: number;
}

/** A place on S3 that was listed for the inputs. */
export interface ListingReport {
  /** The input as the user named it; a prefix has a slash at its end. */
  readonly location: string;
  /** The first UTC day whose folders were listed, `YYYY-MM-DD`; null when all of the place was. */
  readonly from: string | null;
  /** Folders of earlier days that were not listed. */
  readonly omitted: number;
}

/** The result of a load: the object that `headwater etl run --json` prints. */
export interface LoadReport extends Accounting {
  /** The sum over the inputs, where a table has a row per element of a list. */
  readonly recordsIn?: number;
  readonly runId: string;
  readonly table: string;
  readonly lake: string;
  /** The source of the table that the inputs were read as; null when they were read by the names of the columns. */
  readonly source: string | null;
  readonly dryRun: boolean;
  /** Rejected rows by `column:code`; a row with two faults counts in both. */
  readonly reasons: Readonly<Record<string, number>>;
  /**
   * Bad values that are null in the lake, of columns with `invalid: 'null'`. Their rows are accepted; a row that was dropped as a
   * duplicate is counted here as well.
   */
  readonly nulled: readonly NulledValues[];
  /** Folders that got rows: one for each day, or more where the table is partitioned further. */
  readonly partitions: number;
  /** UTC days that got rows. */
  readonly days: number;
  readonly files: number;
  readonly bytes: number;
  /** Set when the table's folders hold few rows, which makes loads and queries slow. */
  readonly sparsePartitions: SparsePartitions | null;
  /** Set when the table, this load included, has rows on days that Athena and Trino omit. Null without `aws`. */
  readonly unprojected: UnprojectedDays | null;
  /** Set when a repair left inputs of the lake unknown: one of them that is loaded again is not skipped. */
  readonly unknownInputs: UnknownInputs | null;
  /** Leftovers of dead runs that this run removed, as paths below the lake. */
  readonly removedLeftovers: readonly string[];
  /** What the load moved and asked of a lake on S3, beside the `bytes` that it stores. Null for a lake in a folder. */
  readonly traffic: StoreTraffic | null;
  readonly seconds: number;
  readonly inputs: readonly InputReport[];
  /** The files that columns were looked up in. */
  readonly lookups: readonly LookupReport[];
  /** What lies in the folders among the inputs and is not loaded. */
  readonly leftOut: readonly LeftOutFile[];
  /** The places on S3 that were listed. */
  readonly listings: readonly ListingReport[];
}

/** Options of a load. */
export interface LoadOptions extends WriteOptions {
  /**
   * Files, folders, globs, or `-` for standard input. A folder means the files below it whose names say what they hold; the
   * report lists the others as `leftOut`. Objects on S3 are named in the same ways: `s3://bucket/key`, `s3://bucket/prefix/`, or a
   * pattern of keys. An object that was loaded before, by its key, ETag, size and time, is not read.
   */
  readonly inputs: readonly string[];
  /**
   * Which folders of days below an `s3://` prefix, such as `dt=2026-11-27/`, are listed: those from a UTC day on (`2026-11-27`), or with
   * `last` those in which objects may have arrived since the last load of this place. Defaults to all of them.
   */
  readonly since?: string | undefined;
  /**
   * With `since: 'last'`: how many days after the day in its key an object may arrive in a folder of which objects were loaded before,
   * and still be found. Defaults to 3.
   */
  readonly lateDays?: number | undefined;
  readonly stdin?: Readable | undefined;
  /** What reads, cleans and writes the rows. Defaults to `duckdb`. */
  readonly engine?: LoadEngineName | undefined;
  /**
   * The format of the inputs. Defaults to the one that each file's name says, or its content where the name does not.
   * Files of folders are loaded when their names do not say another one.
   */
  readonly format?: InputFormat | undefined;
  /**
   * Every line of the inputs is a record of its own, as a stream carried it. A file whose first lines look like the beginning of a JSON
   * array or of packed bytes is then read, and these lines are rejected; by default it is refused as a whole. Needs `format: 'jsonl'`.
   */
  readonly areRecords?: boolean | undefined;
  /**
   * The source of the table that the inputs are of. Defaults to none: they are read by the names of the columns. The same file
   * under another source is another input.
   */
  readonly source?: string | undefined;
  /**
   * The columns of the fields of CSV files without a header line, in order; null for a field that is not read. Columns that
   * are not listed are null. With `header: true` the first line is skipped.
   */
  readonly columns?: readonly (string | null)[] | undefined;
  /** The file of each lookup of the table, by its name: CSV, JSON Lines or Parquet, as inputs are. */
  readonly lookups?: Readonly<Record<string, string>> | undefined;
  /** The CSV delimiter. Defaults to the detected one. */
  readonly delimiter?: string | undefined;
  /** Whether CSV files have a header line. Defaults to what the first line looks like. */
  readonly header?: boolean | undefined;
  /** Share of rejected rows, 0 to 1, above which nothing is committed. Defaults to a half; 1 commits whatever is rejected. */
  readonly maxQuarantine?: number | undefined;
  /** Where the lake's tables are on AWS: its region and key, and the first day, for the days that their projection omits. */
  readonly aws?: AwsTarget | undefined;
  /** Load everything, but commit nothing. Nothing below the lake changes. */
  readonly dryRun?: boolean | undefined;
}
