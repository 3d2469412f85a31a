import { always, defineEvents, type RollupConfig, timestamp } from '@headwater/core';
import {
  brandAttention,
  cartAbandonment,
  createLake,
  dailyVisitors,
  type LakeRow,
  type MetricParameters,
  type MetricRow,
  metricQuery,
  repeatPurchase,
  revenue,
  runMetric,
  sessionSummary,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { defineMetric, grain, measure, period } from '@headwater/queries/metric';
import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import { shop } from './support/shop.ts';

/** Never called. The test is what compiles here, and what does not. */
export async function types(): Promise<void> {
  const visits = defineEvents('visits', {
    columns: { at: timestamp(), visitor: z.string() },
    roles: { time: 'at', actor: 'visitor' },
  });
  const lake = createLake({ tables: [shop, visits], engine: duckdbEngine({ lake: './lake' }) });
  const range = { from: '2024-03-03', to: '2024-03-05' };

  const idle = defineEvents('idle', {
    columns: { at: timestamp(), visitor: z.string(), number: z.int32().optional() },
    roles: { time: 'at', actor: 'visitor' },
    sessions: { inactivity: '30m' },
  });
  const pairs = defineEvents('pairs', {
    columns: idle.shape,
    roles: { time: 'at', actor: 'visitor', session: ['visitor', 'number'] },
  });
  const ofSessions = createLake({ tables: [idle, pairs], engine: duckdbEngine({ lake: './lake' }) });
  // Derived sessions, and those of a pair of columns, are sessions that the table has.
  await runMetric(ofSessions.idle, sessionSummary, { ...range, zone: 'Europe/London' });
  await runMetric(ofSessions.pairs, sessionSummary, range);
  // @ts-expect-error a zone is a text
  await runMetric(ofSessions.pairs, sessionSummary, { ...range, zone: 1 });
  // @ts-expect-error no session
  await runMetric(lake.visits, sessionSummary, range);

  const rows = await runMetric(lake.shop, cartAbandonment, { ...range, by: 'category' });
  expectTypeOf(rows[0]?.cartSessions).toEqualTypeOf<number | undefined>();
  expectTypeOf(rows[0]?.abandonmentRate).toEqualTypeOf<number | null | undefined>();

  // @ts-expect-error no session, action or amount: the metric has nothing to read
  await runMetric(lake.visits, cartAbandonment, range);
  // No session: the measures that need one are no columns of the rows.
  const [daily] = await runMetric(lake.visits, dailyVisitors, range);
  expectTypeOf(daily?.visitors).toEqualTypeOf<number | undefined>();
  // @ts-expect-error no session
  void daily?.sessions;
  // @ts-expect-error neither an order nor a session
  await runMetric(lake.visits, repeatPurchase, range);
  const sales = defineEvents('sales', {
    columns: { at: timestamp(), receipt: z.string(), buyer: z.string(), paid: z.int64() },
    roles: { time: 'at', order: 'receipt', actor: 'buyer', amount: 'paid' },
    actions: { purchase: always },
  });
  const shopOfOrders = createLake({ tables: [sales], engine: duckdbEngine({ lake: './lake' }) });
  const [sold] = await runMetric(shopOfOrders.sales, revenue, range);
  expectTypeOf(sold?.averageOrderValue).toEqualTypeOf<number | null | undefined>();
  // @ts-expect-error no session
  void sold?.revenueWithoutSession;
  const [again] = await runMetric(shopOfOrders.sales, repeatPurchase, range);
  expectTypeOf(again?.repeatBuyers).toEqualTypeOf<number | undefined>();
  // @ts-expect-error every row is a purchase: none is a view
  await runMetric(shopOfOrders.sales, brandAttention, range);
  const barter = defineEvents('barter', {
    columns: { at: timestamp(), visit: z.string(), kind: z.enum(['view', 'cart', 'purchase']) },
    roles: { time: 'at', session: 'visit', action: 'kind' },
  });
  const noMoney = createLake({ tables: [barter], engine: duckdbEngine({ lake: './lake' }) });
  const [left] = await runMetric(noMoney.barter, cartAbandonment, range);
  expectTypeOf(left?.abandonmentRate).toEqualTypeOf<number | null | undefined>();
  // @ts-expect-error no amount
  void left?.abandonedValue;
  const viewed = defineEvents('viewed', {
    columns: { at: timestamp(), visit: z.string(), kind: z.enum(['view', 'purchase']) },
    roles: { time: 'at', session: 'visit', action: 'kind' },
  });
  const noCart = createLake({ tables: [viewed], engine: duckdbEngine({ lake: './lake' }) });
  // @ts-expect-error no value of the action column means the cart
  await runMetric(noCart.viewed, cartAbandonment, range);
  const sessions = defineEvents('sessions', {
    columns: { at: timestamp(), visitor: z.string(), session: z.string(), label: z.string() },
    roles: { time: 'at', actor: 'visitor', session: 'session', brand: 'label' },
  });
  const few = createLake({ tables: [sessions], engine: duckdbEngine({ lake: './lake' }) });
  await runMetric(few.sessions, dailyVisitors, { ...range, by: 'brand' });
  await runMetric(few.sessions, dailyVisitors, { ...range, by: 'hour' });
  // @ts-expect-error the table has no column for the category
  await runMetric(few.sessions, dailyVisitors, { ...range, by: 'category' });
  // @ts-expect-error the metric has no such break-down
  await runMetric(lake.shop, dailyVisitors, { ...range, by: 'colour' });
  // @ts-expect-error the range has an end
  await runMetric(lake.shop, revenue, { from: '2024-03-03' });
  // @ts-expect-error not a grain
  metricQuery(lake.shop, revenue, { ...range, grain: 'decade' });
  // @ts-expect-error no such table
  lake.orders.between('2024-03-03', '2024-03-05');

  // @ts-expect-error a read without bounds
  lake.shop.between();
  // @ts-expect-error a read without an end
  lake.shop.between('2024-03-03');
  // @ts-expect-error a table has no select of its own
  lake.shop.selectFrom('shop');

  const events = await lake.shop.between('2024-03-03', '2024-03-05').selectAll().execute();
  expectTypeOf(events[0]?.product_id).toEqualTypeOf<bigint | undefined>();
  expectTypeOf(events[0]?.event_time).toEqualTypeOf<Date | undefined>();
  expectTypeOf(events[0]?.price).toEqualTypeOf<number | undefined>();
  expectTypeOf(events[0]?.brand).toEqualTypeOf<string | null | undefined>();
  expectTypeOf<LakeRow<typeof shop>['dt']>().toEqualTypeOf<string>();
  // @ts-expect-error no such column
  lake.shop.between('2024-03-03', '2024-03-05').select('colour');
  // @ts-expect-error an id is not compared with a text
  lake.shop.between('2024-03-03', '2024-03-05').where('product_id', '=', 'x');

  const base = {
    name: 'views',
    definition: 'Events.',
    nullSessions: 'Sessions play no part.',
    roles: ['action'],
    dimensions: { period },
    measures: {
      events: measure.count('Events', 'all'),
      views: measure.count('Views', 'all'),
      viewShare: measure.share('Views of events', 'views', 'events'),
      visitors: measure.hidden(measure.distinct('Actors')),
    },
  } as const;
  const chart = () => ({ mark: 'bar', x: 'period', y: ['events'] }) as const;
  const views = defineMetric({
    ...base,
    grain: grain('day'),
    breakdowns: ['category', 'hour'],
    chart: (parameters) => {
      expectTypeOf(parameters.grain).toEqualTypeOf<'hour' | 'day' | 'week' | 'month' | 'all'>();
      expectTypeOf(parameters.by).toEqualTypeOf<'none' | 'category' | 'hour'>();
      return parameters.by === 'none' ? chart() : { ...chart(), series: parameters.by };
    },
    query: ({ events }) => events().selectFrom('events').select('action'),
  });
  expectTypeOf<MetricRow<typeof views>>().toEqualTypeOf<{
    period: string;
    events: number;
    views: number;
    viewShare: number | null;
    category?: string | null | undefined;
    hour?: number | undefined;
  }>();
  expectTypeOf<MetricParameters<typeof views>>().toExtend<{
    readonly from: string;
    readonly to: string;
    readonly grain?: 'hour' | 'day' | 'week' | 'month' | 'all' | undefined;
    readonly by?: 'none' | 'category' | 'hour' | undefined;
  }>();
  await runMetric(lake.shop, views, { ...range, by: 'category' });

  defineMetric({
    ...base,
    chart,
    query: ({ events }) =>
      events()
        .selectFrom('events')
        // @ts-expect-error amount is not among the roles
        .select('amount'),
  });
  defineMetric({
    ...base,
    // @ts-expect-error not a column of the answer
    chart: () => ({ mark: 'bar', x: 'period', y: ['sales'] }),
    query: ({ events }) => events().selectFrom('events').select('action'),
  });
  defineMetric({
    ...base,
    // @ts-expect-error a hidden measure is not a column of the answer
    chart: () => ({ mark: 'bar', x: 'period', y: ['visitors'] }),
    query: ({ events }) => events().selectFrom('events').select('action'),
  });
  defineMetric({
    ...base,
    // @ts-expect-error category is not among the break-downs
    chart: () => ({ mark: 'bar', x: 'category', y: ['events'] }),
    query: ({ events }) => events().selectFrom('events').select('action'),
  });
  defineMetric({
    ...base,
    chart,
    // @ts-expect-error sales is not among the measures
    measures: { events: base.measures.events, rate: measure.ratio('Rate', 'sales', 'events') },
    query: ({ events }) => events().selectFrom('events').select('action'),
  });
  defineMetric({
    ...base,
    chart,
    // @ts-expect-error no such break-down
    breakdowns: ['colour'],
    query: ({ events }) => events().selectFrom('events').select('action'),
  });
  defineMetric({
    ...base,
    chart,
    streaming: { question: 'abandonment', parameters: { inactivityMinutes: 20 } },
    query: ({ events }) => events().selectFrom('events').select('action'),
  });
  defineMetric({
    ...base,
    chart,
    // @ts-expect-error no such question
    streaming: { question: 'abandonments' },
    query: ({ events }) => events().selectFrom('events').select('action'),
  });
  defineMetric({
    ...base,
    chart,
    // @ts-expect-error a parameter of another question
    streaming: { question: 'abandonment', parameters: { steps: ['view'] } },
    query: ({ events }) => events().selectFrom('events').select('action'),
  });
  defineMetric({
    ...base,
    chart,
    // @ts-expect-error it is so or it is not
    incremental: 'day',
    query: ({ events }) => events().selectFrom('events').select('action'),
  });
  const rollups: readonly RollupConfig[] = [
    { metric: 'revenue', grains: ['day', 'hour'], by: ['none', 'category'] },
    // @ts-expect-error weeks are sums of days
    { metric: 'revenue', grains: ['week'] },
    // @ts-expect-error by is a list
    { metric: 'revenue', grains: ['day'], by: 'category' },
    { metric: 'revenue', grains: ['day'], keys: true, sketch: false },
    // @ts-expect-error keys of which measures follows from the metric
    { metric: 'revenue', grains: ['day'], keys: ['buyers'] },
    // @ts-expect-error no grains
    { metric: 'revenue' },
  ];
  expectTypeOf(rollups).toEqualTypeOf<readonly RollupConfig[]>();
}
