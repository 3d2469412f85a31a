import type { EventsTable } from '@headwater/core';
import type { LakeTarget } from '@headwater/storage';

/** Options of a sync. A lake is a folder, or `s3://bucket/prefix`. */
export interface SyncOptions {
  readonly table: EventsTable;
  readonly from: string;
  readonly to: string;
  /** Where tables are on AWS: the region of a lake in its bucket, and the key by which files there are encrypted. */
  readonly aws?: LakeTarget | undefined;
  /** Report what would be copied, and copy nothing. */
  readonly dryRun?: boolean | undefined;
  /** Where files between two lakes on S3 are kept. Defaults to `headwater` in the user's cache folder. */
  readonly workFolder?: string | undefined;
  /** Seconds to wait for a run on the target. Defaults to 60; with 0 the sync fails at once. */
  readonly lockTimeoutSeconds?: number | undefined;
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined;
  /** Stops the sync. The next one resumes it. */
  readonly signal?: AbortSignal | undefined;
}

/** How far a sync is. */
export interface SyncProgress {
  /** Bytes that are copied so far. */
  readonly bytes: number;
  readonly totalBytes: number;
}

/** The result of a sync, or with `dryRun` what one would do. */
export interface SyncReport {
  readonly table: string;
  readonly from: string;
  readonly to: string;
  readonly dryRun: boolean;
  /** Commits that the target lacked. */
  readonly commits: number;
  /** Commits that the target has and the source lacks. Nothing is copied then. */
  readonly ahead: number;
  readonly files: number;
  readonly bytes: number;
  /** Files that these commits remove from the target. */
  readonly removed: number;
  readonly seconds: number;
}
