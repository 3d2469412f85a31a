import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Column, TableSchema } from '../../../src/index.ts';
import { edgeColumns, everyTypeTexts } from '../../clean/cases/edge-columns.ts';
import { edgeTables } from '../../clean/cases/edge-tables.ts';
import { dirtyText } from '../../clean/dirty-text.ts';
import { anyTables } from '../../clean/engines/any-tables.ts';
import { everyType } from '../../clean/every-type.ts';
import { type ColumnOptions, columnDifferences, type TextDifference } from './column-outcomes.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 20191001);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run("SET TimeZone = 'UTC'");
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

type Found = TextDifference & { readonly column: Column };
type Rows = readonly Readonly<Record<string, string | null | undefined>>[];

/** The texts of each column on which its recipe differs from its definition. */
async function tableDifferences(schema: TableSchema, rows: Rows, options?: ColumnOptions): Promise<Found[]> {
  const found = [];
  for (const column of schema.columns) {
    const texts = [...new Set(rows.map((row) => row[column.name] ?? null))];
    for (const one of await columnDifferences(connection, schema, column, texts, options))
      found.push({ ...one, column });
  }
  return found;
}

/** Those that no declared difference explains, with the definition that they are found with. */
const unexplained = (found: readonly Found[]): string[] =>
  found.flatMap(({ column: { name, type, steps }, text, defined, recipe, codes }) =>
    codes.length > 0
      ? []
      : [`${name} ${JSON.stringify([text, defined, recipe])} ${JSON.stringify({ type, steps })}`],
  );

test('recipes clean 20,000 dirty rows as the definition does, but for the declared differences', async () => {
  const { columns } = everyType.schema;
  const count = Number(process.env['HEADWATER_DATABREW_ROWS'] ?? 20_000);
  const rows = columns.flatMap(({ name, type, steps }) =>
    fc
      .sample(dirtyText(type, steps), { numRuns: Math.ceil(count / columns.length), seed })
      .map((text) => ({ [name]: text })),
  );
  expect(rows.length).toBeGreaterThanOrEqual(count);
  const found = await tableDifferences(everyType.schema, rows);
  expect(unexplained(found)).toEqual([]);
  // Most texts are cleaned alike, in every column that a recipe reads.
  const read = found.filter(({ codes }) => !codes.includes('text-stays'));
  expect(read.length).toBeLessThan(count / 5);
});

test('and every hand-written edge', async () => {
  expect(
    unexplained(
      await tableDifferences(
        everyType.schema,
        everyTypeTexts.map(([name, text]) => ({ [name]: text })),
      ),
    ),
  ).toEqual([]);
  for (const { schema, records } of edgeTables(edgeColumns, 25))
    expect(unexplained(await tableDifferences(schema, records))).toEqual([]);
});

test('whatever AWS makes of IS_NOT where there is no value', async () => {
  const rows = [{}, ...everyTypeTexts.map(([name, text]) => ({ [name]: text }))];
  const found = await tableDifferences(everyType.schema, rows, { readings: { isNotWithoutValue: true } });
  expect(unexplained(found)).toEqual([]);
});

test('where bad values become null, they are the only further difference', async () => {
  const rows = everyTypeTexts.map(([name, text]) => ({ [name]: text }));
  const found = await tableDifferences(everyType.schema, rows, { badValues: 'null' });
  expect(unexplained(found)).toEqual([]);
  // No row of an optional column is removed but for a missing mark.
  const removed = found.filter(({ column, recipe }) => column.nullable && recipe === 'removed');
  expect(removed).toEqual([]);
});

test('and any definition', async () => {
  for (const { schema, records } of anyTables(20, seed))
    expect(unexplained(await tableDifferences(schema, records))).toEqual([]);
});
