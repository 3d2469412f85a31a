import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RollupConfig } from '@headwater/core';
import {
  answerKey,
  cartAbandonment,
  createLake,
  dailyVisitors,
  estimateScan,
  type Metric,
  namedMetricQuery,
  revenue,
  rollupsIn,
  runMetric,
  sql,
  tableOf,
} from '@headwater/queries';
import { arrowTable } from '@headwater/queries/arrow';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { byPeriod, defineMetric, grain, measure, period, periodText } from '@headwater/queries/metric';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MadeLake, makeLake } from '../support/made-lake.ts';
import { refresh } from '../support/refresh.ts';
import { event, history, shop, shopIn, shopOfFinePrices } from '../support/shop.ts';

const configs: readonly RollupConfig[] = [
  { metric: 'daily-visitors', grains: ['day'] },
  { metric: 'cart-abandonment', grains: ['day'], by: ['none', 'category'] },
];
const days = { from: '2024-03-03', to: '2024-03-05' };

let made: MadeLake;
beforeEach(async () => {
  made = await makeLake();
  await made.commit(shop, history);
});
afterEach(() => made.remove());

const open = (metrics: readonly Metric[] = [], table = shop) =>
  createLake({ tables: [table], metrics, engine: duckdbEngine({ lake: made.folder, threads: 1 }) });

/** How a question is answered, in a word or by the reasons. */
async function useOf(metric: Metric, parameters: object, table = shop): Promise<unknown> {
  await using lake = open([], table);
  const query = namedMetricQuery(tableOf(lake, 'shop'), metric, parameters);
  expect(await query.rows()).toEqual(await query.rows({ noRollup: true }));
  const use = await query.rollup();
  return use.isUsed ? `${use.name}: ${use.how} ${use.storedDays}+${use.freshDays}` : use.reasons;
}

test('the grain of a rollup is its rows, and a longer one their sums', async () => {
  await refresh(shop, made.folder, configs);
  expect(await useOf(dailyVisitors, days)).toBe('shop__rollup_daily_visitors_day: same 3+0');
  expect(await useOf(cartAbandonment, { ...days, grain: 'all' })).toBe(
    'shop__rollup_cart_abandonment_day: summed 3+0',
  );
  expect(await useOf(cartAbandonment, { ...days, grain: 'month', by: 'category' })).toBe(
    'shop__rollup_cart_abandonment_day_by_category: summed 3+0',
  );
});

test('what does not follow exactly is computed from the events, and says why', async () => {
  expect(await useOf(dailyVisitors, days)).toEqual(['the lake has no valid rollup of daily-visitors']);
  await refresh(shop, made.folder, configs);
  expect(await useOf(dailyVisitors, { ...days, grain: 'week' })).toEqual([
    'shop__rollup_daily_visitors_day: visitors does not add up over days',
  ]);
  expect(await useOf(dailyVisitors, { ...days, grain: 'hour' })).toEqual([
    'shop__rollup_daily_visitors_day: its periods are a day long, and the question is by hour',
  ]);
  expect(await useOf(dailyVisitors, { ...days, where: { brand: 'acme' } })).toEqual([
    'the question filters events, and rollups hold the answers of all events',
  ]);
  expect(await useOf(dailyVisitors, { ...days, zone: 'Europe/London' })).toEqual([
    'the days of the question are of Europe/London, those of rollups of UTC',
  ]);
});

test('a load makes entries invalid by itself, of the days whose answer it may change; the next refresh writes those', async () => {
  await refresh(shop, made.folder, [{ metric: 'daily-visitors', grains: ['day'] }]);
  await made.commit(shop, [event('08 10:00', 'view', 1, 77, 'later')]);
  // Sessions of 3 to 5 March do not reach the 8th; the 8th has no entry.
  expect(await useOf(dailyVisitors, { from: '2024-03-03', to: '2024-03-09' })).toBe(
    'shop__rollup_daily_visitors_day: same 3+1',
  );
  await made.commit(shop, [event('05 10:00', 'view', 1, 78, 'late')]);
  const before = await useOf(dailyVisitors, { from: '2024-03-03', to: '2024-03-09' });
  const { rollups } = await refresh(shop, made.folder, [{ metric: 'daily-visitors', grains: ['day'] }]);
  expect(rollups[0]).toMatchObject({ days: 4, missingDays: 0, watermark: '2024-03-08' });
  expect(rollups[0]?.writtenDays).toBeGreaterThanOrEqual(2);
  expect(before).not.toBe('shop__rollup_daily_visitors_day: same 4+0');
  expect(await useOf(dailyVisitors, { from: '2024-03-03', to: '2024-03-09' })).toBe(
    'shop__rollup_daily_visitors_day: same 4+0',
  );
});

test('another definition of the table, of its zone or of the metric makes all entries invalid', async () => {
  await refresh(shop, made.folder, configs);
  const reason = 'it is of other parameters, or of another definition of the metric or the table';
  expect(await useOf(dailyVisitors, days, shopIn('Europe/London') as unknown as typeof shop)).toEqual([
    `shop__rollup_daily_visitors_day: ${reason}`,
  ]);
  const own: readonly RollupConfig[] = [{ metric: 'clicks', grains: ['day'] }];
  const metrics = [clicks('view')];
  await refresh(shop, made.folder, own, { metrics });
  expect(await useOf(clicks('view'), days)).toBe('shop__rollup_clicks_day: same 3+0');
  expect(await useOf(clicks('cart'), days)).toEqual([`shop__rollup_clicks_day: ${reason}`]);
});

/** Two definitions of one name, which count events of other actions. */
const clicks = (action: 'view' | 'cart') =>
  defineMetric({
    name: 'clicks',
    definition: 'Events of one action.',
    nullSessions: 'They count.',
    roles: ['action'],
    incremental: true,
    grain: grain('day'),
    dimensions: { period },
    measures: { clicks: measure.count('Events', 'all') },
    chart: () => ({ mark: 'line', x: 'period', y: ['clicks'] }),
    query: (context) =>
      context
        .events()
        .with('totals', (db) =>
          byPeriod(
            context as never,
            db.selectFrom('events').where('action', '=', context.actions[action]),
            'time',
          ).select(({ fn }) => fn.countAll<number>().as('clicks')),
        )
        .selectFrom('totals')
        .select(({ ref }) => [periodText(context.parameters, ref('period')).as('period'), 'clicks'])
        .orderBy('totals.period'),
  });

test('the estimate is of what runs, and is the maximum that is compared; the key of the answer is that of the events', async () => {
  await using lake = open();
  const query = namedMetricQuery(tableOf(lake, 'shop'), cartAbandonment, { ...days, grain: 'all' });
  const [key, raw] = [await answerKey(lake, query), await estimateScan(lake, query)];
  expect(await estimateScan(lake, query, { noRollup: true })).toEqual(raw);
  const { rollups } = await refresh(shop, made.folder, configs);
  const stored = await estimateScan(lake, query);
  const name = 'shop__rollup_cart_abandonment_day';
  const { bytes } = rollups.find((one) => one.name === name) ?? { bytes: 0 };
  expect(stored).toMatchObject({
    bytes,
    mostBytes: bytes,
    tables: [{ table: name, files: 3, partitions: 3, days: ['2024-03-03', '2024-03-05'] }],
  });
  expect(stored.tables[0]?.columns).toContain('cartSessions');
  expect(await estimateScan(lake, query, { noRollup: true })).toEqual(raw);
  expect(await answerKey(lake, query)).toBe(key);
  expect(await query.rows({ maxScan: bytes })).toHaveLength(1);
  await expect(query.rows({ maxScan: bytes - 1 })).rejects.toMatchObject({ code: 'SCAN_BUDGET_EXCEEDED' });
  await expect(query.rows({ maxScan: bytes, noRollup: true })).rejects.toMatchObject({
    payload: { mostBytes: raw.mostBytes },
  });
  // One day of the rollup, and the events of a day that has no entry.
  await made.commit(shop, [event('08 10:00', 'view', 1, 77, 'later')]);
  const mixed = await estimateScan(
    lake,
    namedMetricQuery(tableOf(lake, 'shop'), cartAbandonment, { from: '2024-03-03', to: '2024-03-08' }),
  );
  expect(new Set(mixed.tables.map(({ table }) => table))).toEqual(new Set([name, 'shop']));
  expect(mixed.bytes).toBeGreaterThan(bytes);
});

test('Arrow comes from a rollup, in the types of the answer from the events', async () => {
  await refresh(shop, made.folder, [{ metric: 'revenue', grains: ['day', 'hour'] }, ...configs]);
  await using lake = open();
  for (const [metric, grain] of [
    [revenue, 'day'],
    [revenue, 'hour'],
    [cartAbandonment, 'all'],
    [dailyVisitors, 'day'],
    [cartAbandonment, 'month'],
  ] as const) {
    const query = namedMetricQuery(tableOf(lake, 'shop'), metric, { ...days, grain }, { withHidden: true });
    expect(await query.rollup()).toMatchObject({ isUsed: true });
    const [stored, raw] = [await arrowTable(lake, query), await arrowTable(lake, query, { noRollup: true })];
    expect(String(stored.schema)).toBe(String(raw.schema));
    expect(stored.toArray().map(String)).toEqual(raw.toArray().map(String));
    await expect(arrowTable(lake, query, { maxScan: 1 })).rejects.toMatchObject({
      code: 'SCAN_BUDGET_EXCEEDED',
    });
  }
  await rm(join(made.folder, 'shop__rollup_daily_visitors_day'), { recursive: true });
  const gone = namedMetricQuery(tableOf(lake, 'shop'), dailyVisitors, days);
  expect((await arrowTable(lake, gone)).numRows).toBe(3);
});

test('a file that is gone, or a commit in between, leaves the answer that of the events', async () => {
  await refresh(shop, made.folder, configs);
  await using lake = open();
  const table = tableOf(lake, 'shop') as never;
  const first = await runMetric(table, dailyVisitors, days);
  await rm(join(made.folder, 'shop__rollup_daily_visitors_day'), { recursive: true });
  expect(await runMetric(table, dailyVisitors, days)).toEqual(first);
  const streamed: unknown[] = [];
  for await (const row of namedMetricQuery(table, dailyVisitors, days).stream()) streamed.push(row);
  expect(streamed).toEqual(first);
});

test('a statement for one commit fails on the next one, and answers for no other rows', async () => {
  await refresh(shop, made.folder, configs);
  await using lake = open();
  const use = await namedMetricQuery(tableOf(lake, 'shop'), dailyVisitors, days).rollup();
  if (!use.isUsed) throw new Error('no rollup answers');
  const rowsOf = async () => {
    const { batches } = await sql(lake, use.sql, use.parameters);
    const rows: unknown[] = [];
    for await (const batch of batches()) rows.push(...batch);
    return rows;
  };
  expect(await rowsOf()).toHaveLength(3);
  await made.commit(shop, [event('04 10:00', 'view', 1, 77, 'late')]);
  await expect(rowsOf()).rejects.toMatchObject({ code: 'QUERY_FAILED' });
});

test('a table whose files do not fit its definition is refused, although a rollup has the days', async () => {
  await refresh(shop, made.folder, configs);
  const other = shopOfFinePrices;
  await made.commit(other, [event('20 10:00', 'view', 1, 77, 'other')] as never);
  await using lake = open();
  const query = namedMetricQuery(tableOf(lake, 'shop'), dailyVisitors, days);
  await expect(query.rows({ noRollup: true })).rejects.toMatchObject({ code: 'SCHEMA_INCOMPATIBLE' });
  await expect(query.rows()).rejects.toMatchObject({ code: 'SCHEMA_INCOMPATIBLE' });
});

test('an open lake uses rollups that were written meanwhile', async () => {
  await using lake = open();
  const query = namedMetricQuery(tableOf(lake, 'shop'), dailyVisitors, days);
  await query.rows();
  await refresh(shop, made.folder, configs);
  expect((await query.rollup()).isUsed).toBe(true);
});

test('metrics whose days depend on the range, and single actors, have no rollups', async () => {
  await using lake = open();
  const table = tableOf(lake, 'shop');
  for (const metric of ['new-vs-returning', 'frequent-visitors', 'retention', 'repeat-purchase', 'funnel'])
    expect(() => rollupsIn(table, [{ metric, grains: ['day'] }])).toThrow(
      expect.objectContaining({ code: 'ROLLUP_INVALID' }),
    );
  expect(() => rollupsIn(table, [{ metric: 'no-such', grains: ['day'] }])).toThrow(
    expect.objectContaining({ code: 'METRIC_UNKNOWN' }),
  );
});

test('a rollup of nearly as many groups as events is not kept, and says so', async () => {
  const { rollups } = await refresh(shop, made.folder, configs, { eventsPerGroup: 10 });
  expect(rollups.map(({ isKept }) => isKept)).toContain(false);
  const one = rollups.find(({ isKept }) => !isKept);
  expect(one?.reason).toMatch(/^\d+\.\d events a group: reading the events costs hardly more$/);
  expect(one).toMatchObject({ bytes: 0, days: 0, watermark: null });
});

test('a session counts for what it is about after the range, by a column of the table as by a role', async () => {
  // s4 begins on the 4th with a cart event, and buys after midnight.
  const asked = { from: '2024-03-04', to: '2024-03-04', grain: 'day', by: 'event_type' } as const;
  await using lake = open();
  const rows = await runMetric(lake.shop, dailyVisitors, asked);
  expect(rows).toContainEqual({
    ...{ period: '2024-03-04', event_type: 'purchase', visitors: 1, sessions: 2 },
    ...{ events: 2, eventsWithoutSession: 0 },
  });
  await refresh(shop, made.folder, [{ metric: 'daily-visitors', grains: ['day'], by: ['event_type'] }]);
  expect(await useOf(dailyVisitors, asked)).toBe('shop__rollup_daily_visitors_day_by_event_type: same 1+0');
});
