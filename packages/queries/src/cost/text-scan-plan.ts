import type { TableSchema } from '@headwater/core';
import type { TableScan } from './scan-plan.ts';

/**
 * What a statement that a person wrote can read at most: of each table that it names every day, of the columns that it
 * names, or of all of them where it has a `*`. It is not parsed, so this errs on the side of too much.
 */
export function planTextScans(text: string, tables: readonly TableSchema[]): TableScan[] {
  const words = new Set(text.toLowerCase().match(/\w+/g));
  const isAll = /\*/.test(text.replaceAll(/count\s*\(\s*\*\s*\)/gi, '')) || !words.has('select');
  return tables
    .filter(({ name }) => words.has(name))
    .map(({ name, columns }) => ({
      table: name,
      columns: new Set(columns.map((column) => column.name).filter((column) => isAll || words.has(column))),
      days: {},
    }));
}
