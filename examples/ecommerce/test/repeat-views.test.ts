import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEvents } from '@headwater/etl';
import { closeLake, createLake, describeMetric, runMetric } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { simulateToFile } from '@headwater/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clickstream } from '../src/clickstream.ts';
import { repeatViews } from '../src/repeat-views.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-repeat-views-'));
  const raw = join(folder, 'raw.csv');
  await simulateToFile({ events: 20_000, days: 4, start: '2024-02-28', seed: 5, out: raw });
  await loadEvents({ table: clickstream, lake: join(folder, 'lake'), inputs: [raw] });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const range = { from: '2024-02-28', to: '2024-03-03' };
const open = () =>
  createLake({
    tables: [clickstream],
    metrics: [repeatViews],
    engine: duckdbEngine({ lake: join(folder, 'lake') }),
  });

interface Bought {
  readonly began: Date;
  readonly brand: string | null;
  readonly views: number;
}

/** The products of each session that were bought, with the views before: worked out from the events, one by one. */
async function boughtProducts(): Promise<Bought[]> {
  const lake = open();
  const events = await lake.clickstream.unboundedScan().selectAll().execute();
  await closeLake(lake);
  const sessions = Map.groupBy(
    events.filter(({ user_session }) => user_session !== null),
    (event) => event.user_session,
  );
  return [...sessions.values()].flatMap((session) => {
    const began = new Date(Math.min(...session.map(({ event_time }) => event_time.getTime())));
    return [...Map.groupBy(session, (event) => event.product_id).values()].flatMap((product) => {
      const purchases = product.filter(({ event_type }) => event_type === 'purchase');
      if (purchases.length === 0) return [];
      const first = Math.min(...purchases.map(({ event_time }) => event_time.getTime()));
      const views = product.filter(
        ({ event_type, event_time }) => event_type === 'view' && event_time.getTime() < first,
      ).length;
      return [{ began, brand: product[0]?.brand ?? null, views }];
    });
  });
}

function totals(products: readonly Bought[]) {
  const count = (least: number) => products.filter(({ views }) => views >= least).length;
  const views = products.reduce((sum, one) => sum + one.views, 0);
  const bought = products.length;
  return {
    bought,
    viewed: count(1),
    viewedAgain: count(2),
    views,
    averageViews: views / bought,
    repeatRate: count(2) / bought,
  };
}

test('each day has the products that its sessions bought, with the views before', async () => {
  const lake = open();
  const rows = await runMetric(lake.clickstream, repeatViews, range);
  await closeLake(lake);
  const days = Map.groupBy(await boughtProducts(), ({ began }) => began.toISOString().slice(0, 10));
  const expected = [...days]
    .map(([period, products]) => ({ period, ...totals(products) }))
    .sort((one, other) => one.period.localeCompare(other.period));
  expect(rows).toEqual(expected);
  expect(rows.length).toBeGreaterThan(3);
  // Otherwise the metric would say nothing of this data.
  expect(rows.some(({ viewedAgain, viewed, bought }) => viewedAgain < viewed && viewed < bought)).toBe(true);
});

test('by brand, the products of each, the one with the most first', async () => {
  const lake = open();
  const rows = await runMetric(lake.clickstream, repeatViews, { ...range, by: 'brand' });
  await closeLake(lake);
  const brands = Map.groupBy(await boughtProducts(), ({ brand }) => brand);
  expect(new Map(rows.map(({ period: _, brand, ...row }) => [brand, row]))).toEqual(
    new Map([...brands].map(([brand, products]) => [brand, totals(products)])),
  );
  expect(rows.map(({ bought }) => bought)).toEqual(
    rows.map(({ bought }) => bought).sort((one, other) => other - one),
  );
});

test('it is described as a metric that ships is', () => {
  const { parameters, breakdowns } = describeMetric(repeatViews);
  expect(parameters.map(({ name }) => name)).toEqual(['from', 'to', 'grain', 'by', 'zone']);
  expect(breakdowns.map(({ name }) => name)).toEqual(['category', 'brand', 'hour', 'weekday']);
});
