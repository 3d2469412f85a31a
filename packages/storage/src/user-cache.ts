import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's cache folder of Headwater. Its content can be recreated. */
export const userCacheFolder = (): string =>
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'headwater');
