/** A full disk, or the limit of the engine's temporary files. */
export const diskFull = /No space left on device|ENOSPC|max_temp_directory_size|disk quota|EDQUOT/i;
export const interrupted = /INTERRUPT Error|Interrupted!/;
export const outOfMemory =
  /Out of Memory Error|failed to (?:pin|allocate) (?:block|data)|could not allocate/i;

/**
 * Whether an error is the machine's or the caller's, and not that of the file being read: an interruption, a full disk, a
 * memory limit.
 */
export const isMachineError = ({ message }: Error): boolean =>
  interrupted.test(message) || diskFull.test(message) || outOfMemory.test(message);
