import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder for downloads and for the running stand-in, outside any checkout so that all checkouts share it:
 * `HEADWATER_CACHE`, or `headwater` in the user's cache folder.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 * @example cacheFolder({ HEADWATER_CACHE: '/big/disk' }) // '/big/disk'
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return (
    env['HEADWATER_CACHE'] ||
    join(env['XDG_CACHE_HOME'] || env['LOCALAPPDATA'] || join(homedir(), '.cache'), 'headwater')
  );
}
