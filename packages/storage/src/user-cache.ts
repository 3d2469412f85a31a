import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this machine keeps what can be had again, for this user: `headwater` in the user's cache folder. */
export const userCacheFolder = (): string =>
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'headwater');
