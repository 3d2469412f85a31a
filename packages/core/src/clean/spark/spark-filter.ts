import type { FileSchema } from '../../table/file-schema.ts';
import { sparkText } from '../../types/spark-type.ts';

/**
 * SQL that is true for a row that a source's conditions leave out. It is never null. Undefined for a source without conditions.
 *
 * @param textOf SQL for the text of a column after its steps, by its place
 */
export function sparkFilter(
  { where, columns }: FileSchema,
  textOf: (index: number) => string,
): string | undefined {
  if (!where) return undefined;
  const met = where.map(({ column, rule, texts }) => {
    const index = columns.findIndex(({ name }) => name === column);
    if (index < 0) throw new Error(`there is no column ${column}`);
    const text = textOf(index);
    const equals = texts.map((one) => (one === null ? `${text} IS NULL` : `${text} <=> ${sparkText(one)}`));
    const any = `(${equals.join(' OR ')})`;
    return rule === 'is' ? any : `NOT ${any}`;
  });
  return `NOT (${met.join(' AND ')})`;
}
