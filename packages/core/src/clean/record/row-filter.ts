import type { FileSchema } from '../../table/file-schema.ts';

/** Gives the text of a record's column after the column's text steps; null for a missing value. */
export type TextOf = (column: string) => string | null;

/**
 * Compiles the conditions of a source: whether a row meets them all. Bulk loads have the same rule in SQL.
 *
 * @returns undefined for a source without conditions
 */
export function rowFilter({ where }: FileSchema): ((textOf: TextOf) => boolean) | undefined {
  if (!where) return undefined;
  const conditions = where.map(({ column, rule, texts }) => ({
    column,
    wanted: rule === 'is',
    texts: new Set(texts),
  }));
  return (textOf) => conditions.every(({ column, wanted, texts }) => texts.has(textOf(column)) === wanted);
}
