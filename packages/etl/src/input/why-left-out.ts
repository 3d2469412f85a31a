import { type InputFormat, namedFormat } from './input-file.ts';

/** Something below a folder or a prefix that is not loaded. */
export interface LeftOutFile {
  readonly source: string;
  /** Such as `its name does not tell its format: name the file, or give --format`. */
  readonly why: string;
}

/** Hive, Spark and Athena ignore such names as well: markers, and unfinished output of jobs. */
export const isHidden = (name: string): boolean => name.startsWith('.') || name.startsWith('_');

/** Why a file below a folder is not loaded, by its name: undefined if it is. */
export function whyLeftOut(name: string, format: InputFormat | undefined): string | undefined {
  if (isHidden(name)) return 'its name begins with . or _';
  const named = namedFormat(name).format;
  if (format === undefined)
    return named ? undefined : 'its name does not tell its format: name the file, or give --format';
  return named === undefined || named === format
    ? undefined
    : `its name is of ${named}, and --format is ${format}`;
}
