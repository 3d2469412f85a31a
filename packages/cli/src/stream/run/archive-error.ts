import { HeadwaterError, isHeadwaterError } from '@headwater/core';

/** The run that an error belongs to. */
export interface FailedStreamRun {
  readonly lake: string;
  /** The landing folder, absolute. */
  readonly folder: string;
}

const stays = 'What earlier loads of the run committed stays, and the same command goes on from there';

const diskFull = new Set(['ENOSPC', 'EDQUOT']);
const notWritable = new Set(['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST', 'EISDIR', 'ENOENT', 'EIO']);

/**
 * Turns an error of a file of a run's landing folder into one that the user can act on, and has that of a load say what of the run is in
 * the lake. Any other is returned unchanged.
 */
export function archiveErrorFrom(error: unknown, { lake, folder }: FailedStreamRun): unknown {
  if (isHeadwaterError(error, 'LAKE_DISK_FULL'))
    return new HeadwaterError('LAKE_DISK_FULL', { ...error.payload, stays }, { cause: error });
  if (isHeadwaterError(error, 'LAKE_NOT_WRITABLE'))
    return new HeadwaterError('LAKE_NOT_WRITABLE', { ...error.payload, stays }, { cause: error });
  if (!(error instanceof Error) || error instanceof HeadwaterError) return error;
  const { code = '', path, message: problem } = error as NodeJS.ErrnoException;
  // Calls on an open file name no path. Making the folder names what is in its way.
  const isOfFolder = path === undefined || path.startsWith(folder) || folder.startsWith(path);
  if (!isOfFolder) return error;
  const cause = { cause: error };
  if (diskFull.has(code))
    return new HeadwaterError('LAKE_DISK_FULL', { lake, workFolder: folder, problem, stays }, cause);
  if (notWritable.has(code))
    return new HeadwaterError('LAKE_NOT_WRITABLE', { lake: folder, problem, stays }, cause);
  return error;
}
