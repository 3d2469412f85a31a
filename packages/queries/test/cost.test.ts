import { defineEvents, lake as lakeColumn, timestamp } from '@headwater/core';
import { readName } from '@headwater/core/internal';
import {
  createLake,
  dailyVisitors,
  estimateScan,
  metricQuery,
  revenue,
  runMetric,
  scanPrice,
  sessionSummary,
  sql,
  topBrands,
} from '@headwater/queries';
import { arrowTable } from '@headwater/queries/arrow';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { TrinoDialect, trinoEngine } from '@headwater/queries/trino';
import { Kysely, sql as raw } from 'kysely';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { mostBytesOf } from '../src/guard/cost/most-bytes.ts';
import { planScans } from '../src/guard/cost/scan-plan.ts';
import { planTextScans } from '../src/guard/cost/text-scan-plan.ts';
import type { QueryText } from '../src/session/query.ts';
import { history, shop } from './support/shop.ts';
import { withLake } from './support/with-lake.ts';

const made = withLake(shop, history);
const range = { from: '2024-03-03', to: '2024-03-05' };
const engine = trinoEngine({ url: 'http://trino.example', catalog: 'c', schema: 's' });
const remote = createLake({ tables: [shop], engine });
const table = remote.shop;
const other = defineEvents('visits', { columns: { at: timestamp() }, roles: { time: 'at' } });
/** Compiles and never runs. */
const kysely = new Kysely({ dialect: new TrinoDialect({ tables: [], run: async () => Promise.reject() }) });
const days = (first: string, last: string) => ({ first, last });

function scansOf(query: QueryText | { compile(): QueryText }) {
  const { query: tree } = 'compile' in query ? query.compile() : query;
  if (!tree) throw new Error('Not compiled by Kysely');
  return planScans(tree, [shop.schema]).map((scan) => ({ columns: [...scan.columns], days: scan.days }));
}

test('a query reads the columns that it mentions, of the days of its range', () => {
  const base = table.between('2024-03-03', '2024-03-04');
  const within = days('2024-03-03', '2024-03-04');
  expect(scansOf(base.select('brand'))).toEqual([{ columns: ['brand'], days: within }]);
  expect(scansOf(base.selectAll())[0]?.columns).toHaveLength(8);
  expect(scansOf(base.select(({ fn }) => fn.countAll<number>().as('n')))).toEqual([
    { columns: [], days: within },
  ]);
  expect(scansOf(base.select(raw`price * 2`.as('double')).where('dt', '=', '2024-03-04'))).toEqual([
    { columns: ['price'], days: days('2024-03-04', '2024-03-04') },
  ]);
  expect(scansOf(table.unboundedScan().select('dt'))).toEqual([{ columns: [], days: {} }]);
  const either = table
    .unboundedScan()
    .where(({ eb, or }) => or([eb('dt', '=', '2024-03-03'), eb('brand', '=', 'a')]));
  expect(scansOf(either.select('session'))).toEqual([{ columns: ['brand', 'session'], days: {} }]);
});

test('a condition on the day of one table bounds no other table', () => {
  const two = createLake({ tables: [shop, other], engine });
  const joined = two.shop
    .between('2024-03-03', '2024-03-04')
    .innerJoin('visits', 'visits.at', 'shop.event_time')
    .select('shop.brand');
  const daysOf = (query: { compile(): QueryText }) => {
    const { query: tree } = query.compile();
    return tree && planScans(tree, [shop.schema, other.schema]).map((scan) => [scan.table, scan.days]);
  };
  const within = days('2024-03-03', '2024-03-04');
  expect(daysOf(joined)).toEqual([
    ['shop', within],
    ['visits', {}],
  ]);
  expect(daysOf(joined.where('visits.dt', '=', '2024-03-03'))).toEqual([
    ['shop', within],
    ['visits', days('2024-03-03', '2024-03-03')],
  ]);
});

test('computed days and days in text are no bounds, and text hides no table', () => {
  const all = table.unboundedScan().select('brand');
  expect(scansOf(all.where('dt', '<=', raw<string>`date ${'2024-03-03'} + 3`))[0]?.days).toEqual({});
  expect(scansOf(all.where('dt', '>=', '2024-3-3'))[0]?.days).toEqual({});
  expect(scansOf(all.where('dt', '<=', raw<string>`date ${'2024-03-03'}`))[0]?.days).toEqual({
    last: '2024-03-03',
  });
  expect(scansOf(raw`select brand from shop where dt = ${'2024-03-03'}`.compile(kysely))).toEqual([
    { columns: ['brand'], days: {} },
  ]);
  const within = table.between('2024-03-03', '2024-03-03').select('brand');
  const most = raw<number>`(select max(price) from shop)`.as('most');
  expect(scansOf(within.select(most)).map((scan) => scan.days)).toEqual([
    days('2024-03-03', '2024-03-03'),
    {},
  ]);
});

test('a metric reads a table once for each mention, each time only the columns that are needed there', () => {
  const scans = scansOf(metricQuery(table, dailyVisitors, range));
  // Which session an event is in follows from the two days before it.
  const within = days('2024-03-01', '2024-03-05');
  expect(scans).toEqual([
    { columns: ['event_time', 'user_id', 'session'], days: within },
    { columns: ['event_time', 'session'], days: within },
  ]);
  expect(scansOf(metricQuery(table, topBrands, range))).toEqual([
    {
      columns: ['event_type', 'brand', 'price', 'user_id'],
      days: days('2024-03-03', '2024-03-05'),
    },
  ]);
  expect(scansOf(metricQuery(table, sessionSummary, range)).map(({ columns }) => columns)).toEqual([
    ['event_time', 'event_type', 'session'],
    ['event_time', 'session'],
  ]);
});

test('a statement as text counts as the maximum that it can read', () => {
  const columns = (text: string) => planTextScans(text, [shop.schema]).map((scan) => scan.columns.size);
  expect(columns('select count(*), brand from SHOP where price > 1')).toEqual([2]);
  expect(columns('select * from shop')).toEqual([8]);
  expect(columns('from shop')).toEqual([8]);
  expect(columns("select columns(c -> c like 'p%') from shop")).toEqual([8]);
  expect(columns('select 1')).toEqual([]);
  const renamed = defineEvents('sales', {
    columns: { at: timestamp(), label: z.string().register(lakeColumn, { renamedFrom: ['brand'] }) },
    roles: { time: 'at' },
  }).schema;
  expect(planTextScans('select count(*), reasons from shop__quarantine group by all', [shop.schema])).toEqual(
    [{ table: 'shop__quarantine', columns: new Set(['reasons']), days: {}, mayBeUnbounded: false }],
  );
  const scans = planTextScans(`select label from ${readName(renamed)}`, [renamed]);
  expect(scans).toMatchObject([{ table: 'sales', columns: new Set(['label', 'brand']), days: {} }]);
});

test('a query above the maximum is rejected before it runs, with the figures', async () => {
  const lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: made.folder }), maxScan: '1 kB' });
  const query = metricQuery(lake.shop, revenue, range);
  const { bytes, mostBytes, tables } = await estimateScan(lake, query);
  // Two relations read the events. DuckDB reads the table four times for each, to find ids that are longer than a session.
  expect(tables).toHaveLength(8);
  expect(tables[0]).toMatchObject({ days: ['2024-03-03', '2024-03-05'], files: 3, partitions: 3 });
  const refused = expect.objectContaining({
    code: 'SCAN_BUDGET_EXCEEDED',
    payload: expect.objectContaining({
      bytes,
      mostBytes,
      limit: 1000,
      tables: ['shop'],
      days: ['2024-03-03', '2024-03-05'],
    }),
    message: expect.stringMatching(
      /could read up to [\d.]+ kB, more than maxScan 1\.0 kB: [\d.]+ kB in \d columns of 24 partitions of shop/,
    ),
  });
  await expect(query.rows()).rejects.toEqual(refused);
  await expect(query.stream().next()).rejects.toEqual(refused);
  await expect(arrowTable(lake, query)).rejects.toMatchObject({ code: 'SCAN_BUDGET_EXCEEDED' });
  await expect(sql(lake, 'select * from shop')).rejects.toMatchObject({ code: 'SCAN_BUDGET_EXCEEDED' });
  // The maximum of a call overrides the lake's, lower or higher.
  expect(await query.rows({ maxScan: '1 GB' })).toHaveLength(3);
  await expect(query.rows()).rejects.toEqual(refused);
  expect(await runMetric(lake.shop, revenue, range, { maxScan: 1e6 })).toHaveLength(3);
  const brands = (maxScan: string) =>
    lake.shop.between('2024-03-03', '2024-03-03', { maxScan }).select('brand').execute();
  expect(await brands('1 MB')).toHaveLength(5);
  await expect(brands('10 B')).rejects.toMatchObject({ code: 'SCAN_BUDGET_EXCEEDED' });
  await expect(runMetric(lake.shop, revenue, range, { maxScan: 'much' })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
  });
});

test("maxScan needs the lake's address in the engine's config", async () => {
  const lake = createLake({ tables: [shop], engine, maxScan: '1 GB' });
  await expect(runMetric(lake.shop, revenue, range)).rejects.toThrow("the lake's address");
});

test('a price is for full megabytes, at least ten', () => {
  expect(scanPrice(0)).toBeCloseTo(0.00005, 12);
  expect(scanPrice(10_000_001)).toBeCloseTo(0.000055, 12);
  expect(scanPrice(2e12, 6)).toBe(12);
});

test('the maximum has small files whole, and of large ones the columns, the gaps and the footers', () => {
  const columnBytes = { at: 1_000_000, price: 2_000_000, url: 30_000_000 };
  const file = {
    path: 'shop/dt=2024-03-03/part-1.parquet',
    day: '2024-03-03',
    rows: 1_000_000,
    hash: '',
    columnBytes,
  };
  const most = (bytes: number, ...columns: string[]) => mostBytesOf({ ...file, bytes }, new Set(columns));
  expect(most(2_000_000, 'price')).toBe(2_000_000);
  expect(most(33_000_000)).toBe(49_152);
  expect(most(33_000_000, 'price')).toBe(3_000_000 + 49_152);
  expect(most(34_000_000, 'url')).toBe(33_000_000 + 2 * 49_152);
  const { columnBytes: _, ...unknown } = file;
  expect(mostBytesOf({ ...unknown, bytes: 9e6 }, new Set(['price']))).toBe(9e6);
});
