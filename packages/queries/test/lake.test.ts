import { defineEvents, timestamp } from '@headwater/core';
import {
  closeLake,
  createLake,
  dailyVisitors,
  metricOf,
  metrics,
  namedMetricQuery,
  revenue,
  runMetric,
  tableOf,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { makeLake } from './support/made-lake.ts';
import { event, history, shop } from './support/shop.ts';
import { withLake } from './support/with-lake.ts';

const made = withLake(shop, history);
const range = { from: '2024-03-03', to: '2024-03-05' };
const visits = defineEvents('visits', {
  columns: { at: timestamp(), visitor: z.string() },
  roles: { time: 'at', actor: 'visitor' },
});

test('rows have the documented types', async () => {
  const [row] = await made.lake.shop
    .between(new Date('2024-03-03T10:05:00Z'), new Date('2024-03-03T10:10:00Z'))
    .selectAll()
    .execute();
  expect(row).toEqual({
    event_time: new Date('2024-03-03T10:05:00Z'),
    event_type: 'cart',
    product_id: 1n,
    category: 'phones',
    brand: 'acme',
    price: 100.1,
    user_id: 10n,
    session: 's1',
    dt: '2024-03-03',
  });
});

test('counts are numbers, ids and wide sums are not', async () => {
  const rows = await made.lake.shop
    .between('2024-03-03', '2024-03-05')
    .select(({ fn }) => [
      fn.countAll<number>().as('n'),
      fn.max('product_id').as('id'),
      fn.sum<string>('price').as('sum'),
    ])
    .execute();
  expect(rows).toEqual([{ n: 18, id: 4n, sum: '910.40' }]);
});

test('the range is in the statement as literals on the partition, and on the time where it cuts a day', () => {
  const { shop } = made.lake;
  const { sql, parameters } = shop.between('2024-03-03', '2024-03-04').select('brand').compile();
  const days =
    'select "brand" from "shop" where "shop"."dt" >= date \'2024-03-03\' and "shop"."dt" <= date \'2024-03-04\'';
  expect(sql).toBe(days);
  expect(parameters).toEqual([]);
  const cut = (from: string, to: string) =>
    shop.between(new Date(from), new Date(to)).select('brand').compile().sql;
  expect(cut('2024-03-03T00:00:00Z', '2024-03-05T00:00:00Z')).toBe(days);
  expect(cut('2024-03-03T00:00:00.001Z', '2024-03-05T00:00:00Z')).toBe(
    `${days} and "shop"."event_time" >= timestamp '2024-03-03 00:00:00.001'`,
  );
  expect(cut('2024-03-03T00:00:00Z', '2024-03-04T23:59:59.999Z')).toBe(
    `${days} and "shop"."event_time" < timestamp '2024-03-04 23:59:59.999'`,
  );
  expect(() => made.lake.shop.between('2024-02-30', '2024-03-01')).toThrow('expected a day as YYYY-MM-DD');
  expect(() => made.lake.shop.between('2024-03-02', '2024-03-01')).toThrow('expected a time after from');
});

test('a range may be all of time, for a typed query and for every metric', async () => {
  const always = { from: '0001-01-01', to: '9999-12-31' };
  const whole = { from: '2023-01-01', to: '2025-12-31' };
  const { lake } = made;
  const rows = await lake.shop.between(always.from, always.to).select('brand').execute();
  expect(rows).toHaveLength(history.length);
  expect(await lake.shop.between(new Date(-8.64e15), new Date(8.64e15)).select('brand').execute()).toEqual(
    rows,
  );
  for (const metric of Object.keys(metrics)) {
    const ask = (asked: object) => namedMetricQuery(tableOf(lake, 'shop'), metricOf(metric), asked).rows();
    // A single period of the whole range is labelled with the range that was asked for.
    const plain = (answer: Record<string, unknown>[]) => answer.map((row) => ({ ...row, period: '' }));
    expect(plain(await ask(always)), metric).toEqual(plain(await ask(whole)));
  }
});

test('parameters are bound with their types', async () => {
  const find = () => made.lake.shop.unboundedScan().select(({ fn }) => fn.countAll<number>().as('n'));
  const one = async (query: ReturnType<typeof find>): Promise<unknown> => (await query.executeTakeFirst())?.n;
  expect(await one(find().where('price', '=', 100.1))).toBe(6);
  expect(await one(find().where('product_id', '=', 1n))).toBe(6);
  expect(await one(find().where('event_time', '=', new Date('2024-03-03T10:00:00Z')))).toBe(1);
  expect(await one(find().where('dt', '=', '2024-03-03'))).toBe(5);
  expect(await one(find().where('product_id', 'in', [1n, 9_007_199_254_740_993n]))).toBe(6);
  expect(await one(find().where('brand', 'is', null))).toBe(4);
});

test('a hostile text is a value, never a statement', async () => {
  const hostile = `x'; drop view shop; --"`;
  const found = await made.lake.shop.unboundedScan().selectAll().where('brand', '=', hostile).execute();
  expect(found).toEqual([]);
  for (const from of [hostile, "2024-03-03' or 1=1", '']) {
    await expect(runMetric(made.lake.shop, revenue, { from, to: '2024-03-05' })).rejects.toMatchObject({
      code: 'METRIC_PARAMETERS_INVALID',
    });
  }
  const unknown = { ...range, by: hostile };
  expect(() => namedMetricQuery(tableOf(made.lake, 'shop'), metricOf('top-categories'), unknown)).toThrow(
    /top-categories: by/,
  );
  expect(await runMetric(made.lake.shop, dailyVisitors, range)).toHaveLength(3);
});

test('rejects from untyped callers what the types reject', async () => {
  const other = await makeLake();
  await other.commit(visits, [{ at: new Date('2024-03-03T00:00:00Z'), visitor: 'a' }]);
  const lake = createLake({ tables: [visits, shop], engine: duckdbEngine({ lake: other.folder }) });
  expect(() => namedMetricQuery(tableOf(lake, 'visits'), metricOf('revenue'), range)).toThrow(
    expect.objectContaining({
      code: 'ROLE_MISSING',
      payload: expect.objectContaining({ missing: ['action', 'amount'] }),
    }),
  );
  expect(() => namedMetricQuery(tableOf(lake, 'visits'), metricOf('session-summary'), range)).toThrow(
    "sessions: { inactivity: '30m' } derives sessions",
  );
  expect(() => metricOf('nope')).toThrow(expect.objectContaining({ code: 'METRIC_UNKNOWN' }));
  expect(() => metricOf('toString')).toThrow(expect.objectContaining({ code: 'METRIC_UNKNOWN' }));
  expect(() => tableOf(lake, 'nope')).toThrow(expect.objectContaining({ code: 'TABLE_UNKNOWN' }));
  // The lake has visits, but nothing was ever committed to shop.
  await expect(runMetric(lake.shop, revenue, range)).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
  await closeLake(lake);
  await other.remove();
});

test('a lake without a commit is not found, and found once there is one', async () => {
  const other = await makeLake();
  const lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: other.folder }) });
  await expect(runMetric(lake.shop, revenue, range)).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
  await other.commit(shop, []);
  expect(await runMetric(lake.shop, revenue, range)).toEqual([]);
  await other.commit(shop, [event('03 10:00', 'purchase', 1, 1, 'a')]);
  expect(await runMetric(lake.shop, revenue, range)).toMatchObject([{ orders: 1, revenue: 100.1 }]);
  await closeLake(lake);
  await other.remove();
});
