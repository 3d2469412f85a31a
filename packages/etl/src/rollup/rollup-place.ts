import { link, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type DataFile, type LakeState, rollupsOf, stagingPath } from '@headwater/core/internal';
import {
  createFolderStore,
  type FolderStore,
  type LakeStore,
  type LakeTarget,
  openLakeStore,
  parseLakeLocation,
} from '@headwater/storage';
import { createFileCache } from '../lake/file-cache.ts';
import { takeLakeLock } from '../lake/lake-lock.ts';
import { sharedPath } from '../lake/lake-paths.ts';
import { openWorkFolder } from '../lake/work-folder.ts';
import type { LakeSource } from './rollup-source.ts';

/** UTC days, both inside. */
export interface DaysRead {
  readonly first: string;
  readonly last: string;
}

/** Where the rollups of a table are written: a folder, whose lock excludes other refreshes, or S3, where the creation of the state decides. */
export interface RollupPlace {
  readonly store: LakeStore;
  /** A folder of this machine: of the lock, and of files that are not in their places yet. For a lake in a folder it is the lake. */
  readonly work: FolderStore;
  /** Whether refreshes on other machines may commit while this one works. */
  readonly isShared: boolean;
  /** Whether {@link RollupPlace.source} has the files of all days, whichever are asked for. */
  readonly hasAllDays: boolean;
  /** The committed files of some days, on this machine. */
  source(state: LakeState, days: DaysRead, signal: AbortSignal | undefined): Promise<LakeSource>;
  /** Puts a file in its place. @returns its path */
  put(file: string, path: string, hash: string): Promise<string>;
}

/** What names the place. */
export interface PlaceOptions {
  readonly lake: string;
  readonly aws?: LakeTarget | undefined;
  readonly workFolder?: string | undefined;
  readonly lockTimeoutSeconds?: number | undefined;
}

/**
 * @param sequence the state that the files are written for
 * @param runId of this refresh, so that two of them never write the same file
 */
export function openRollupPlace(
  options: PlaceOptions,
  { table, sequence, runId }: { table: string; sequence: number; runId: string },
): RollupPlace {
  const { lake, aws, workFolder } = options;
  if (parseLakeLocation(lake).kind === 'folder') {
    const store = createFolderStore(lake);
    return {
      store,
      work: store,
      isShared: false,
      hasAllDays: true,
      source: async (state) => ({ root: store.path(), state }),
      async put(file, path) {
        await store.take(file, path);
        return path;
      },
    };
  }
  const store = openLakeStore(lake, { aws });
  const work = openWorkFolder(lake, workFolder);
  return {
    store,
    work,
    isShared: true,
    hasAllDays: false,
    async source(state, { first, last }, signal) {
      const files = state.files.filter(({ day }) => day >= first && day <= last);
      const root = work.path(`${stagingPath(rollupsOf(table))}/files`);
      await rm(root, { recursive: true, force: true });
      await linkFiles(options, { table, store, work, files, root }, signal);
      return { root, state: { ...state, files } };
    },
    async put(file, path, hash) {
      const shared = sharedPath(path, sequence, runId);
      await store.put(shared, file, { hash });
      await rm(file);
      return shared;
    },
  };
}

/**
 * Downloads committed files, and links them under their paths. The cache is that of the table's runs, whose lock keeps them from removing
 * what is read; the links keep it afterwards.
 */
async function linkFiles(
  { lake, lockTimeoutSeconds = 60 }: PlaceOptions,
  given: { table: string; store: LakeStore; work: FolderStore; files: readonly DataFile[]; root: string },
  signal: AbortSignal | undefined,
): Promise<void> {
  const { table, store, work, files, root } = given;
  const lock = await takeLakeLock(work, lake, table, lockTimeoutSeconds, signal);
  try {
    const cache = createFileCache(store, work, table);
    await cache.fetch(files, signal);
    for (const file of files) {
      const to = join(root, file.path);
      await mkdir(dirname(to), { recursive: true });
      await link(cache.path(file), to);
    }
    await cache.trim();
  } finally {
    lock.release();
  }
}
