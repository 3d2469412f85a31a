import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  type ColumnShape,
  decimal,
  defineEvents,
  type EventsTable,
  lake as metadata,
  timestamp,
} from '@headwater/core';
import { manifestPath, readLakeState } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { compactLake, loadEvents, repairLake, verifyLake } from '../src/index.ts';
import { checkDefinition } from '../src/maintain/check-definition.ts';
import { lakeBytes, temporaryFolder, writeLines } from './events-fixture.ts';

const base = {
  at: timestamp(),
  kind: z.enum(['view', 'cart']),
  item: z.int64(),
  brand: z.string().optional(),
  price: decimal(8, 2),
};
const { brand: _, ...withoutBrand } = base;

function table(columns: ColumnShape): EventsTable {
  const config = { columns, roles: { time: 'at' }, sortOrder: ['at'] };
  return defineEvents('events', config as unknown as { columns: ColumnShape; roles: { time: string } });
}

const old = table(base);
const narrower = table({ ...base, price: decimal(8, 1) });
const fewer = table({ ...base, kind: z.enum(['view']) });
const header = 'at,kind,item,brand,price';

/** A lake, and a load of rows into it. */
async function emptyLake() {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  let files = 0;
  const load = async (now: EventsTable, lines: readonly string[], allow: readonly string[] = []) => {
    files += 1;
    const input = await writeLines(folder, `raw-${files}.csv`, [header, ...lines]);
    return loadEvents({ table: now, lake, inputs: [input], allow });
  };
  return { lake, load };
}

/** What the files of a day hold, whatever the definition. */
async function stored(lake: string, day: string, sql: string): Promise<unknown[]> {
  const folder = join(lake, 'events', `dt=${day}`);
  const files = (await readdir(folder)).map((name) => `'${join(folder, name)}'`);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(sql.replace('FILES', `[${files.join(', ')}]`));
  const rows = reader.getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

const problemsOf = async (now: EventsTable, lake: string): Promise<string[]> =>
  (await verifyLake({ table: now, lake })).problems.map(({ problem, fix }) => `${problem}. ${fix}`);

describe('a compaction', () => {
  test('rewrites files that hold a column in another type, though one commit wrote them', async () => {
    const { lake, load } = await emptyLake();
    const wider = table({ ...base, item: z.int64(), price: decimal(12, 4) });
    await load(old, ['2019-10-01 00:00:00,view,1,acme,1.25']);
    await load(wider, ['2019-10-02 00:00:00,view,1,acme,1.2512']);
    expect(await verifyLake({ table: wider, lake })).toMatchObject({ ok: true, notes: [] });
    expect(await compactLake({ table: wider, lake })).toMatchObject({ partitions: 1, left: [], allowed: [] });
    const types = `SELECT DISTINCT logical_type FROM parquet_schema(FILES) WHERE name = 'price'`;
    expect(await stored(lake, '2019-10-01', types)).toEqual([['DecimalType(scale=4, precision=12)']]);
    expect(await compactLake({ table: wider, lake })).toMatchObject({ partitions: 0 });
  });

  test('rounds values only where that is allowed, and queries can read the files then', async () => {
    const { lake, load } = await emptyLake();
    await load(old, ['2019-10-01 00:00:00,view,1,acme,1.25']);
    await load(narrower, ['2019-10-02 00:00:00,view,1,acme,1.5'], ['narrow-column:price']);
    const problem =
      'price: decimal(8,2) is now decimal(8,1) (narrow-column:price; 1 file of commit 1). ' +
      'Revert the change, or rewrite the files: headwater etl compact --allow narrow-column:price';
    expect(await problemsOf(narrower, lake)).toEqual([problem]);
    await expect(compactLake({ table: narrower, lake })).rejects.toMatchObject({
      code: 'SCHEMA_INCOMPATIBLE',
      payload: { misfits: [{ id: 'narrow-column:price', files: 1, commits: [1, 1] }] },
    });
    const allow = ['narrow-column:price'];
    expect(await compactLake({ table: narrower, lake, allow })).toMatchObject({ partitions: 1 });
    expect(await stored(lake, '2019-10-01', 'SELECT price FROM read_parquet(FILES)')).toEqual([['1.3']]);
    expect(await verifyLake({ table: narrower, lake })).toMatchObject({ ok: true });
  });

  test('of a value that does not fit its new type changes nothing, and says which folder and change', async () => {
    const { lake, load } = await emptyLake();
    await load(old, ['2019-10-01 00:00:00,view,3000000000,acme,1.25']);
    const now = table({ ...base, item: z.int32() });
    const before = await lakeBytes(lake);
    const failed = await compactLake({ table: now, lake, allow: ['narrow-column:item'] }).catch(String);
    expect(failed).toContain('item: bigint is now integer (narrow-column:item; 1 file of commit 1)');
    expect(failed).toContain('events/dt=2019-10-01 holds values that do not fit it');
    expect(failed).not.toContain('3000000000');
    expect(await lakeBytes(lake)).toEqual(before);
    expect(await verifyLake({ table: old, lake })).toMatchObject({ ok: true });
  });

  test('takes away the values of a dropped column only where that is allowed, whatever a load was allowed', async () => {
    const { lake, load } = await emptyLake();
    const dropped = table(withoutBrand);
    await load(old, ['2019-10-01 00:00:00,view,1,acme,1.25']);
    await load(old, ['2019-10-01 01:00:00,view,1,zen,1.25']);
    await load(dropped, ['2019-10-02 00:00:00,view,1,,1.25'], ['drop-column:brand']);
    expect(await verifyLake({ table: dropped, lake })).toMatchObject({ ok: true });
    await expect(compactLake({ table: dropped, lake })).rejects.toMatchObject({
      code: 'SCHEMA_INCOMPATIBLE',
      payload: { misfits: [{ id: 'drop-column:brand', files: 2, commits: [1, 2] }] },
    });
    const brands = 'SELECT brand FROM read_parquet(FILES) ORDER BY brand';
    expect(await stored(lake, '2019-10-01', brands)).toEqual([['acme'], ['zen']]);
    await compactLake({ table: dropped, lake, allow: ['drop-column:brand'] });
    const names = `SELECT name FROM parquet_schema(FILES) WHERE name = 'brand'`;
    expect(await stored(lake, '2019-10-01', names)).toEqual([]);
  });

  test('leaves days that hold a value which the enum no longer has, and brings the others together', async () => {
    const { lake, load } = await emptyLake();
    for (const hour of ['00', '01'])
      await load(old, [`2019-10-01 ${hour}:00:00,cart,1,acme,1`, `2019-10-02 ${hour}:00:00,view,1,acme,1`]);
    const allow = ['remove-enum-value:kind:cart'];
    await expect(compactLake({ table: fewer, lake })).rejects.toMatchObject({ code: 'SCHEMA_INCOMPATIBLE' });
    expect(await compactLake({ table: fewer, lake, allow })).toMatchObject({
      partitions: 1,
      left: ['events/dt=2019-10-01'],
      allowed: allow,
    });
    expect(await verifyLake({ table: fewer, lake })).toMatchObject({ ok: true, rows: 4 });
    expect(await compactLake({ table: fewer, lake })).toMatchObject({ partitions: 0, allowed: [] });
  });

  test('allows a change in a lake where nothing is to be rewritten', async () => {
    const { lake, load } = await emptyLake();
    await load(old, ['2019-10-01 00:00:00,cart,1,acme,1']);
    expect(await problemsOf(fewer, lake)).toEqual([
      'kind: may no longer be cart (remove-enum-value:kind:cart; 1 file of commit 1). ' +
        'Keep the value, or allow the change: headwater etl compact --allow remove-enum-value:kind:cart; older rows then keep it',
    ]);
    const allow = ['remove-enum-value:kind:cart'];
    expect(await compactLake({ table: fewer, lake, allow })).toMatchObject({ partitions: 0, allowed: allow });
    expect(await verifyLake({ table: fewer, lake })).toMatchObject({ ok: true, rows: 1 });
    await load(fewer, ['2019-10-02 00:00:00,view,1,acme,1']);
  });
});

test('a load cannot merge rows with a value that the enum no longer has, and says so', async () => {
  const { load } = await emptyLake();
  await load(old, ['2019-10-01 00:00:00,cart,1,acme,1']);
  const late = load(fewer, ['2019-10-01 01:00:00,view,1,acme,1'], ['remove-enum-value:kind:cart']);
  await expect(late).rejects.toMatchObject({
    code: 'SCHEMA_INCOMPATIBLE',
    payload: {
      misfits: [{ id: 'remove-enum-value:kind:cart', fix: expect.stringContaining('events/dt=2019-10-01') }],
    },
  });
});

test('verification names every change that keeps queries out, and what to do', async () => {
  const { lake, load } = await emptyLake();
  await load(old, ['2019-10-01 00:00:00,view,1,acme,1.25']);
  const { price: _price, ...withoutPrice } = base;
  const paid = table({ ...withoutPrice, paid: decimal(8, 2).optional() });
  expect(await verifyLake({ table: paid, lake })).toMatchObject({ ok: false, filesChecked: 1, rows: 1 });
  expect(await problemsOf(paid, lake)).toEqual([
    'price: is gone, and paid is new (drop-column:price; 1 file of commit 1). ' +
      "If it was renamed to paid, declare renamedFrom: 'price' there; if not, allow the change: " +
      'headwater etl compact --allow drop-column:price',
  ]);
});

test('verification notes what Trino alone misreads, for a lake on S3, where Trino reads', async () => {
  const { lake, load } = await emptyLake();
  const finer = table({ ...base, price: decimal(12, 4) });
  await load(old, ['2019-10-01 00:00:00,view,1,acme,1.25']);
  const state = await readLakeState(openLakeStore(lake), 'events');
  expect(checkDefinition(finer.schema, state, 'folder')).toEqual({ problems: [], notes: [] });
  expect(checkDefinition(finer.schema, state, 's3')).toEqual({
    problems: [],
    notes: [
      'trino would return wrong rows: price: decimal(8,2) is now decimal(12,4) (widen-column:price; 1 file of commit 1). ' +
        'Rewrite the files: headwater etl compact',
    ],
  });
});

test('a repair rewrites files of an earlier definition, so that their columns are those of the manifest', async () => {
  const { lake, load } = await emptyLake();
  await load(old, ['2019-10-01 00:00:00,view,1,acme,1.25']);
  await rm(join(lake, manifestPath('events', 1)));
  const label = z.string().register(metadata, { renamedFrom: 'brand' }).optional();
  const now = table({ ...withoutBrand, label, note: z.string().optional() });
  expect(await repairLake({ table: now, lake })).toMatchObject({ rows: 1, problems: [] });
  expect(await verifyLake({ table: now, lake })).toMatchObject({ ok: true, rows: 1, leftovers: [] });
  const values = 'SELECT item, label, note, price FROM read_parquet(FILES)';
  expect(await stored(lake, '2019-10-01', values)).toEqual([['1', 'acme', null, '1.25']]);
});
