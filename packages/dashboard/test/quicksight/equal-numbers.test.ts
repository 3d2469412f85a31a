import { awsTarget, type QuickSightConfig } from '@headwater/core';
import { metrics, sql } from '@headwater/queries';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boardCharts } from '../../src/quicksight/board-charts.ts';
import { type ChartPlan, planChart } from '../../src/quicksight/chart-plan.ts';
import { derivedFrom, planContext } from '../../src/quicksight/derive-quicksight.ts';
import { clickstream } from '../support/clickstream.ts';
import { type ShopLake, shopLake } from '../support/shop-lake.ts';
import { evaluateVisual, type Reader } from './evaluate-visual.ts';
import { expectSame, pageFigures, visualFigures } from './page-figures.ts';

const aws = awsTarget({
  region: 'eu-central-1',
  account: '123456789012',
  database: 'shop',
  location: 's3://example-shop-lake/events',
  firstDay: '2024-02-05',
});
const arn = (name: string) => `arn:aws:quicksight:eu-central-1:123456789012:${name}`;
const owner = arn('user/default/publisher');

/** The assets as they are derived, with statements that DuckDB reads. */
function derived(config: Omit<QuickSightConfig, 'owners'> = {}) {
  const options = {
    table: clickstream,
    metrics,
    aws,
    config: { owners: [owner], personalData: { pseudonymous: [owner] }, ...config },
  };
  const context = planContext(options, 'duckdb');
  const plans = boardCharts(metrics).map((chart) => planChart(chart, context));
  return {
    ...derivedFrom(options, context),
    plans: plans.filter((one): one is ChartPlan => 'spec' in one),
  };
}

let shop: ShopLake;
beforeAll(async () => {
  shop = await shopLake(4000);
});
afterAll(() => shop.close());

/** Each statement once: readers of several roles see parts of the same rows. */
const known = new Map<string, Promise<Record<string, unknown>[]>>();
function run(text: string): Promise<Record<string, unknown>[]> {
  const found = known.get(text) ?? rowsOf(text);
  known.set(text, found);
  return found;
}

async function rowsOf(text: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  const { batches } = await sql(shop.lake, text);
  for await (const batch of batches()) rows.push(...batch);
  return rows;
}

const range = { from: '2024-02-20', to: '2024-03-10' };
const asDays = (days: typeof range) => ({
  From: new Date(`${days.from}T00:00:00Z`),
  To: new Date(`${days.to}T00:00:00Z`),
});
const page = (plan: ChartPlan, others: Readonly<Record<string, unknown>> = {}) =>
  pageFigures(shop, plan, range, others);
const reader = (others: Reader['parameters'] = {}, principal?: string): Reader => ({
  parameters: { ...asDays(range), ...others },
  ...(principal === undefined ? {} : { principal }),
  run,
});

describe('direct', () => {
  const { assets, leftOut, plans } = derived();

  test('has a chart of every metric that ships, and leaves none out', () => {
    expect(leftOut).toEqual({});
    expect(new Set(plans.map(({ chart }) => chart.metric))).toEqual(new Set(Object.keys(metrics)));
    expect(new Set(plans.map(({ spec }) => spec.mark))).toEqual(
      new Set(['kpi', 'line', 'bar', 'funnel', 'heatmap', 'table']),
    );
  });

  test.for(plans)('$chart.id: the figures of the page', async (plan) => {
    const found = visualFigures(await evaluateVisual(assets, plan.chart.id, reader()));
    const expected = await page(plan);
    expect(expected.size).toBeGreaterThan(0);
    expectSame(found, expected);
  });

  const lines = plans.filter(({ chart }) => chart.hasGrain);
  test.for(lines.flatMap((plan) => ['week', 'month'].map((grain) => ({ plan, id: plan.chart.id, grain }))))(
    '$id by $grain: the figures of the page',
    async ({ plan, id, grain }) => {
      const found = visualFigures(await evaluateVisual(assets, id, reader({ Grain: grain })));
      expectSame(found, await page(plan, { grain }));
    },
  );

  test.for(plans)('$chart.id, filtered: the figures of the page', async (plan) => {
    const brands = (
      await run(
        'select brand from clickstream where brand is not null group by brand order by count(*) desc limit 2',
      )
    ).map(({ brand }) => String(brand));
    const found = visualFigures(await evaluateVisual(assets, plan.chart.id, reader({ Brand: brands })));
    expectSame(found, await page(plan, { where: { brand: brands } }));
  });
});

describe('SPICE', () => {
  const { assets, leftOut, plans } = derived({ mode: 'spice' });

  test('refuses what does not follow from the rows of days, with the reason', () => {
    expect(Object.keys(leftOut).toSorted()).toEqual(
      [
        ...['brands', 'categories', 'hours', 'items', 'retention'],
        ...[
          'brand-attention',
          'frequent-visitors',
          'funnel',
          'new-vs-returning',
          'repeat-purchase',
          'slow-sellers',
        ].map((name) => `metric-${name}`),
      ].toSorted(),
    );
    for (const reason of Object.values(leftOut)) expect(reason).toMatch(/^SPICE stores the rows of each day/);
  });

  test.for(plans)('$chart.id: the figures of the page', async (plan) => {
    expectSame(visualFigures(await evaluateVisual(assets, plan.chart.id, reader())), await page(plan));
  });

  test('puts days together by the grain where that is a sum, and keeps days of visitors apart', async () => {
    const revenue = plans.find(({ chart }) => chart.id === 'revenue-by');
    const visitors = plans.find(({ chart }) => chart.id === 'visitors-by');
    if (!revenue || !visitors) throw new Error('Both are planned');
    const weeks = await evaluateVisual(assets, 'revenue-by', reader({ Grain: 'week' }));
    expect(visualFigures(weeks).size).toBe(3);
    expectSame(visualFigures(weeks), await page(revenue, { grain: 'week' }));
    const days = await evaluateVisual(assets, 'visitors-by', reader({ Grain: 'week' }));
    expectSame(visualFigures(days), await page(visitors));
  });
});

/** Distinct counts, ratios, sums, a ranking within a limit, steps, and cells. */
const ofEachKind = ['figure-visitors', 'figure-conversion', 'revenue-by', 'brands', 'funnel', 'hours'];

describe('roles', () => {
  const acme = arn('user/default/acme');
  const group = arn('group/default/two-brands');
  const everybody = arn('group/default/all');

  test.for(['direct', 'spice'] as const)(
    '%s: everybody sees the figures of the events of their role',
    async (mode) => {
      const brands = (
        await run(
          'select brand from clickstream where brand is not null group by brand order by count(*) desc limit 3',
        )
      ).map(({ brand }) => String(brand));
      const [first = '', ...others] = brands;
      const { assets, plans } = derived({
        mode,
        rows: {
          column: 'brand',
          roles: {
            'first-brand': { values: [first], principals: [acme] },
            'two-brands': { values: others, principals: [group] },
            all: { principals: [everybody] },
          },
        },
      });
      for (const plan of plans.filter(({ chart }) => ofEachKind.includes(chart.id))) {
        const of = async (principal?: string) =>
          visualFigures(await evaluateVisual(assets, plan.chart.id, reader({}, principal)));
        expectSame(await of(acme), await page(plan, { where: { brand: [first] } }));
        expectSame(await of(group), await page(plan, { where: { brand: others } }));
        expectSame(await of(everybody), await page(plan));
        // Whoever sees the rows of all roles, as an owner may, sees those of the first: nothing is counted twice.
        expectSame(await of(), await page(plan));
        const stranger = await evaluateVisual(
          assets,
          plan.chart.id,
          reader({}, arn('user/default/stranger')),
        );
        expect(
          stranger.flatMap(({ measures }) => Object.values(measures)).filter((one) => one !== null),
        ).toEqual([]);
      }
    },
  );
});
