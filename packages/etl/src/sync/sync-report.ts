import type { EventsTable } from '@headwater/core';

/** Which table is copied from where to where. A lake is a folder, or `s3://bucket/prefix`. */
export interface SyncOptions {
  readonly table: EventsTable;
  readonly from: string;
  readonly to: string;
  /** Find out what would be copied, and copy nothing. */
  readonly dryRun?: boolean | undefined;
  /** Where files on their way between two lakes on S3 are kept; `headwater` in the user's cache folder when not given. */
  readonly workFolder?: string | undefined;
  /** Seconds to wait for a run on the target; 60 when not given, 0 refuses at once. */
  readonly lockTimeoutSeconds?: number | undefined;
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined;
  /** Stops the copying; what was copied is not copied again by the next one. */
  readonly signal?: AbortSignal | undefined;
}

/** How far a sync is. */
export interface SyncProgress {
  /** Bytes that were copied so far, of all that will be. */
  readonly bytes: number;
  readonly totalBytes: number;
}

/** What a sync did, or with `dryRun` would do. */
export interface SyncReport {
  readonly table: string;
  readonly from: string;
  readonly to: string;
  readonly dryRun: boolean;
  /** Commits that the target did not have. */
  readonly commits: number;
  /** Commits that the target has and the source has not; nothing is copied then. */
  readonly ahead: number;
  readonly files: number;
  readonly bytes: number;
  /** Files that these commits take out of the target. */
  readonly removed: number;
  readonly seconds: number;
}
