import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createFolderStore, type FolderStore, parseLakeLocation, userCacheFolder } from '@headwater/storage';

/**
 * The folder of this machine that stands in for a lake on S3 while runs work: it holds the lock that keeps two runs of
 * one machine apart, what a run has written and not uploaded yet, and committed files that were looked at.
 *
 * A lake in a folder stands for itself.
 *
 * @param given where such folders go; `headwater` in the user's cache folder when not given
 */
export function openWorkFolder(location: string, given: string | undefined): FolderStore {
  const parsed = parseLakeLocation(location);
  if (parsed.kind === 'folder') return createFolderStore(parsed.folder);
  const folder = join(given ?? userCacheFolder(), 's3', parsed.bucket, ...parsed.prefix.split('/'));
  // Rows of the lake lie here: not for the eyes of the machine's other users.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return createFolderStore(folder);
}
