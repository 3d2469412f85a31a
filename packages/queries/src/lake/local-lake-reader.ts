import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LakeReader } from '@headwater/core';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** Reads the manifests of a lake in a local folder. A folder that is not there holds nothing. */
export function createLocalLakeReader(folder: string): LakeReader {
  return {
    location: folder,
    async list(relative) {
      try {
        const entries = await readdir(join(folder, relative), { withFileTypes: true });
        return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },
    readText: (relative) => readFile(join(folder, relative), 'utf8'),
  };
}
