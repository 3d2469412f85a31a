import { defineEvents, type RollupConfig, timestamp } from '@headwater/core';
import { createLake, type Metric, metrics, namedMetricQuery, rollupsIn, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { hasPeriods } from '../../src/metric/has-periods.ts';
import { type MadeLake, makeLake } from '../support/made-lake.ts';
import { refresh } from '../support/refresh.ts';
import { event, history, shop } from '../support/shop.ts';

const days = { from: '2024-03-03', to: '2024-03-08' };

/** The metrics that have rollups, and which of their measures count what is distinct. */
const distinct: Readonly<Record<string, readonly string[]>> = {
  'daily-visitors': ['visitors'],
  revenue: ['buyers'],
  'cart-abandonment': [],
  'conversion-funnel': [],
  'session-summary': [],
  'top-products': ['buyers'],
  'top-brands': ['buyers'],
  'top-categories': [],
  'slow-sellers': [],
  'brand-attention': ['viewers', 'buyers'],
  'peak-hours': ['visitors'],
};

let made: MadeLake;
beforeAll(async () => {
  made = await makeLake();
  await made.commit(shop, history);
});
afterAll(() => made.remove());

const open = () => createLake({ tables: [shop], engine: duckdbEngine({ lake: made.folder, threads: 1 }) });

test('eleven of the metrics have rollups, and six of them distinct keys', async () => {
  await using lake = open();
  const table = tableOf(lake, 'shop');
  const found: Record<string, readonly string[]> = {};
  for (const metric of Object.values(metrics) as Metric[]) {
    if (!metric.incremental) continue;
    const rollups = rollupsIn(table, [{ metric: metric.name, grains: ['day'] }]);
    expect(rollups.map(({ kind }) => kind)).toEqual([hasPeriods(metric) ? undefined : 'groups']);
    const keys = () => rollupsIn(table, [{ metric: metric.name, grains: ['day'], keys: true }]);
    if (distinct[metric.name]?.length === 0) {
      expect(keys).toThrow(/none of its measures counts distinct keys/);
      found[metric.name] = [];
    } else found[metric.name] = keys().flatMap(({ measure }) => measure ?? []);
  }
  expect(found).toEqual(distinct);
});

test('every answer over several days comes from the keys, with days of each kind between', async () => {
  const configs = Object.entries(distinct).map(
    ([metric, measures]): RollupConfig => ({
      ...{ metric, grains: ['day'], by: ['none', metric.endsWith('categories') ? 'brand' : 'category'] },
      keys: measures.length > 0,
    }),
  );
  const usable = configs
    // Its medians do not add up.
    .filter(({ metric }) => metric !== 'session-summary')
    .map((config) => (config.metric === 'conversion-funnel' ? { ...config, by: ['none'] } : config));
  const { rollups } = await refresh(shop, made.folder, usable);
  expect(rollups.find(({ name }) => name === 'shop__rollup_daily_visitors_day__keys_visitors')).toMatchObject(
    {
      ...{ kind: 'keys', measure: 'visitors', days: 3, missingDays: 0, groups: 8 },
    },
  );
  for (const late of [false, true]) {
    if (late) await made.commit(shop, [event('08 10:00', 'purchase', 2, 10, 'late')]);
    await using lake = open();
    for (const { metric: name, by } of usable)
      for (const part of by ?? []) {
        const metric = metrics[name as keyof typeof metrics] as Metric;
        const grain = hasPeriods(metric) ? { grain: 'all' } : {};
        const query = namedMetricQuery(tableOf(lake, 'shop'), name, {
          ...days,
          ...grain,
          ...(part === 'none' ? {} : { by: part }),
        });
        expect(await query.rollup(), `${name} by ${part}`).toMatchObject({
          ...{ isUsed: true, how: 'summed', freshDays: late ? 1 : 0 },
          ...(distinct[name]?.length === 0 ? {} : { counted: distinct[name] }),
        });
        expect(await query.rows(), `${name} by ${part}`).toEqual(await query.rows({ noRollup: true }));
      }
  }
});

test('a filtered ranking is computed from the events', async () => {
  await using lake = open();
  const question = { ...days, where: { category: 'phones' } };
  const query = namedMetricQuery(tableOf(lake, 'shop'), 'peak-hours', question, { measures: ['events'] });
  expect((await query.rollup()).isUsed).toBe(false);
  expect(await query.rows()).toEqual(await query.rows({ noRollup: true }));
});

test('a column with the name of a column of stored keys is refused, and never counted in their place', () => {
  const columns = {
    at: timestamp(),
    who: z.string(),
    key: z.string(),
    register: z.string(),
    rank: z.string(),
  };
  const table = defineEvents('named', { columns, roles: { time: 'at', actor: 'who' } });
  const lake = createLake({ tables: [table], engine: duckdbEngine({ lake: made.folder }) });
  const stored = (by: string, kind: 'keys' | 'sketch') => () =>
    rollupsIn(tableOf(lake, 'named'), [
      { metric: 'daily-visitors', grains: ['day'], by: [by], [kind]: true },
    ]);
  for (const name of ['key', 'register', 'rank'])
    expect(stored(name, 'sketch')).toThrow(`by ${name} has the name of a column of its sketch`);
  expect(stored('key', 'keys')).toThrow('by key has the name of a column of its keys');
  expect(stored('rank', 'keys')()).toHaveLength(2);
});
