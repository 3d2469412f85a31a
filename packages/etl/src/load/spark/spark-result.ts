import type { ErrorPayloads } from '@headwater/core';
import type { ManifestInput } from '@headwater/core/internal';
import type { NulledValues, RejectionExample } from '../load-engine.ts';

/** A file that the script wrote. */
export interface SparkFile {
  /** Where it is: a path, or an S3 URI. */
  readonly uri: string;
  /** Its folder in the lake. */
  readonly folder: string;
  readonly day: string;
  readonly rows: number;
  readonly bytes: number;
  readonly hash: string;
  readonly timeRange?: [string, string];
  readonly columnBytes: Readonly<Record<string, number>>;
}

/** An input as the script found it. Counts are there when it was not skipped. */
export interface SparkInput {
  readonly source: string;
  readonly hash: string;
  readonly bytes: number;
  readonly skipped: boolean;
  readonly isEmpty: boolean;
  readonly recordsIn?: number;
  readonly rowsIn?: number;
  readonly duplicates?: number;
  readonly quarantined?: number;
  readonly accepted?: number;
  readonly filtered?: number;
  /** The names of the columns of a Parquet file. */
  readonly fields?: readonly string[];
}

/** Rows that the script cleaned and wrote, in the words of a manifest; with `local`, what only a caller on this machine needs. */
export interface SparkRows extends SparkCompacted {
  readonly reasons: Readonly<Record<string, number>>;
  readonly lookups?: readonly { readonly name: string; readonly unmatched: number }[];
  readonly quarantineAdded: readonly SparkFile[];
  readonly local: {
    readonly examples: readonly RejectionExample[];
    readonly nulled: readonly NulledValues[];
    /** Folders with a committed row that leaves the lake. */
    readonly losing: readonly string[];
  };
}

/** What a compaction wrote. */
export interface SparkCompacted {
  readonly status: 'written';
  readonly added: readonly SparkFile[];
  readonly removed: readonly string[];
}

/** What a load wrote. */
export interface SparkWritten extends SparkRows {
  readonly inputs: readonly ManifestInput[];
  readonly local: SparkRows['local'] & { readonly inputs: readonly SparkInput[] };
}

/** What a replay wrote. */
export interface SparkReplayed extends SparkRows {
  readonly accepted: number;
  readonly rejected: number;
  readonly filtered: number;
  readonly duplicates: number;
}

/** Why the script gave up. */
export interface SparkFailed {
  readonly status: 'failed';
  readonly code: keyof ErrorPayloads;
  readonly details: Readonly<Record<string, unknown>>;
  readonly message: string;
}
