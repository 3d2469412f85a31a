import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFile } from '@headwater/core/internal';
import type { FolderStore, LakeStore } from '@headwater/storage';
import { assertContent } from '../lake/assert-content.ts';
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
    await assertContent(store, file);
    return read(store.path(file.path));
  }
  const path = join(folder, `${file.hash}.parquet`);
  try {
    await downloadFile(store, file, path, { signal });
    return await read(path);
  } finally {
    await rm(path, { force: true });
  }
}

const isFolder = (store: LakeStore): store is FolderStore => store.kind === 'folder';
