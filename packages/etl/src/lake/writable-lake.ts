import type { DataFile, LakeState, Manifest } from '@headwater/core/internal';
import {
  createFolderStore,
  type FolderStore,
  type LakeStore,
  openLakeStore,
  parseLakeLocation,
  type StoredFile,
} from '@headwater/storage';
import { createDryLake } from './dry-lake.ts';
import { createFolderLake } from './folder-lake.ts';
import type { RemovedLeftovers } from './remove-leftovers.ts';
import { openScratchFolder } from './scratch-folder.ts';
import { createSharedLake } from './shared-lake.ts';
import { countTraffic, type StoreTraffic } from './store-traffic.ts';
import { openWorkFolder } from './work-folder.ts';
import type { WriteOptions } from './write-options.ts';
import type { WrittenFile } from './written-file.ts';

/** The files that a run has written, and the manifest that would commit them. */
export interface PendingCommit {
  readonly state: LakeState;
  readonly runId: string;
  readonly added: readonly WrittenFile[];
  readonly quarantineAdded: readonly WrittenFile[];
  /** The manifest of these files, as commit number `sequence`. */
  manifest(sequence: number, added: readonly DataFile[], quarantineAdded: readonly DataFile[]): Manifest;
  /** Whether the run looked at every folder, so that every change of the table conflicts with it. */
  readonly isWholeTable: boolean;
  /** Throws when the present state of the table, after commits by others, must not be added to. */
  assertFits(state: LakeState): void;
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes uploaded since the last call. */
  readonly onBytes: (bytes: number) => void;
}

/** The lake of a writing operation: where the operation works, and how its files become part of the lake. */
export interface WritableLake extends AsyncDisposable {
  readonly store: LakeStore;
  /** A folder of this machine that holds the lock and everything that the run writes before it commits. */
  readonly work: FolderStore;
  /** Whether the run has to hold the lock in the work folder. */
  readonly isLocked: boolean;
  /** Whether writers on other machines may commit while this one works. */
  readonly isShared: boolean;
  /** Where a committed file is on this machine once it was fetched. */
  localPath(file: DataFile): string;
  /** Gives the path on this machine of a file that is not committed; it is downloaded to `to` if it is on S3. */
  localCopy(file: StoredFile, to: string, signal?: AbortSignal): Promise<string>;
  /** Downloads the committed files that are not on this machine. */
  fetch(files: readonly DataFile[], signal?: AbortSignal): Promise<void>;
  /**
   * Removes the leftovers of dead runs, unless a manifest was lost. Call it with the lock held.
   */
  removeLeftovers(state: LakeState): Promise<RemovedLeftovers>;
  /** Removes downloaded files above the size that is kept on this machine. */
  trimCache(): Promise<void>;
  /** Removes every downloaded file but those of `files`. @returns the number of removed files */
  keepCached(files: readonly DataFile[]): Promise<number>;
  /** What was moved and asked so far, where that costs: on S3. */
  traffic?(): StoreTraffic;
  /** Moves the files into place and commits. */
  commit(pending: PendingCommit): Promise<void>;
}

/** How long leftovers stay on S3. */
const defaultGraceSeconds = 3600;

/**
 * Opens the lake of a writing operation. A lake on S3 gets a folder of this machine to work in.
 *
 * @param isDryRun opens it for an operation that must not change anything below the lake
 */
export async function openWritableLake(
  { table, lake, aws, workFolder, leftoverGraceSeconds = defaultGraceSeconds }: WriteOptions,
  isDryRun: boolean,
): Promise<WritableLake> {
  // Refuses every other address before a folder of that name is created.
  if (parseLakeLocation(lake).kind === 's3') {
    const work = openWorkFolder(lake, workFolder);
    const { store, traffic } = countTraffic((onRequest) => openLakeStore(lake, { aws, onRequest }));
    const graceMs = leftoverGraceSeconds * 1000;
    const shared = { ...createSharedLake(table.schema.name, store, work, graceMs), traffic };
    // The work folder is not part of a lake on S3, so its lock and its cache serve a dry run as well.
    return isDryRun ? createDryLake(shared, work) : shared;
  }
  const folder = createFolderLake(createFolderStore(lake));
  if (!isDryRun) return folder;
  const scratch = await openScratchFolder('dry-run', workFolder);
  return { ...createDryLake(folder, createFolderStore(scratch.path)), isLocked: false, ...scratch };
}
