import type { DataFile, LakeState, Manifest } from '@headwater/core/internal';
import { createFolderStore, type FolderStore, isS3Location, type LakeStore } from '@headwater/storage';
import type { WrittenFile } from '../load/duckdb/write-file.ts';
import type { WriteOptions } from '../load/load-report.ts';
import { createFolderTarget } from './folder-target.ts';
import { createSharedTarget } from './shared-target.ts';
import { openWorkFolder } from './work-folder.ts';

/** What a run has written, and wants in the lake. */
export interface Publication {
  readonly state: LakeState;
  readonly runId: string;
  readonly added: readonly WrittenFile[];
  readonly quarantineAdded: readonly WrittenFile[];
  /** The manifest of these files, as commit number `sequence`. */
  manifest(sequence: number, added: readonly DataFile[], quarantineAdded: readonly DataFile[]): Manifest;
  /** Throws when the table as it has become in the meantime must not be added to. */
  assertFits(state: LakeState): void;
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes uploaded since the last call. */
  readonly onBytes: (bytes: number) => void;
}

/** What a writing operation writes to: where it works, and how what it wrote becomes part of the lake. */
export interface LakeTarget {
  readonly store: LakeStore;
  /** A folder of this machine that holds the lock and all that the run writes before it commits. */
  readonly work: FolderStore;
  /** Whether writers on other machines may commit while this one works. */
  readonly isShared: boolean;
  /** Where a committed file is on this machine once it was fetched. */
  localPath(file: DataFile): string;
  /** Brings committed files to this machine, when they are not there. */
  fetch(files: readonly DataFile[], signal?: AbortSignal): Promise<void>;
  /** Removes what dead runs left. Call it with the lock held. */
  removeLeftovers(state: LakeState): Promise<void>;
  /** Puts the files in their places and commits. */
  publish(publication: Publication): Promise<void>;
}

/** The lake of a writing operation. A lake on S3 gets a folder of this machine to work in. */
export function openLakeTarget({ table, lake, workFolder }: WriteOptions): LakeTarget {
  return isS3Location(lake)
    ? createSharedTarget(table.schema.name, lake, openWorkFolder(lake, workFolder))
    : createFolderTarget(createFolderStore(lake));
}
