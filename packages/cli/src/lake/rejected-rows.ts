import type { TableSchema } from '@headwater/core';
import { quarantineName, quoteName, quoteText } from '@headwater/core/internal';

/** The reasons of a row in the words of a load's report: `price:below_minimum`. */
const reasonsOfRow = `list_transform(reasons, lambda one: coalesce(one."column", 'line') || ':' || one.code)`;
/** The values that the reasons are about. */
const valuesOfRow = `list_transform(list_filter(reasons, lambda one: one."column" IS NOT NULL), lambda one: record[one."column"])`;

/** The facts about a rejected row, by the name of their column. */
const facts: Readonly<Record<string, string>> = {
  source: 'source',
  line: 'line',
  reasons: `array_to_string(${reasonsOfRow}, ' ')`,
  found: `array_to_string(${valuesOfRow}, ' ')`,
  raw: 'raw',
};

/**
 * The parts of DuckDB's SELECT over the rejected rows of a table.
 *
 * @param reason only the rows with this reason
 * @param isLoadable adds the table's columns as they were read, so that a load takes the rows again. A fact whose name a
 *   load would take for a column is then named `rejected_<name>`
 */
export function rejectedRows(
  schema: TableSchema,
  reason: string | undefined,
  isLoadable: boolean,
): { readonly select: string; readonly from: string; readonly order: string } {
  const where = reason === undefined ? '' : ` WHERE list_contains(${reasonsOfRow}, ${quoteText(reason)})`;
  const taken = new Set(
    schema.columns.flatMap(({ name, aliases, renamedFrom }) => [name, ...aliases, ...renamedFrom]),
  );
  const texts = schema.columns.map(({ name, renamedFrom }) => {
    const keys = [name, ...renamedFrom].map((key) => `record[${quoteText(key)}]`);
    return `coalesce(${keys.join(', ')}) AS ${quoteName(name)}`;
  });
  const known = schema.sources ? { source: facts['source'], source_name: 'source_name', ...facts } : facts;
  const named = Object.entries(known).map(
    ([name, value]) => `${value} AS ${isLoadable && taken.has(name) ? `rejected_${name}` : name}`,
  );
  return {
    select: `SELECT ${[...named, ...(isLoadable ? texts : [])].join(', ')}`,
    from: `FROM ${quoteName(quarantineName(schema.name))}${where}`,
    order: 'ORDER BY dt, run_id, source, line',
  };
}

/** DuckDB's SELECT of every reason of the quarantine, as one text. */
export const rejectionReasons = (table: string): string =>
  `SELECT string_agg(DISTINCT reason, ', ' ORDER BY reason) AS reasons
   FROM (SELECT unnest(${reasonsOfRow}) AS reason FROM ${quoteName(quarantineName(table))})`;
