import type { DataFile } from '@headwater/core/internal';
import type { DayRange } from '../../session/day-range.ts';
import { rollupOfView } from '../../session/opened-rollup.ts';
import type { PlannedReading } from '../../session/planned-reading.ts';
import { mostBytesOf } from './most-bytes.ts';
import type { TableScan } from './scan-plan.ts';

/** What a query reads of a table. A table that the query reads twice has two of these. */
export interface TableEstimate {
  /** The name of the table, or of the rollup. */
  readonly table: string;
  readonly columns: readonly string[];
  /** The first and last UTC day that is read; undefined when no day is. */
  readonly days: readonly [first: string, last: string] | undefined;
  /** The days that the query asks for. An end that it leaves open is undefined. */
  readonly asked: DayRange;
  readonly partitions: number;
  /** Files of the lake; 0 for an engine that reads tables of its own. */
  readonly files: number;
  /** Bytes of the columns. */
  readonly bytes: number;
  /** Maximum bytes, with what an engine reads in addition. */
  readonly mostBytes: number;
}

/**
 * What a query will read, estimated before it runs: from the sizes in the lake's manifests, or by the plan of an engine that has the
 * tables itself.
 */
export interface ScanEstimate {
  readonly tables: readonly TableEstimate[];
  /** Bytes of the columns in the files. An engine reads less where statistics exclude rows. */
  readonly bytes: number;
  /**
   * The maximum that an engine reads: the columns, small gaps between them, small files whole, and the footers of files.
   * `maxScan` is compared with this.
   */
  readonly mostBytes: number;
}

/** The last day that a row can have, for a range that is open there. */
const endOfDays = '9999-12-31';

/** Estimates each reading of a table from the committed files. */
export function estimateScans(
  scans: readonly TableScan[],
  filesOf: (table: string) => readonly DataFile[],
): ScanEstimate {
  const tables = scans.map(({ table, columns, days }): TableEstimate => {
    const { first = '', last = endOfDays } = days;
    const files = filesOf(table).filter(({ day }) => day >= first && day <= last);
    const read = files.map(({ day }) => day).toSorted();
    const [from, to] = [read[0], read.at(-1)];
    return {
      table: rollupOfView(table),
      columns: [...columns],
      days: from === undefined || to === undefined ? undefined : [from, to],
      asked: days,
      partitions: new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf('/')))).size,
      files: files.length,
      bytes: sum(files.map((file) => bytesOf(file, columns))),
      mostBytes: sum(files.map((file) => mostBytesOf(file, columns))),
    };
  });
  return totalOf(tables);
}

/** The estimate of an engine that plans a query over tables of its own. */
export function estimatePlan(scans: readonly TableScan[], readings: readonly PlannedReading[]): ScanEstimate {
  const tables = readings.map(({ table, partitions, bytes, mostBytes }): TableEstimate => {
    const own = scans.filter((scan) => scan.table === table);
    const columns = [...new Set(own.flatMap((scan) => [...scan.columns]))];
    const firsts = own.map(({ days }) => days.first ?? '').toSorted();
    const lasts = own.map(({ days }) => days.last ?? endOfDays).toSorted();
    const [first = '', last = endOfDays] = [firsts[0], lasts.at(-1)];
    const asked = { ...(first === '' ? {} : { first }), ...(last === endOfDays ? {} : { last }) };
    const days = first === '' || last === endOfDays ? undefined : ([first, last] as const);
    return { table, columns, days, asked, partitions, files: 0, bytes, mostBytes };
  });
  return totalOf(tables);
}

const totalOf = (tables: readonly TableEstimate[]): ScanEstimate => ({
  tables,
  bytes: sum(tables.map(({ bytes }) => bytes)),
  mostBytes: sum(tables.map(({ mostBytes }) => mostBytes)),
});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The bytes of the columns in a file; all bytes if the manifest has no sizes of columns. */
function bytesOf({ bytes, columnBytes }: DataFile, columns: ReadonlySet<string>): number {
  if (!columnBytes) return bytes;
  return sum([...columns].map((column) => columnBytes[column] ?? 0));
}
