import type { EventsTable } from '@headwater/core';
import type { LakeTarget } from '@headwater/storage';
import type { EngineLimits } from '../engine/engine-limits.ts';

/** How far a run is. */
export interface LoadProgress {
  /** `download` of inputs on S3, when the run waits for one. */
  readonly phase: 'download' | 'read' | 'write' | 'upload' | 'commit';
  readonly source?: string;
  /** Rows counted so far. */
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
  /** Share of the whole run that is done, 0 to 1; while it uploads, the share of the upload. */
  readonly fraction: number;
}

/** Options of every operation that writes to a lake. */
export interface WriteOptions extends EngineLimits {
  readonly table: EventsTable;
  /** The lake's folder, created when it does not exist, or `s3://bucket/prefix`. */
  readonly lake: string;
  /** Where the lake's tables are on AWS: its region, and the key by which files are encrypted. */
  readonly aws?: LakeTarget | undefined;
  /**
   * Where a run on a lake on S3 works on this machine. Defaults to `headwater` in the user's cache folder. A dry run on a
   * lake in a folder works here too; its default is the machine's folder for temporary files.
   */
  readonly workFolder?: string | undefined;
  /** The size of a data file, such as `128MiB`. Defaults to `256MiB`. A file is split above one and a half times this. */
  readonly targetFileSize?: string | undefined;
  /** Seconds to wait for another run on the same table. Defaults to 60; with 0 the run fails at once. */
  readonly lockTimeoutSeconds?: number | undefined;
  /**
   * Ids of intended changes of the definition that the lake's files do not fit, or by which they lose values. The commit records
   * them, and queries then read files of earlier commits where the engine returns what is stored.
   */
  readonly allow?: readonly string[] | undefined;
  /**
   * Seconds that leftovers of other runs stay on S3 before a run may remove them. Defaults to 3600. In a folder the lock
   * excludes other runs, so leftovers are removed at once.
   */
  readonly leftoverGraceSeconds?: number | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Stops the run; the lake stays as it was. */
  readonly signal?: AbortSignal | undefined;
}
