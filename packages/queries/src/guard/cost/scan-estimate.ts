import type { DataFile } from '@headwater/core/internal';
import { mostBytesOf } from './most-bytes.ts';
import type { TableScan } from './scan-plan.ts';

/** What a query will read of one table, once for each time that the query reads it. */
export interface TableEstimate {
  readonly table: string;
  readonly columns: readonly string[];
  /** First and last UTC day that is read; undefined when there is none. */
  readonly days: readonly [first: string, last: string] | undefined;
  readonly partitions: number;
  readonly files: number;
  /** Of its columns. */
  readonly bytes: number;
  /** With what an engine may read besides. */
  readonly mostBytes: number;
}

/** What a query will read, before it is run: from the sizes that the lake's manifests hold. */
export interface ScanEstimate {
  readonly tables: readonly TableEstimate[];
  /** Bytes of the columns in the files. An engine reads less where statistics exclude rows. */
  readonly bytes: number;
  /**
   * The most that an engine reads: the columns, what lies between them where that is little, small files whole, and what
   * files say of themselves. Limits are held against this.
   */
  readonly mostBytes: number;
}

/** What each reading of a table costs, from the committed files. */
export function estimateScans(
  scans: readonly TableScan[],
  filesOf: (table: string) => readonly DataFile[],
): ScanEstimate {
  const tables = scans.map(({ table, columns, days }): TableEstimate => {
    const { first = '', last = '9999-12-31' } = days;
    const files = filesOf(table).filter(({ day }) => day >= first && day <= last);
    const read = files.map(({ day }) => day).toSorted();
    const [from, to] = [read[0], read.at(-1)];
    return {
      table,
      columns: [...columns],
      days: from === undefined || to === undefined ? undefined : [from, to],
      partitions: new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf('/')))).size,
      files: files.length,
      bytes: sum(files.map((file) => bytesOf(file, columns))),
      mostBytes: sum(files.map((file) => mostBytesOf(file, columns))),
    };
  });
  return {
    tables,
    bytes: sum(tables.map(({ bytes }) => bytes)),
    mostBytes: sum(tables.map(({ mostBytes }) => mostBytes)),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A file whose writer kept no sizes of columns counts whole. */
function bytesOf({ bytes, columnBytes }: DataFile, columns: ReadonlySet<string>): number {
  if (!columnBytes) return bytes;
  return sum([...columns].map((column) => columnBytes[column] ?? 0));
}
