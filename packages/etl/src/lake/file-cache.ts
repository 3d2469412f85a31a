import { rename, stat, utimes } from 'node:fs/promises';
import { type DataFile, inParallel } from '@headwater/core/internal';
import type { FolderStore, LakeStore, StoredFile } from '@headwater/storage';
import { downloadFile } from './download-file.ts';
import { cacheFolder } from './lake-paths.ts';

/** Bytes that are kept for the next run. */
const keptBytes = 2_000_000_000;
const parallelDownloads = 4;

/** Committed files of a shared lake on this machine, by content hash. Use it only with the table's lock held. */
export interface FileCache {
  path(file: DataFile): string;
  /** Downloads the files that are not cached. */
  fetch(files: readonly DataFile[], signal?: AbortSignal): Promise<void>;
  /** Moves a local file into the cache whose content was just committed: the next run is likely to need it. */
  take(file: DataFile, localFile: string): Promise<void>;
  /** Removes the least recently used files above the size that is kept. */
  trim(): Promise<void>;
  /** Removes every file but these. @returns the number of removed files */
  keepOnly(files: readonly DataFile[]): Promise<number>;
}

export function createFileCache(store: LakeStore, work: FolderStore, table: string): FileCache {
  const folder = cacheFolder(table);
  const path = ({ hash }: DataFile): string => work.path(`${folder}/${hash}.parquet`);
  return {
    path,
    async fetch(files, signal) {
      await inParallel(files, parallelDownloads, async (file) => {
        const now = new Date();
        const isThere = await stat(path(file)).then(
          ({ size }) => size === file.bytes,
          () => false,
        );
        if (isThere) await utimes(path(file), now, now);
        else await downloadFile(store, file, path(file), { signal });
      });
    },
    async take(file, localFile) {
      await work.makeFolder(folder);
      await rename(localFile, path(file));
    },
    async trim() {
      const files: StoredFile[] = [];
      for await (const file of work.walk(folder)) files.push(file);
      files.sort((left, right) => right.modifiedAt.getTime() - left.modifiedAt.getTime());
      let bytes = 0;
      const old = files.filter((file) => {
        bytes += file.bytes;
        return bytes > keptBytes || file.path.endsWith('.draft');
      });
      await work.remove(old.map((file) => file.path));
    },
    async keepOnly(files) {
      const names = new Set(files.map(({ hash }) => `${folder}/${hash}.parquet`));
      const others: string[] = [];
      for await (const { path } of work.walk(folder)) if (!names.has(path)) others.push(path);
      await work.remove(others);
      return others.length;
    },
  };
}
