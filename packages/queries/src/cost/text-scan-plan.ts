import { readName, type TableSchema } from '@headwater/core';
import type { TableScan } from './scan-plan.ts';

/**
 * What a statement that a person wrote can read at most: of each table that it names every day, of the columns that it
 * names, or of all of them where it has a `*` or
 * DuckDB's `columns(...)`. It is not parsed, so this errs on the side of too much.
 */
export function planTextScans(text: string, tables: readonly TableSchema[]): TableScan[] {
  const words = new Set(text.toLowerCase().match(/\w+/g));
  const isAll =
    /\*/.test(text.replaceAll(/count\s*\(\s*\*\s*\)/gi, '')) || !words.has('select') || words.has('columns');
  return tables
    .filter((table) => words.has(table.name) || words.has(readName(table)))
    .map(({ name, columns }) => {
      const named = columns.filter((column) => isAll || words.has(column.name));
      // Files of before hold a renamed column under its former names.
      const stored = named.flatMap((column) => [column.name, ...column.renamedFrom]);
      return { table: name, columns: new Set(stored), days: {} };
    });
}
