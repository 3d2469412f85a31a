import type { DataFile, LakeState, Manifest } from '@headwater/core/internal';
import { createFolderStore, type FolderStore, isS3Location, type LakeStore } from '@headwater/storage';
import { createFolderLake } from './folder-lake.ts';
import { createSharedLake } from './shared-lake.ts';
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
  /** Throws when the present state of the table, after commits by others, must not be added to. */
  assertFits(state: LakeState): void;
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes uploaded since the last call. */
  readonly onBytes: (bytes: number) => void;
}

/** The lake of a writing operation: where the operation works, and how its files become part of the lake. */
export interface WritableLake {
  readonly store: LakeStore;
  /** A folder of this machine that holds the lock and everything that the run writes before it commits. */
  readonly work: FolderStore;
  /** Whether writers on other machines may commit while this one works. */
  readonly isShared: boolean;
  /** Where a committed file is on this machine once it was fetched. */
  localPath(file: DataFile): string;
  /** Downloads the committed files that are not on this machine. */
  fetch(files: readonly DataFile[], signal?: AbortSignal): Promise<void>;
  /** Removes the leftovers of dead runs. Call it with the lock held. */
  removeLeftovers(state: LakeState): Promise<void>;
  /** Moves the files into place and commits. */
  commit(pending: PendingCommit): Promise<void>;
}

/** Opens the lake of a writing operation. A lake on S3 gets a folder of this machine to work in. */
export function openWritableLake({ table, lake, workFolder }: WriteOptions): WritableLake {
  return isS3Location(lake)
    ? createSharedLake(table.schema.name, lake, openWorkFolder(lake, workFolder))
    : createFolderLake(createFolderStore(lake));
}
