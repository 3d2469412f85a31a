import type { FileSchema } from '../../table/file-schema.ts';
import { quoteText } from '../../types/duckdb-type.ts';
import { duckdbText } from './text-step-sql.ts';

/**
 * SQL that is true for a row that a source's conditions leave out. It is never null. Undefined for a source without conditions.
 *
 * @param rawOf SQL for the raw text of a column, by its place
 */
export function duckdbFilter(
  { where, columns }: FileSchema,
  rawOf: (index: number) => string,
): string | undefined {
  if (!where) return undefined;
  const met = where.map(({ column, rule, texts }) => {
    const index = columns.findIndex(({ name }) => name === column);
    const own = columns[index];
    if (!own) throw new Error(`there is no column ${column}`);
    const text = duckdbText(own, rawOf(index));
    const equals = texts.map((one) =>
      one === null ? `${text} IS NULL` : `${text} IS NOT DISTINCT FROM ${quoteText(one)}`,
    );
    const any = `(${equals.join(' OR ')})`;
    return rule === 'is' ? any : `NOT ${any}`;
  });
  return `NOT (${met.join(' AND ')})`;
}
