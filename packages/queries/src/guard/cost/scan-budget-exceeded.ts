import { HeadwaterError } from '@headwater/core';
import type { ScanEstimate } from './scan-estimate.ts';

/**
 * The error of a statement that could read more than it may: `SCAN_BUDGET_EXCEEDED`, with the tables, columns, partitions and days of the estimate.
 *
 * @param sql the statement
 * @param limit the maximum, in bytes
 */
export function scanBudgetExceeded(
  sql: string,
  { bytes, mostBytes, tables }: ScanEstimate,
  limit: number,
): HeadwaterError {
  const [first] = tables.flatMap(({ days }) => days?.[0] ?? []).toSorted();
  const last = tables
    .flatMap(({ days }) => days?.[1] ?? [])
    .toSorted()
    .at(-1);
  return new HeadwaterError('SCAN_BUDGET_EXCEEDED', {
    sql,
    bytes,
    mostBytes,
    limit,
    tables: [...new Set(tables.map(({ table }) => table))],
    columns: [...new Set(tables.flatMap(({ columns }) => columns))],
    partitions: tables.reduce((sum, { partitions }) => sum + partitions, 0),
    ...(first === undefined || last === undefined ? {} : { days: [first, last] }),
  });
}
