import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's cache folder of Headwater. Its content can be recreated. */
export const userCacheFolder = (): string =>
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'headwater');

/** The folder of the user's cache in which the `headwater` command keeps answers of servers. Answers hold rows of lakes. */
export const answersFolder = (): string => join(userCacheFolder(), 'answers');
