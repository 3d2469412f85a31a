import { HeadwaterError } from '@headwater/core';
import { diskFull, interrupted, outOfMemory } from '../engine/machine-error.ts';

// `mkdir` reports a folder in a read-only one as missing.
const notWritable =
  /EACCES|EROFS|EPERM|ENOTDIR|EEXIST|ENOENT.*\bmkdir\b|Permission denied|Read-only file system|Not a directory/i;

/** The run that an error belongs to. */
export interface FailedRun {
  readonly lake: string;
  /** The folder that the run worked in: the lake itself, or a folder outside. */
  readonly workFolder: string;
  readonly memoryLimit?: string | undefined;
  /** Follows the words `Stopped during`. */
  readonly during: string;
}

/** Turns an error of the file system or the engine into one that the user can act on; any other is returned unchanged. */
export function lakeErrorFrom(error: unknown, run: FailedRun): unknown {
  if (error instanceof HeadwaterError || !(error instanceof Error)) return error;
  const { lake, workFolder, memoryLimit, during } = run;
  const problem = `${error.message.split('\n')[0]}`;
  const cause = { cause: error };
  if (interrupted.test(error.message)) return new HeadwaterError('INTERRUPTED', { during }, cause);
  // Before memory: the engine also reports a full disk when it cannot spill.
  if (diskFull.test(error.message))
    return new HeadwaterError('LAKE_DISK_FULL', { lake, workFolder, problem }, cause);
  if (outOfMemory.test(error.message))
    return new HeadwaterError(
      'MEMORY_EXCEEDED',
      { during, limit: memoryLimit ?? "half of the machine's", problem },
      cause,
    );
  if (notWritable.test(error.message))
    return new HeadwaterError('LAKE_NOT_WRITABLE', { lake: workFolder, problem }, cause);
  return error;
}
