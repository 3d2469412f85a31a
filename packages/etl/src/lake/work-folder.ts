import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseLakeLocation } from '@headwater/storage';

/**
 * The folder of this machine that stands in for a lake on S3 while runs work: it holds the lock that keeps two runs of
 * one machine apart, what a run has written and not uploaded yet, and committed files that were looked at.
 *
 * @param given where such folders go; `headwater` in the user's cache folder when not given
 */
export function workFolderOf(location: string, given: string | undefined): string {
  const parsed = parseLakeLocation(location);
  if (parsed.kind === 'folder') return parsed.folder;
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(given ?? join(cache, 'headwater'), 's3', parsed.bucket, ...parsed.prefix.split('/'));
}
