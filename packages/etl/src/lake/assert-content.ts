import { stat } from 'node:fs/promises';
import { HeadwaterError } from '@headwater/core';
import type { DataFile } from '@headwater/core/internal';
import type { FolderStore } from '@headwater/storage';
import { contentHash } from './content-hash.ts';

/**
 * Asserts that a committed file of a lake in a folder has the content that was committed.
 *
 * @throws HeadwaterError `LAKE_CORRUPT` for a file that is missing or has other content
 */
export async function assertContent(store: FolderStore, file: DataFile): Promise<void> {
  const path = store.path(file.path);
  const size = await stat(path).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === file.bytes && (await contentHash(path)) === file.hash) return;
  const [table = ''] = file.path.split('/');
  const problem = size === undefined ? 'is missing' : 'its content is not what was committed';
  throw new HeadwaterError('LAKE_CORRUPT', { lake: store.location, table, file: file.path, problem });
}
