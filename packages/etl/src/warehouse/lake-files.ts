import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import type { DataFile } from '@headwater/core/internal';
import type { FolderStore, LakeStore } from '@headwater/storage';
import { contentHash } from '../lake/content-hash.ts';
import { downloadFile } from '../lake/download-file.ts';

/**
 * Calls `read` with a committed file on this machine, whose content is checked against its hash. A file of a lake on S3 is downloaded to a
 * folder and removed afterwards.
 *
 * @throws HeadwaterError `LAKE_CORRUPT` for a file that is missing or has other content
 */
export async function withLakeFile<Result>(
  store: LakeStore,
  file: DataFile,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal | undefined },
  read: (path: string) => Promise<Result>,
): Promise<Result> {
  if (isFolder(store)) {
    const path = store.path(file.path);
    await assertContent(store, file, path);
    return read(path);
  }
  const path = join(folder, `${file.hash}.parquet`);
  try {
    await downloadFile(store, file, path, { signal });
    return await read(path);
  } finally {
    await rm(path, { force: true });
  }
}

async function assertContent(store: LakeStore, file: DataFile, path: string): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === file.bytes && (await contentHash(path)) === file.hash) return;
  const [table = ''] = file.path.split('/');
  const problem = size === undefined ? 'is missing' : 'its content is not what was committed';
  throw new HeadwaterError('LAKE_CORRUPT', { lake: store.location, table, file: file.path, problem });
}

const isFolder = (store: LakeStore): store is FolderStore => store.kind === 'folder';
