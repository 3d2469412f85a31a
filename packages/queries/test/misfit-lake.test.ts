import { type ColumnShape, decimal, defineEvents, type EventsTable, lake, timestamp } from '@headwater/core';
import { compactLake } from '@headwater/etl';
import { createLake, estimateScan, resultCache, revenue, runMetric, sql, tableOf } from '@headwater/queries';
import { arrowTable } from '@headwater/queries/arrow';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { trinoEngine } from '@headwater/queries/trino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { makeLake } from './support/made-lake.ts';

const columns = {
  at: timestamp(),
  kind: z.enum(['view', 'cart', 'purchase']),
  user_id: z.int64(),
  session: z.string(),
  price: decimal(10, 2).optional(),
};
const roles = { time: 'at', action: 'kind', actor: 'user_id', session: 'session', amount: 'price' } as const;
const sales = defineEvents('sales', { columns, roles });

const row = (hour: string, kind: 'view' | 'cart' | 'purchase', price: number) => ({
  at: new Date(`2024-03-03T${hour}:00:00Z`),
  kind,
  user_id: 1n,
  session: 's',
  price,
});
const rows = [row('01', 'view', 1.4), row('02', 'purchase', 1.4), row('03', 'purchase', 1.4)];
const range = { from: '2024-03-03', to: '2024-03-03' };

const { price: _, ...others } = columns;
const define = (now: ColumnShape, amount: string) =>
  defineEvents('sales', { columns: now, roles: { ...roles, amount } } as never) as typeof sales;
const paid = define({ ...others, paid: decimal(10, 2).optional() }, 'paid');
const declared = define(
  { ...others, paid: decimal(10, 2).register(lake, { renamedFrom: 'price' }).optional() },
  'paid',
);
const whole = define({ ...others, price: z.int32().optional() }, 'price');
const fewer = define({ ...columns, kind: z.enum(['view', 'purchase']) }, 'price');

async function salesLake(): Promise<string> {
  const made = await makeLake();
  onTestFinished(() => made.remove());
  await made.commit(sales, rows);
  return made.folder;
}

const open = (table: typeof sales, folder: string) =>
  createLake({ tables: [table], engine: duckdbEngine({ lake: folder, threads: 1 }) });

const misfit = (id: string) => ({
  code: 'SCHEMA_INCOMPATIBLE',
  payload: { table: 'sales', reader: 'duckdb', misfits: [{ id, files: 1, commits: [1, 1] }] },
});

describe.each([
  ['a rename that is not declared', paid, 'drop-column:price'],
  ['a decimal that is now an integer', whole, 'retype-column:price'],
  ['an enum that lost a value which rows hold', fewer, 'remove-enum-value:kind:cart'],
])('a definition with %s', (_what, table, id) => {
  test('is refused by every way to ask, whichever columns and days are asked for', async () => {
    const folder = await salesLake();
    await using shop = open(table, folder);
    const bounded = shop.sales.between('2024-03-03', '2024-03-03').select('user_id');
    const asked: (() => Promise<unknown>)[] = [
      () => runMetric(shop.sales, revenue, range),
      () => bounded.execute(),
      () => bounded.stream().next(),
      () => shop.sales.between('1999-01-01', '1999-01-01').select('user_id').execute(),
      () => shop.sales.unboundedScan().select('user_id').execute(),
      () => sql(shop, 'select count(*) as n from sales'),
      () => arrowTable(shop, bounded),
      () => estimateScan(shop, bounded),
    ];
    for (const ask of asked) await expect(ask()).rejects.toMatchObject(misfit(id));
    // Rejected rows do not follow the definition.
    expect(await sqlRows(shop, 'select raw from sales__quarantine')).toEqual([]);
  });

  test('is not answered from a cache either', async () => {
    const folder = await salesLake();
    const cache = resultCache({ store: { get: async () => Buffer.from([]), set: async () => undefined } });
    await using shop = createLake({ tables: [table], engine: duckdbEngine({ lake: folder }), cache });
    await expect(runMetric(shop.sales, revenue, range)).rejects.toMatchObject(misfit(id));
  });
});

async function sqlRows(shop: Parameters<typeof sql>[0], text: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const batch of (await sql(shop, text)).batches()) found.push(...batch);
  return found;
}

test('declaring the rename gives the revenue', async () => {
  await using shop = open(declared, await salesLake());
  const [answer] = await runMetric(shop.sales, revenue, range);
  expect(answer).toMatchObject({ revenue: 2.8 });
});

test('allowing a change that the definition rules out lets readers in, and gives what is stored', async () => {
  const folder = await salesLake();
  const allow = ['remove-enum-value:kind:cart'];
  expect(await compactLake({ table: fewer, lake: folder, allow })).toMatchObject({ allowed: allow });
  await using shop = open(fewer, folder);
  const kinds = await shop.sales.unboundedScan().select('kind').orderBy('at').execute();
  expect(kinds.map(({ kind }) => kind)).toEqual(['view', 'purchase', 'purchase']);
});

test('rewriting files of another type lets readers in', async () => {
  const folder = await salesLake();
  await compactLake({ table: whole, lake: folder, allow: ['retype-column:price'] });
  await using shop = open(whole, folder);
  expect(await runMetric(shop.sales, revenue, range)).toMatchObject([{ revenue: 2 }]);
});

test('a table that does not fit leaves the others of its lake as they are', async () => {
  const made = await makeLake();
  onTestFinished(() => made.remove());
  await made.commit(sales, rows);
  const visits = defineEvents('visits', { columns: { at: timestamp() }, roles: { time: 'at' } });
  await made.commit(visits, [{ at: new Date('2024-03-03T00:00:00Z') }]);
  await using shop = createLake({ tables: [paid, visits], engine: duckdbEngine({ lake: made.folder }) });
  expect(await shop.visits.unboundedScan().selectAll().execute()).toHaveLength(1);
  await expect(shop.sales.unboundedScan().selectAll().execute()).rejects.toMatchObject(
    misfit('drop-column:price'),
  );
});

describe('an engine that is asked over the network, with the lake’s address', () => {
  /** No server is there: what is refused is refused before anything is sent. */
  const remote = (table: EventsTable, lakeAddress: string) =>
    createLake({
      tables: [table],
      engine: trinoEngine({ url: 'http://localhost:1', catalog: 'c', schema: 's', lake: lakeAddress }),
    });

  test('refuses before anything is sent', async () => {
    await using shop = remote(paid, await salesLake());
    const refused = {
      code: 'SCHEMA_INCOMPATIBLE',
      payload: { reader: 'trino', misfits: [{ id: 'drop-column:price' }] },
    };
    const bounded = tableOf(shop, 'sales').between('2024-03-03', '2024-03-03').select('user_id');
    await expect(bounded.execute()).rejects.toMatchObject(refused);
    await expect(bounded.stream().next()).rejects.toMatchObject(refused);
    await expect(sql(shop, 'select count(*) as n from sales')).rejects.toMatchObject(refused);
    await expect(arrowTable(shop, bounded)).rejects.toMatchObject(refused);
    await expect(estimateScan(shop, bounded)).rejects.toMatchObject(refused);
  });

  test.each([
    'select paid from sales',
    'select paid from s.sales as x',
    'select paid from "c"."s"."sales"',
    'select a.paid from sales__view a JOIN Sales b on true',
    'select a.paid from sales__view a, sales b',
  ])('refuses a statement that reads the table beside its view: %s', async (statement) => {
    await using shop = remote(declared, await salesLake());
    await expect(sql(shop, statement)).rejects.toMatchObject({
      code: 'SCHEMA_INCOMPATIBLE',
      payload: { misfits: [{ fix: expect.stringContaining('sales__view') }] },
    });
  });

  test.each([
    'select paid from sales__view',
    'select extract(hour from sales.at) from sales__view as sales',
    'select raw from sales__quarantine',
  ])('takes one that reads the view, or rejected rows: %s', async (statement) => {
    await using shop = remote(declared, await salesLake());
    expect(await estimateScan(shop, statement)).toMatchObject({ tables: [expect.anything()] });
  });
});
