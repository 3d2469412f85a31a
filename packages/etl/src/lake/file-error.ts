import { HeadwaterError } from '@headwater/core';

const full = /No space left on device|ENOSPC|max_temp_directory_size|disk quota/i;
// A folder cannot be made in one that is there and read-only: Node says of it that it is not there.
const notWritable =
  /EACCES|EROFS|EPERM|ENOTDIR|EEXIST|ENOENT.*\bmkdir\b|Permission denied|Read-only file system|Not a directory/i;
const interrupted = /INTERRUPT Error|Interrupted!/;

/**
 * Turns what the file system or the engine says into what the user can act on; anything else is returned as it is.
 *
 * @param during what was being done, for a run that was stopped
 */
export function lakeErrorFrom(error: unknown, lake: string, during: string): unknown {
  if (error instanceof HeadwaterError || !(error instanceof Error)) return error;
  const problem = `${error.message.split('\n')[0]}`;
  if (interrupted.test(error.message)) return new HeadwaterError('INTERRUPTED', { during }, { cause: error });
  if (full.test(error.message))
    return new HeadwaterError('LAKE_DISK_FULL', { lake, problem }, { cause: error });
  if (notWritable.test(error.message))
    return new HeadwaterError('LAKE_NOT_WRITABLE', { lake, problem }, { cause: error });
  return error;
}
