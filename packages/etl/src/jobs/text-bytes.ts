import type { InputFile } from '../input/input-file.ts';

/**
 * How many bytes of text a byte of a packed file stands for, about: events pack to a fifth of their size with gzip and zstd, and take as
 * much in Parquet. A job that is sized by it has Auto Scaling, so a poor guess costs time and not money.
 */
const packed = 5;

/** The bytes of text that an object holds, about: what a job is sized by. */
export function textBytes({ object, format, compression = 'none' }: InputFile): number {
  const bytes = object?.bytes ?? 0;
  return compression === 'none' && format !== 'parquet' ? bytes : bytes * packed;
}
