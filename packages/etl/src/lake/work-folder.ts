import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createFolderStore, type FolderStore, parseLakeLocation, userCacheFolder } from '@headwater/storage';

/**
 * The folder of this machine that runs on a lake on S3 work in. It holds the lock that excludes a second run on this machine,
 * the files that a run has not uploaded yet, and downloaded files. For a lake in a folder it is the lake itself.
 *
 * @param given the parent of such folders. Defaults to `headwater` in the user's cache folder
 */
export function openWorkFolder(location: string, given: string | undefined): FolderStore {
  const parsed = parseLakeLocation(location);
  if (parsed.kind === 'folder') return createFolderStore(parsed.folder);
  const folder = join(given ?? userCacheFolder(), 's3', parsed.bucket, ...parsed.prefix.split('/'));
  // It holds rows of the lake, so other users of the machine must not read it.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return createFolderStore(folder);
}
