import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ColumnShape, decimal, defineEvents, type EventsTable, lake, timestamp } from '@headwater/core';
import { compactLake, loadEvents, replayQuarantine, verifyLake } from '@headwater/etl';
import { closeLake, createLake, estimateScan, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { trinoEngine } from '@headwater/queries/trino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';

const base = {
  at: timestamp(),
  kind: z.enum(['view', 'cart']),
  item: z.int32(),
  brand: z.string().optional(),
  price: decimal(8, 2),
};

function table(columns: ColumnShape, rest: object = {}): EventsTable {
  const config = { columns, roles: { time: 'at' }, sortOrder: ['at'], ...rest };
  return defineEvents('events', config as unknown as { columns: ColumnShape; roles: { time: string } });
}

const old = table(base);
const header = 'at,kind,item,brand,price';
const first = ['2019-10-01 00:00:00,view,1,acme,1.25', '2019-10-01 01:00:00,cart,2,,2.50'];

async function oldLake(
  table = old,
  lines = [header, ...first],
): Promise<{
  folder: string;
  load(now: EventsTable, lines: string[], allow?: string[]): Promise<unknown>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-changed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  let files = 0;
  const load = async (now: EventsTable, lines: string[], allow: string[] = []) => {
    files += 1;
    const input = join(folder, `raw-${files}.csv`);
    await writeFile(input, `${lines.join('\n')}\n`);
    return loadEvents({ table: now, lake: `${folder}/lake`, inputs: [input], allow });
  };
  await load(table, lines);
  return { folder: `${folder}/lake`, load };
}

async function rows(now: EventsTable, folder: string, select: string): Promise<unknown[]> {
  const shop = createLake({ tables: [now], engine: duckdbEngine({ lake: folder }) });
  try {
    const query = tableOf(shop, 'events').unboundedScan().selectAll();
    const all = (await query.execute()) as Record<string, unknown>[];
    return all
      .sort((left, right) => Number(left['at']) - Number(right['at']))
      .map((row) => select.split(' ').map((name) => row[name]));
  } finally {
    await closeLake(shop);
  }
}

const { brand: _, ...withoutBrand } = base;
const renamed = table({
  ...withoutBrand,
  label: z.string().register(lake, { renamedFrom: 'brand' }).optional(),
});

test('a renamed column is one column over old and new files, is merged as one, and stays one once compacted', async () => {
  const { folder, load } = await oldLake();
  // The second row is one that the lake has, under the old name.
  await load(renamed, [
    'at,kind,item,label,price',
    '2019-10-01 02:00:00,view,3,zen,3',
    '2019-10-01 00:00:00,view,1,acme,1.25',
  ]);
  await load(renamed, ['at,kind,item,label,price', '2019-10-02 02:00:00,view,4,ohm,3']);
  const expected = [['acme'], [null], ['zen'], ['ohm']];
  expect(await rows(renamed, folder, 'label')).toEqual(expected);
  const before = await compactLake({ table: renamed, lake: folder });
  expect(before.partitions).toBe(1);
  expect(await rows(renamed, folder, 'label')).toEqual(expected);
  expect((await verifyLake({ table: renamed, lake: folder })).problems).toEqual([]);
});

test('a new required column is its default in older files, and late rows join them', async () => {
  const now = table({ ...base, source: z.string().register(lake, { default: 'web' }) });
  const { folder, load } = await oldLake();
  expect(await rows(now, folder, 'source')).toEqual([['web'], ['web']]);
  await load(now, [
    `${header},source`,
    '2019-10-01 02:00:00,view,3,,3,app',
    '2019-10-01 00:00:00,view,1,acme,1.25,web',
  ]);
  expect(await rows(now, folder, 'source')).toEqual([['web'], ['web'], ['app']]);
});

test('an optional column that is now required has its default where older files hold null', async () => {
  const now = table({ ...base, brand: z.string().register(lake, { default: 'none' }) });
  const { folder, load } = await oldLake();
  await load(now, [header, '2019-10-02 02:00:00,view,3,zen,3']);
  expect(await rows(now, folder, 'brand')).toEqual([['acme'], ['none'], ['zen']]);
});

test('wider numbers hold what older files hold and more, whichever file is read first', async () => {
  const now = table({ ...base, item: z.int64(), price: decimal(14, 4) });
  const { folder, load } = await oldLake();
  await load(now, [header, '2019-10-01 02:00:00,view,9007199254740993,zen,1234567890.1234']);
  expect(await rows(now, folder, 'item price')).toEqual([
    [1n, 1.25],
    [2n, 2.5],
    [9007199254740993n, 1234567890.1234],
  ]);
});

test.each([
  ['a column that is gone', table(withoutBrand), 'drop-column:brand'],
  ['a new required column', table({ ...base, source: z.string() }), 'add-column:source'],
  ['a narrower number', table({ ...base, price: decimal(6, 2) }), 'narrow-column:price'],
  ['another type', table({ ...base, item: z.boolean() }), 'retype-column:item'],
  ['an enum value less', table({ ...base, kind: z.enum(['view']) }), 'remove-enum-value:kind:cart'],
  ['a null that is refused', table({ ...base, brand: z.string() }), 'make-required:brand'],
])('refuses to write under %s, and says which id allows it', async (_what, now, id) => {
  const { load } = await oldLake();
  await expect(load(now, [header, '2019-10-03 00:00:00,view,1,x,1'])).rejects.toMatchObject({
    code: 'SCHEMA_INCOMPATIBLE',
    payload: { misfits: [{ id }] },
  });
});

test('a change that is allowed is asked for once', async () => {
  const now = table(withoutBrand);
  const { folder, load } = await oldLake();
  await load(now, ['at,kind,item,price', '2019-10-03 00:00:00,view,5,1'], ['drop-column:brand']);
  await load(now, ['at,kind,item,price', '2019-10-04 00:00:00,view,6,1']);
  expect(await rows(now, folder, 'item')).toEqual([[1], [2], [5], [6]]);
  // And the name cannot come back with another type.
  await expect(
    load(table({ ...withoutBrand, brand: z.int64().optional() }), [header, '2019-10-05 00:00:00,view,7,8,1']),
  ).rejects.toMatchObject({
    code: 'SCHEMA_INCOMPATIBLE',
  });
});

const twoTimes = { ...base, sent: timestamp() };
const sentRows = [
  'at,sent,kind,item,brand,price',
  '2019-10-01 23:59:00,2019-10-02 00:01:00,view,1,acme,1.25',
];

describe.each([
  ['hours', table(twoTimes), table(twoTimes, { partitionBy: { hour: true } }), 'dt, hour of at'],
  ['no hours', table(twoTimes, { partitionBy: { hour: true } }), table(twoTimes), 'dt of at'],
  [
    'a folder for each kind',
    table(twoTimes),
    table(twoTimes, { partitionBy: { columns: ['kind'] } }),
    'dt, kind of at',
  ],
  ['the day of another column', table(twoTimes), table(twoTimes, { roles: { time: 'sent' } }), 'dt of sent'],
])('a lake whose definition has %s since', (_what, before, now, is) => {
  const refused = { code: 'PARTITIONING_CHANGED', payload: { table: 'events', is } };

  test('is neither written, nor read, nor judged, whatever is allowed; under its own definition it goes on', async () => {
    const { folder, load } = await oldLake(before, sentRows);
    for (const allow of [[], ['change-partitioning', 'move-role:time']])
      await expect(load(now, sentRows, allow)).rejects.toMatchObject(refused);
    await expect(compactLake({ table: now, lake: folder })).rejects.toMatchObject(refused);
    await expect(replayQuarantine({ table: now, lake: folder })).rejects.toMatchObject(refused);
    await expect(verifyLake({ table: now, lake: folder })).rejects.toMatchObject(refused);
    await expect(rows(now, folder, 'item')).rejects.toMatchObject(refused);
    const remote = trinoEngine({ url: 'http://localhost:1', catalog: 'c', schema: 's', lake: folder });
    const elsewhere = createLake({ tables: [now], engine: remote });
    await expect(estimateScan(elsewhere, 'select * from events')).rejects.toMatchObject(refused);
    expect(await rows(before, folder, 'item')).toEqual([[1]]);
    expect(await verifyLake({ table: before, lake: folder })).toMatchObject({ ok: true, leftovers: [] });
  });
});

test('a table that cannot be read leaves the others of its lake as they are', async () => {
  const { folder, load } = await oldLake();
  const config = { columns: { at: timestamp() }, roles: { time: 'at' }, sortOrder: ['at'] } as const;
  const visits = defineEvents('visits', config);
  await load(visits, ['at', '2019-10-01 00:00:00']);
  const changed = table(base, { partitionBy: { hour: true } });
  await using shop = createLake({ tables: [changed, visits], engine: duckdbEngine({ lake: folder }) });
  expect(await shop.visits.unboundedScan().selectAll().execute()).toHaveLength(1);
  const others = tableOf(shop, 'events').unboundedScan().selectAll().execute();
  await expect(others).rejects.toMatchObject({ code: 'PARTITIONING_CHANGED' });
});

test('a time column that is renamed keeps the folders: load, compaction and verification read both names', async () => {
  const { at: _at, ...others } = base;
  const time = timestamp().register(lake, { renamedFrom: 'at' });
  const now = table({ happened: time, ...others }, { roles: { time: 'happened' }, sortOrder: ['happened'] });
  const { folder, load } = await oldLake();
  expect(await rows(now, folder, 'item')).toHaveLength(2);
  await load(now, ['happened,kind,item,brand,price', '2019-10-02 02:00:00,view,3,zen,3']);
  expect(await verifyLake({ table: now, lake: folder })).toMatchObject({ ok: true, problems: [], rows: 3 });
  await load(now, ['happened,kind,item,brand,price', '2019-10-01 02:00:00,view,4,zen,3']);
  await compactLake({ table: now, lake: folder });
  expect(await verifyLake({ table: now, lake: folder })).toMatchObject({ ok: true, problems: [], rows: 4 });
});

test('the hour of the folder is a column of the view, as it is one of the published table', async () => {
  const hourly = table(base, { partitionBy: { hour: true } });
  const { folder } = await oldLake(hourly, [
    'at,kind,item,brand,price',
    '2019-10-01 07:59:00,view,1,acme,1.25',
    '2019-10-01 23:00:00,view,1,acme,1.25',
  ]);
  expect(await rows(hourly, folder, 'hour')).toEqual([[7], [23]]);
});
