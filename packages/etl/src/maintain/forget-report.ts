import type { ObjectVersions } from '@headwater/storage';
import type { StoreTraffic } from '../lake/store-traffic.ts';
import type { WriteOptions } from '../lake/write-options.ts';

/** Options of {@link forgetActors}. */
export interface ForgetOptions extends WriteOptions {
  /** The ids of the actors, as raw files or the lake have them. They are in no message, no report and no manifest. */
  readonly actors: readonly string[];
  /** Search and count, and change nothing. Defaults to false. */
  readonly dryRun?: boolean | undefined;
  /**
   * Folders of cached answers, as `folderStore` of `@headwater/queries` keeps them. They are emptied: an answer does not say whose rows it
   * holds. Defaults to the folder of the `headwater` command in the user's cache folder.
   */
  readonly answerFolders?: readonly string[] | undefined;
}

/** The receipt of an erasure. It has counts and names nobody, so it can be kept. */
export interface ForgetReport {
  /** The run that made the first commit, or that found nothing. */
  readonly runId: string;
  readonly table: string;
  readonly lake: string;
  readonly dryRun: boolean;
  /** The number of ids that were given. */
  readonly actors: number;
  /** When the erasure began and ended, ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Fingerprint of the definition of now. Ids are also read as the definitions of earlier files do. */
  readonly fingerprint: string;
  /** The commit that was current when nothing was found any more. */
  readonly sequence: number;
  /** Commits that the erasure made. More than one only on S3. */
  readonly commits: readonly number[];
  /** Rows that were taken out of the lake. */
  readonly rows: number;
  /** The number of days that held them. */
  readonly days: number;
  /** Rows that were taken out of the quarantine: by their actor, and by a word of the text of rows whose actor is unknown. */
  readonly quarantined: { readonly byActor: number; readonly byText: number };
  readonly files: {
    /** Files of the lake and the quarantine whose rows were searched. */
    readonly searched: number;
    /** Files that held such rows, and are deleted. */
    readonly removed: number;
    /** Files with the other rows of those. */
    readonly written: number;
  };
  /** What was removed from this machine: downloaded files that are no longer part of the lake, and cached answers. */
  readonly caches: { readonly files: number; readonly answers: number };
  /**
   * What was removed from the rollups: entries that were computed from files with such rows, and files that no other entry has. The answers of
   * those days come from the events until the next refresh.
   */
  readonly rollups: { readonly entries: number; readonly files: number };
  /**
   * Files in the lake's folders that no commit lists, of runs that are at work or died. They may hold such rows. Erase again when
   * the runs have ended; on S3 files of dead runs go after an hour.
   */
  readonly unsettled: readonly string[];
  /** Manifests of commits whose inputs have one of the ids in their names. A manifest is not rewritten. */
  readonly namedIn: readonly string[];
  /** Other columns that hold personal data, by their class in the definition. Rows are found by the actor alone. */
  readonly otherPersonalColumns: readonly string[];
  /** What the bucket keeps of the deleted files. Null for a lake in a folder. */
  readonly versions: ObjectVersions | null;
  /** What the erasure cannot reach, in plain words. */
  readonly notReached: readonly string[];
  /** What the erasure moved and asked of a lake on S3. Null for a lake in a folder. */
  readonly traffic: StoreTraffic | null;
  readonly seconds: number;
}
