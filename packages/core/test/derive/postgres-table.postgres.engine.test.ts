import { usePostgres } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  defineEvents,
  derivePostgresPartition,
  derivePostgresTable,
  derivePostgresUpsert,
  lake,
  type TableSchema,
  timestamp,
} from '../../src/index.ts';
import { postgresShownType } from '../../src/internal.ts';
import { everyKind } from './aws-tables.ts';
import { withNestedColumns } from './nested-columns.ts';
import { shopEvents } from './shop-events.ts';

const postgres = usePostgres();

const described = (schema: string, table: string) =>
  postgres.query(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS required, col_description(attrelid, attnum) AS comment,
       (SELECT collname FROM pg_collation WHERE oid = attcollation) AS collation
     FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 ORDER BY attnum`,
    [`"${schema}"."${table}"`],
  );

test.each([
  ['every kind of a definition, with odd texts', everyKind.schema],
  ['nested kinds', withNestedColumns(shopEvents.schema)],
])('PostgreSQL makes the table as it was defined: %s', async (name, table) => {
  const schema = `"odd" ${name}`;
  await postgres.query(derivePostgresTable(table, { schema: schema.replaceAll('"', "'") }));
  const columns = await described(schema.replaceAll('"', "'"), table.name);
  expect(columns.map((column) => [column['name'], column['type'], column['required']])).toEqual([
    ...table.columns.map((column) => [column.name, postgresShownType(column.type), !column.nullable]),
    ['dt', 'date', true],
  ]);
  const texts = columns.filter((column) => column['type'] === 'text');
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.every((column) => column['collation'] === 'C')).toBe(true);
});

test('comments carry description, unit and sensitivity', async () => {
  await postgres.query(derivePostgresTable(everyKind.schema));
  const columns = await described('public', 'every_kind');
  expect(columns.find(({ name }) => name === 'text')?.['comment']).toBe(
    'It\'s a text \\ with "quotes", `ticks`; and -- more (PII: direct)',
  );
  const [row] = await postgres.query("SELECT obj_description('every_kind'::regclass) AS comment");
  expect(row).toEqual({ comment: everyKind.schema.description });
});

const at = (key: readonly ['id', ...('at' | 'kind')[]], rest: object = {}) =>
  defineEvents('visits', {
    columns: {
      at: timestamp(),
      id: z.int64(),
      kind: z.string().optional(),
      version: z.int32().register(lake, { description: 'Counts the corrections' }).optional(),
    },
    roles: { time: 'at', actor: 'id' },
    duplicates: { key, ...rest },
  }).schema;

/** Runs an upsert with rows as SQL writes them, and gives the rows of the table. */
async function upsert(schema: TableSchema, rows: readonly string[]): Promise<unknown[][]> {
  const { stage, merge } = derivePostgresUpsert(schema);
  const values = rows.map((row) => `(${row})`).join(', ');
  await postgres.query(
    `BEGIN; ${stage}; INSERT INTO visits_staging (at, id, kind, version) VALUES ${values}; ${merge}; COMMIT`,
  );
  const found = await postgres.query(
    'SELECT id, kind, version, dt::text FROM visits ORDER BY id, kind, version',
  );
  return found.map((row) => [Number(row['id']), row['kind'], row['version'], row['dt']]);
}

const noon = "'2026-03-01 12:00'";
const cases = [
  {
    rule: 'the row that was loaded first stays',
    schema: at(['id']),
    expected: [
      [1, 'a', 5, '2026-03-01'],
      [2, 'c', null, '2026-03-01'],
    ],
  },
  {
    rule: 'the row that was loaded last stays',
    schema: at(['id'], { keep: 'last' }),
    expected: [
      [1, 'd', null, '2026-03-02'],
      [2, 'c', null, '2026-03-01'],
    ],
  },
  {
    rule: 'the row with the largest value stays, and a null loses',
    schema: at(['id'], { keep: 'last', by: 'version' }),
    expected: [
      [1, 'b', 9, '2026-03-01'],
      [2, 'c', null, '2026-03-01'],
    ],
  },
  {
    rule: 'the row with the smallest value stays, and a null loses',
    schema: at(['id'], { keep: 'first', by: 'version' }),
    expected: [
      [1, 'b', 2, '2026-03-01'],
      [2, 'c', null, '2026-03-01'],
    ],
  },
  {
    rule: 'nulls of a key are equal',
    schema: at(['id', 'kind']),
    expected: [
      [1, 'a', 5, '2026-03-01'],
      [1, 'b', 9, '2026-03-01'],
      [1, 'd', null, '2026-03-02'],
      [2, 'c', null, '2026-03-01'],
      [3, null, 1, '2026-03-01'],
    ],
    more: [`${noon}, 3, null, 1`, `${noon}, 3, null, 2`],
  },
];

test.each(cases)(
  'an upsert follows the rule for duplicates: $rule',
  async ({ schema, expected, more = [] }) => {
    await postgres.query(`DROP TABLE IF EXISTS visits; ${derivePostgresTable(schema)}`);
    const first = [`${noon}, 1, 'a', 5`, `${noon}, 1, 'b', 9`, `${noon}, 2, 'c', null`, ...more];
    const second = [`${noon}, 1, 'b', 2`, "'2026-03-02 00:00', 1, 'd', null"];
    await upsert(schema, first);
    expect(await upsert(schema, second)).toEqual(expected);
    // The same rows once more change nothing.
    expect(await upsert(schema, second)).toEqual(expected);
  },
);

test('an upsert leaves out rows that are equal in every column, where that is the key', async () => {
  const { schema } = defineEvents('visits', {
    columns: { at: timestamp(), id: z.int64(), kind: z.string().optional(), version: z.int32().optional() },
    roles: { time: 'at' },
  });
  await postgres.query(`DROP TABLE IF EXISTS visits; ${derivePostgresTable(schema)}`);
  const rows = [`${noon}, 1, null, 5`, `${noon}, 1, null, 5`, `${noon}, 1, 'a', 5`];
  await upsert(schema, rows);
  expect(await upsert(schema, [...rows, `${noon}, 2, null, null`])).toEqual([
    [1, 'a', 5, '2026-03-01'],
    [1, null, 5, '2026-03-01'],
    [2, null, null, '2026-03-01'],
  ]);
});

test('months are partitions, up to the last one of a timestamp', async () => {
  const schema = at(['id', 'at']);
  const options = { schema: 'by month', partition: 'month' as const };
  await postgres.query(derivePostgresTable(schema, options));
  for (const month of ['0001-01', '2026-12', '2026-12', '9999-12'])
    await postgres.query(derivePostgresPartition(schema, month, options));
  await postgres.query(
    `INSERT INTO "by month".visits (at, id) VALUES ('0001-01-01', 1), ('2026-12-31 23:59:59.999', 2), ('9999-12-31 23:59:59.999', 3)`,
  );
  expect(
    await postgres.query(
      'SELECT tableoid::regclass::text AS part, dt::text FROM "by month".visits ORDER BY id',
    ),
  ).toEqual([
    { part: '"by month".visits_0001_01', dt: '0001-01-01' },
    { part: '"by month".visits_2026_12', dt: '2026-12-31' },
    { part: '"by month".visits_9999_12', dt: '9999-12-31' },
  ]);
});
