import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { readLakeState } from '@headwater/core/internal';
import { createLake, rollupsOnEngine, rowsOnEngine, tableOf } from '@headwater/queries';
import { athenaEngine } from '@headwater/queries/athena';
import { duckdbEngine, openRollupWriter } from '@headwater/queries/duckdb';
import { openLakeStore } from '@headwater/storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadRows } from '../support/loaded-lake.ts';
import { history, shop } from '../support/shop.ts';

let folder: string;
let lake: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-engine-rows-'));
  lake = join(folder, 'lake');
  await loadRows(shop, { lake, work: folder }, history);
});
afterAll(() => rm(folder, { recursive: true }));

const types = {
  period: 'VARCHAR',
  name: 'VARCHAR',
  small: 'SMALLINT',
  events: 'BIGINT',
  total: 'HUGEINT',
  amount: 'DECIMAL(38,4)',
  ratio: 'DOUBLE',
  is_new: 'BOOLEAN',
  day: 'DATE',
  first_at: 'TIMESTAMP',
} as const;
type Row = Partial<Record<keyof typeof types, unknown>>;
const nothing = Object.fromEntries(Object.keys(types).map((name) => [name, null]));
const casts = Object.entries(types).map(([name, type]) => `CAST(NULL AS ${type}) AS ${name}`);
const query = { sql: `SELECT ${casts.join(', ')} FROM shop`, parameters: [] };

/** Writes rows as those of an engine. @returns what the file of 3 March has, as text, and its types */
async function written(rows: readonly Row[]): Promise<(readonly (string | null)[])[]> {
  async function* rowsOf() {
    for (const row of rows) yield [{ ...nothing, period: '2024-03-03', ...row }];
  }
  const state = await readLakeState(openLakeStore(lake), 'shop');
  // No file of the lake is there, and none is read.
  const root = join(folder, 'none');
  const writer = await openRollupWriter({ lake, threads: 1, rowsOf }, shop.schema, { root, state });
  try {
    expect(await writer.answer(query)).toEqual([{ day: '2024-03-03', rows: rows.length }]);
    expect(writer.columns).toEqual(Object.entries(types).map(([name, type]) => ({ name, type })));
    const file = join(folder, 'day.parquet');
    await writer.write('2024-03-03', file);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const found = await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM '${file}'`);
    const text = found.getRowsJS().map((row) => row.map((value) => value as string | null));
    instance.closeSync();
    return text;
  } finally {
    writer.close();
  }
}

test('the values of an engine keep every digit in the types of a rollup, and nulls stay nulls', async () => {
  const most = '170141183460469231731687303715884105727';
  const rows = [
    {},
    {
      name: '',
      small: -32_768,
      events: 9_223_372_036_854_775_807n,
      // Files have them as decimals of 38 digits.
      total: '99999999999999999999999999999999999999',
      amount: '9999999999999999999999999999999999.9999',
      ratio: 0.1 + 0.2,
      is_new: false,
      day: '2024-02-29',
      first_at: new Date('1969-12-31T23:59:59.999Z'),
    },
    {
      name: `'";--\\ \u{1F600} \u0000 %s NULL`,
      small: 7n,
      events: -9_223_372_036_854_775_808n,
      total: -18_446_744_073_709_551_616n,
      amount: 1_234_567_890.12,
      ratio: -0,
      is_new: true,
      day: '0001-01-01',
      first_at: new Date('9999-12-31T00:00:00.000Z'),
    },
    { total: 12, amount: 0.0001, ratio: Number.NaN },
    { total: '12.00', amount: '-0.50000', ratio: Number.NEGATIVE_INFINITY },
    { events: '42', amount: 5n, ratio: 5e-324 },
  ];
  expect((await written(rows)).map((row) => row.slice(1))).toEqual([
    [null, null, null, null, null, null, null, null, null],
    [
      '',
      '-32768',
      '9223372036854775807',
      '99999999999999999999999999999999999999',
      '9999999999999999999999999999999999.9999',
      '0.30000000000000004',
      'false',
      '2024-02-29',
      '1969-12-31 23:59:59.999',
    ],
    [
      `'";--\\ \u{1F600} \u0000 %s NULL`,
      '7',
      '-9223372036854775808',
      '-18446744073709551616',
      '1234567890.1200',
      '-0.0',
      'true',
      '0001-01-01',
      '9999-12-31 00:00:00',
    ],
    [null, null, null, '12', '0.0001', 'nan', null, null, null],
    [null, null, null, '12', '-0.5000', '-inf', null, null, null],
    [null, null, '42', null, '5.0000', '5e-324', null, null, null],
  ]);
  // Above what decimals of 38 digits hold, a file is not written with another number.
  await expect(written([{ total: most }])).rejects.toThrow(/DECIMAL/);
});

test.each<[string, Row]>([
  ['a count with a fraction', { events: 1.5 }],
  ['a count above its type', { events: '9223372036854775808' }],
  ['a small number above its type', { small: 32_768 }],
  ['a double that has lost digits', { total: 2 ** 60 }],
  ['a decimal with more places', { amount: '0.00001' }],
  ['a number with more places', { amount: 0.1 + 0.2 }],
  ['a decimal with more digits', { amount: '99999999999999999999999999999999999' }],
  ['a decimal that is none', { amount: 'NaN' }],
  ['a number for a text', { name: 1 }],
  ['a text for a flag', { is_new: 'true' }],
  ['a time after the year 9999', { first_at: new Date(Date.UTC(12_000, 0)) }],
  ['no time', { first_at: new Date(Number.NaN) }],
  ['a day that is none', { day: '2024-3-1' }],
  ['a list', { name: ['a'] }],
  ['no column', { events: undefined }],
])('%s is refused, and says what to do', async (_, row) => {
  await expect(written([row])).rejects.toMatchObject({
    code: 'TYPE_UNSUPPORTED',
    message: expect.stringMatching(/^\w+: .*Write this rollup with DuckDB/),
  });
});

test('an engine has the question of a rollup in its own dialect, and only one over folders on S3 writes it', async () => {
  await using here = createLake({ tables: [shop], engine: duckdbEngine({ lake }) });
  const place = { region: 'us-east-1', database: 'shop', workgroup: 'primary' };
  const configs = [
    { metric: 'revenue', grains: ['day'], keys: true },
    { metric: 'top-products', grains: ['day'] },
  ] as const;
  const state = await readLakeState(openLakeStore(lake), 'shop');
  const refused = [
    { engine: duckdbEngine({ lake }), option: 'engine' },
    { engine: athenaEngine({ ...place, lake }), option: 'engine' },
    {
      engine: athenaEngine({ ...place, lake: 's3://shop/lake', permissionClass: 'no_pii' }),
      option: 'permissionClass',
    },
  ];
  for (const { engine, option } of refused) {
    await using there = createLake({ tables: [shop], engine });
    const table = tableOf(there, 'shop');
    const rollups = rollupsOnEngine(tableOf(here, 'shop'), table, configs);
    expect(rollups.map(({ metric, kind }) => [metric, kind])).toEqual([
      ['revenue', undefined],
      ['revenue', 'keys'],
      ['top-products', 'groups'],
    ]);
    const [revenue] = rollups;
    const asked = revenue?.query('2024-03-03', '2024-03-04');
    expect(asked?.sql === asked?.onEngine.sql).toBe(engine.name === 'duckdb');
    const rows = asked && rowsOnEngine(table, state, asked);
    await expect(rows?.next()).rejects.toMatchObject({ code: 'OPTION_INVALID', payload: { option } });
  }
});
