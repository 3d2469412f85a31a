import { type DataFile, rowGroupRows } from '@headwater/core/internal';

/** Trino reads a smaller file whole (https://trino.io/docs/current/object-storage/file-formats.html, `parquet.small-file-threshold`). */
const smallFile = 3 * 2 ** 20;
/**
 * A column of one row group is read over where it lies between two that are asked for and measures up to a megabyte. Row
 * groups differ, so those of twice that on average are counted too.
 */
const readOver = 2 * 2 ** 20;
/** What is read of the end of a file before anything else, by everyone who reads a part of the file, and how small parts are. */
const footer = 48 * 2 ** 10;
const part = 32 * 2 ** 20;

/**
 * The most that an engine reads of a file for these columns. The sizes are Trino's, the only engine of those that bill
 * or share whose ways of reading are written down; what Athena counts is not.
 */
export function mostBytesOf({ bytes, rows, columnBytes }: DataFile, columns: ReadonlySet<string>): number {
  if (bytes <= smallFile || !columnBytes) return bytes;
  const rowGroups = Math.ceil(rows / rowGroupRows);
  const read = Object.entries(columnBytes)
    .filter(([name, size]) => columns.has(name) || (columns.size > 0 && size / rowGroups <= readOver))
    .reduce((sum, [, size]) => sum + size, 0);
  return read + footer * Math.ceil(bytes / part);
}
