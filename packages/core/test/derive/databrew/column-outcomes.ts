import type { DuckDBConnection } from '@duckdb/node-api';
import type { BadValues } from '../../../src/derive/databrew/bad-values.ts';
import { columnRecipe } from '../../../src/derive/databrew/column-recipe.ts';
import { type CleanValue, type Column, createRecordCleaner, type TableSchema } from '../../../src/index.ts';
import { mayDiffer } from './may-differ.ts';
import type { Readings } from './recipe-sql.ts';
import { runRecipe } from './run-recipe.ts';

/** What a text becomes. `removed`: the row is not there. */
type Outcome = { readonly value: string | null } | 'removed';

/** A text that the recipe of its column cleans in another way than the definition. */
export interface TextDifference {
  readonly text: string | null;
  readonly defined: Outcome;
  readonly recipe: Outcome;
  /** The declared differences that concern the text. Empty when none does: the recipe is wrong. */
  readonly codes: readonly string[];
}

/** How a column's recipe is made and read. */
export interface ColumnOptions {
  readonly badValues?: BadValues | undefined;
  readonly readings?: Readings;
}

/** The texts of a column on which its recipe and its definition differ. */
export async function columnDifferences(
  connection: DuckDBConnection,
  schema: TableSchema,
  column: Column,
  texts: readonly (string | null)[],
  { badValues = 'remove', readings }: ColumnOptions = {},
): Promise<TextDifference[]> {
  const rules = columnRecipe(column, badValues);
  const codes = [...new Set(rules.flatMap(({ differences }) => differences))];
  const given = await runRecipe(
    connection,
    rules.flatMap(({ steps }) => steps),
    [column.name],
    texts.map((text) => ({ [column.name]: text })),
    readings,
  );
  const byRow = new Map(given.map(({ row, values }) => [row, values[column.name] ?? null]));
  const clean = createRecordCleaner({ ...schema, columns: [column] });
  return texts.flatMap((text, row): TextDifference[] => {
    const result = clean({ [column.name]: text });
    const defined = result.accepted ? { value: comparable(column, result.row[column.name]) } : 'removed';
    const value = byRow.get(row);
    const recipe = value === undefined ? 'removed' : { value };
    if (JSON.stringify(defined) === JSON.stringify(recipe)) return [];
    const isBad = !result.accepted || (result.nulled ?? []).length > 0;
    return [{ text, defined, recipe, codes: mayDiffer(column, codes, text, isBad) }];
  });
}

function comparable({ type }: Column, value: CleanValue | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (type.kind === 'decimal') {
    const text = typeof value === 'number' ? value.toFixed(type.scale) : String(value);
    return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  }
  return value instanceof Date ? value.toISOString() : String(value);
}
