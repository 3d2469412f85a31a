import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName } from '../../../src/internal.ts';
import { type Columns, type Readings, type RecipeStep, recipeSql } from './recipe-sql.ts';

/** A row of a dataset: texts by column. */
export type TextRow = Readonly<Record<string, string | null | undefined>>;

/** A row that a recipe gave, by its place among the rows that went in. Texts are as they are, other values as texts. */
export interface RecipeRow {
  readonly row: number;
  readonly values: Readonly<Record<string, string | null>>;
}

/** Runs a recipe over rows of texts. */
export async function runRecipe(
  connection: DuckDBConnection,
  steps: readonly RecipeStep[],
  names: readonly string[],
  rows: readonly TextRow[],
  readings?: Readings,
): Promise<RecipeRow[]> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE raw ("#row" INTEGER${names.map((name) => `, ${quoteName(name)} VARCHAR`).join('')})`,
  );
  const appender = await connection.createAppender('raw');
  for (const [index, row] of rows.entries()) {
    appender.appendInteger(index);
    for (const name of names) {
      const text = row[name];
      if (text === null || text === undefined) appender.appendNull();
      else appender.appendVarchar(text);
    }
    appender.endRow();
  }
  appender.closeSync();
  const { sql, columns } = recipeSql(steps, new Map(names.map((name) => [name, 'string'])), 'raw', readings);
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowsJS().map(([row, ...values]) => ({
    row: Number(row),
    values: valuesOf(columns, values),
  }));
}

function valuesOf(columns: Columns, values: readonly unknown[]): Record<string, string | null> {
  return Object.fromEntries(
    [...columns].map(([name, type], index): [string, string | null] => {
      const value = values[index];
      if (value === null || value === undefined) return [name, null];
      if (type === 'string') return [name, Buffer.from(String(value), 'hex').toString('utf8')];
      if (Object.is(value, -0)) return [name, 'negative zero'];
      // A decimal of DataBrew has 18 digits after the point, whatever they are.
      return [name, type === 'decimal' ? String(value).replace(/\.?0+$/, '') : String(value)];
    }),
  );
}
