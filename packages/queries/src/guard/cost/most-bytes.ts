import { type DataFile, rowGroupRows } from '@headwater/core/internal';

/** Trino reads a smaller file whole (https://trino.io/docs/current/object-storage/file-formats.html, `parquet.small-file-threshold`). */
const smallFile = 3 * 2 ** 20;
/**
 * Trino reads over a column of a row group of up to a megabyte that lies between two columns that it reads. Row groups
 * differ in size, so columns of up to twice that on average are counted.
 */
const readOver = 2 * 2 ** 20;
/** The bytes at the end of a file that are read for each part of the file, and the size of a part. */
const footer = 48 * 2 ** 10;
const part = 32 * 2 ** 20;

/**
 * The maximum that an engine reads of a file for these columns. The sizes are those of Trino, which documents how it reads;
 * Athena does not.
 */
export function mostBytesOf({ bytes, rows, columnBytes }: DataFile, columns: ReadonlySet<string>): number {
  if (bytes <= smallFile || !columnBytes) return bytes;
  const rowGroups = Math.ceil(rows / rowGroupRows);
  const read = Object.entries(columnBytes)
    .filter(([name, size]) => columns.has(name) || (columns.size > 0 && size / rowGroups <= readOver))
    .reduce((sum, [, size]) => sum + size, 0);
  return read + footer * Math.ceil(bytes / part);
}
