import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { LakeReader } from '@headwater/core';

/** A lake in a local folder. Every path is relative to it, with forward slashes. */
export interface LocalLake extends LakeReader {
  /** Absolute path of the lake, or of something in it. */
  path(relative?: string): string;
  exists(relative: string): Promise<boolean>;
  makeFolder(relative: string): Promise<void>;
  /** Writes a file whole, and returns when it is on the disk. */
  writeText(relative: string, text: string): Promise<void>;
  move(from: string, to: string): Promise<void>;
  remove(relative: string): Promise<void>;
  /** Every file below `folder`, relative to the lake. */
  walk(folder: string): AsyncIterable<string>;
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Opens a lake folder. Nothing is created until something is written. */
export function localLake(folder: string): LocalLake {
  const root = resolve(folder);
  const path = (relative = ''): string => join(root, relative);
  return {
    location: folder,
    path,
    async list(relative) {
      try {
        const entries = await readdir(path(relative), { withFileTypes: true });
        return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },
    readText: (relative) => readFile(path(relative), 'utf8'),
    exists: (relative) =>
      stat(path(relative)).then(
        () => true,
        () => false,
      ),
    async makeFolder(relative) {
      await mkdir(path(relative), { recursive: true });
    },
    async writeText(relative, text) {
      const file = await open(path(relative), 'w');
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    async move(from, to) {
      await mkdir(dirname(path(to)), { recursive: true });
      await rename(path(from), path(to));
    },
    remove: (relative) => rm(path(relative), { recursive: true, force: true }),
    async *walk(relative) {
      const entries = await readdir(path(relative), { withFileTypes: true, recursive: true }).catch(
        (error: unknown) => {
          if (isMissing(error)) return [];
          throw error;
        },
      );
      const base = path();
      for (const entry of entries) {
        if (entry.isFile())
          yield join(entry.parentPath, entry.name)
            .slice(base.length + 1)
            .replaceAll('\\', '/');
      }
    },
  };
}
