import type { TableSchema } from '@headwater/core';
import { quarantineColumns, quarantineName, readNames } from '@headwater/core/internal';
import type { TableScan } from './scan-plan.ts';

/**
 * The maximum that a statement written by a person can read: every day of each table that it names, in the columns that it
 * names, or in all columns if it has a `*` or DuckDB's `columns(...)`. The statement is not parsed, so the result may be too
 * large, never too small.
 */
export function planTextScans(text: string, tables: readonly TableSchema[]): TableScan[] {
  const words = new Set(text.toLowerCase().match(/\w+/g));
  const isAll =
    /\*/.test(text.replaceAll(/count\s*\(\s*\*\s*\)/gi, '')) || !words.has('select') || words.has('columns');
  return tables
    .flatMap(sourcesOf)
    .filter(({ names }) => names.some((name) => words.has(name)))
    .map(({ table, names, columns }) => {
      const isRead = names.some((name) => readsFrom(text, name));
      const named = columns.filter((column) => isAll || words.has(column.name));
      const stored = named.flatMap((column) => [column.name, ...column.renamedFrom]);
      return { table, columns: new Set(stored), days: {}, mayBeUnbounded: !isRead || words.has('dt') };
    });
}

/** Whether a text reads a relation of this name, rather than a column of one that it calls so. */
export function readsFrom(text: string, name: string): boolean {
  const qualified = String.raw`(?:"?\w+"?\s*\.\s*)*`;
  const relation = String.raw`(?:\bfrom\b|\bjoin\b|,)\s*${qualified}"?${name}"?(?![\w"]|\s*\.)`;
  return new RegExp(relation, 'i').test(text);
}

const none: readonly string[] = [];

/** The sources that a statement may name: the table's events, and its quarantine. */
function sourcesOf(schema: TableSchema) {
  const refused = quarantineName(schema.name);
  return [
    // Older files have a renamed column under its former names.
    { table: schema.name, names: readNames(schema), columns: schema.columns },
    {
      table: refused,
      names: [refused],
      columns: quarantineColumns(schema).map(({ name }) => ({ name, renamedFrom: none })),
    },
  ];
}
