import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  createRecordCleaner,
  defineEvents,
  defineLookup,
  deriveDataBrewRecipe,
  explainDataBrewRecipe,
  lake,
  type TableSchema,
  timestamp,
} from '../../../src/index.ts';
import { testTarget } from '../aws-test-target.ts';
import { columnDifferences } from './column-outcomes.ts';
import { differenceCases } from './difference-cases.ts';
import { runRecipe, type TextRow } from './run-recipe.ts';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

const at = '2019-10-01 00:00:00';
const events = (columns: Record<string, z.ZodType>, more: object = {}): TableSchema =>
  defineEvents('events', { columns: { at: timestamp(), ...columns }, roles: { time: 'at' }, ...more }).schema;

/** What the recipe of a table makes of rows, without the columns of the folders. */
async function cleaned(schema: TableSchema, rows: readonly TextRow[]) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const given = await runRecipe(connection, deriveDataBrewRecipe(schema, testTarget).Steps, names, rows);
  return given.map(({ row, values: { at: _, dt: __, ...values } }) => [row, values]);
}

/** The codes of a rule's differences. */
const codesOf = (schema: TableSchema, rule: string) =>
  explainDataBrewRecipe(schema).flatMap(({ step, difference }) =>
    step === rule && difference ? [difference.code] : [],
  );

describe.each(Object.entries(differenceCases))('the difference %s', (code, cases) => {
  test.each(cases.map((one) => [JSON.stringify(one.text), one] as const))(
    'shows on the text %s',
    async (_, { type, badValues, text, defined, recipe }) => {
      const schema = events({ c: type });
      const [, column] = schema.columns;
      if (!column) throw new Error('no column');
      const found = await columnDifferences(connection, schema, column, [text], { badValues });
      expect(found).toEqual([{ text, defined, recipe, codes: expect.arrayContaining([code]) }]);
    },
  );
});

describe('what is told of a row', () => {
  test('no-reason: a bad row is gone without a word', async () => {
    const schema = events({ id: z.int64() });
    const row = { at, id: 'abc' };
    expect(createRecordCleaner(schema)(row)).toEqual({
      accepted: false,
      reasons: [{ column: 'id', code: 'not_an_integer' }],
    });
    expect(await cleaned(schema, [row])).toEqual([]);
    expect(codesOf(schema, 'required')).toContain('no-reason');
  });

  test('not-counted: a bad value is null without a word', async () => {
    const schema = events({ id: z.int64().optional().register(lake, { invalid: 'null' }) });
    const row = { at, id: 'abc' };
    expect(createRecordCleaner(schema)(row)).toMatchObject({
      nulled: [{ column: 'id', code: 'not_an_integer' }],
    });
    expect(await cleaned(schema, [row])).toEqual([[0, { id: null }]]);
    expect(codesOf(schema, 'parse')).toContain('not-counted');
  });
});

describe('rules of a whole table', () => {
  test('not-read: a recipe has no columns of nested members and of lookups', async () => {
    const page = z.string().optional().register(lake, { path: 'context.page' });
    const pages = defineLookup('pages', { key: 'page', columns: { title: z.string() } });
    const schema = defineEvents('events', {
      columns: {
        at: timestamp(),
        page,
        page_id: z.string(),
        title: z.string().optional().register(lake, { lookup: 'pages.title' }),
      },
      roles: { time: 'at' },
      lookups: { pages: { table: pages, on: 'page_id' } },
    }).schema;
    expect(codesOf(schema, 'path')).toEqual(['not-read']);
    expect(codesOf(schema, 'lookup')).toEqual(['not-read']);
    expect(await cleaned(schema, [{ at, page_id: '1' }])).toEqual([[0, { page_id: '1' }]]);
  });

  test('other-columns: a field that is no column stays', async () => {
    const schema = events({ id: z.int64() });
    expect(await cleaned(schema, [{ at, id: '1', extra: 'x' }])).toEqual([[0, { id: '1', extra: 'x' }]]);
    expect(codesOf(schema, 'other-columns')).toEqual(['other-columns']);
  });

  test('duplicate-key: rows of one event that differ elsewhere both stay', async () => {
    const schema = events({ id: z.int64(), note: z.string() }, { duplicates: { key: ['at', 'id'] } });
    const rows = ['a', 'b', 'a'].map((note) => ({ at, id: '1', note }));
    // The definition keeps the first one alone.
    expect((await cleaned(schema, rows)).map(([row]) => row)).toEqual([0, 1]);
    expect(codesOf(schema, 'duplicates')).toContain('duplicate-key');
  });

  test('duplicate-kept: the row that stays need not be the one of the definition', async () => {
    const schema = events({ id: z.int64(), note: z.string() }, { duplicates: { key: ['id'], keep: 'last' } });
    const rows = ['a', 'b'].map((note) => ({ at, id: '1', note }));
    expect(await cleaned(schema, rows)).toEqual([[0, { id: '1', note: 'a' }]]);
    expect(codesOf(schema, 'duplicates')).toContain('duplicate-kept');
  });

  test('landing-only: the output has what the folder has', async () => {
    const schema = events({ id: z.int64() });
    const files = [
      { at, id: '1' },
      { at, id: '2' },
    ];
    expect(await cleaned(schema, files)).toHaveLength(2);
    expect(await cleaned(schema, files.slice(1))).toEqual([[0, { id: '2' }]]);
    expect(codesOf(schema, 'duplicates')).toContain('landing-only');
  });

  test('rows that all stay are not compared', async () => {
    const schema = events({ id: z.int64() }, { duplicates: { keep: 'all' } });
    expect(
      await cleaned(schema, [
        { at, id: '1' },
        { at, id: '1' },
      ]),
    ).toHaveLength(2);
  });
});
