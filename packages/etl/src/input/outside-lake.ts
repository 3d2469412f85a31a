import { resolve, sep } from 'node:path';
import { isS3Location } from '@headwater/storage';
import type { InputFile } from './input-file.ts';
import type { LeftOutFile } from './why-left-out.ts';

/** The files below a folder or a prefix, without those of a lake. */
export interface OutsideLake {
  readonly files: readonly InputFile[];
  /** The lake, if any of the files is in it. */
  readonly leftOut: readonly LeftOutFile[];
}

/**
 * Leaves out the files of the lake that a load writes to, where the lake is below the folder or the prefix that is loaded: its rows would
 * be loaded once more.
 *
 * @param lake a folder, or `s3://bucket/prefix`
 */
export function outsideLake(files: readonly InputFile[], lake: string): OutsideLake {
  const isOnS3 = isS3Location(lake);
  const inside = isOnS3 ? `${lake.replace(/\/+$/, '')}/` : `${resolve(lake)}${sep}`;
  const isOutside = ({ path, object, isStream }: InputFile): boolean => {
    if (isStream || isOnS3 !== (object !== undefined)) return true;
    return !(isOnS3 ? path : resolve(path)).startsWith(inside);
  };
  const others = files.filter(isOutside);
  const why = 'it is the lake that is loaded';
  return { files: others, leftOut: others.length < files.length ? [{ source: lake, why }] : [] };
}
