// What a shop cannot answer does not compile.
import {
  brandAttention,
  cartAbandonment,
  conversionFunnel,
  createLake,
  dailyVisitors,
  newVsReturning,
  revenue,
  runMetric,
  sessionSummary,
  slowSellers,
  topCategories,
  topProducts,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { expectTypeOf, test } from 'vitest';
import { clicks } from '../clicks-in-seconds/clicks.ts';
import { visits } from '../codes-and-pages/visits.ts';
import { ga4 } from '../ga4-export/ga4.ts';
import { sales } from '../invoice-lines/sales.ts';
import { orders } from '../orders-only/orders.ts';
import { calls } from '../track-calls/calls.ts';
import { activity } from '../two-files/activity.ts';

const range = { from: '2024-03-01', to: '2024-03-31' };
const engine = duckdbEngine({ lake: './lake' });

test('lines of invoices', async () => {
  const { sales: lines } = createLake({ tables: [sales], engine });
  const [row] = await runMetric(lines, revenue, { ...range, by: 'category' });
  expectTypeOf(row).toExtend<{ orders: number; buyers: number; revenue: number } | undefined>();
  // @ts-expect-error no event has a session, so nothing is without one
  row?.purchasesWithoutSession;
  await runMetric(lines, topProducts, range);
  // @ts-expect-error no column has the brand
  await runMetric(lines, topProducts, { ...range, by: 'brand' });
  // @ts-expect-error nor is there one for shares of brands
  await runMetric(lines, brandAttention, range);
  // @ts-expect-error no column has the session
  await runMetric(lines, sessionSummary, range);
  // @ts-expect-error every line is a purchase: nothing is viewed
  await runMetric(lines, slowSellers, range);
});

test('clicks and purchases', async () => {
  const { activity: events } = createLake({ tables: [activity], engine });
  await runMetric(events, sessionSummary, range);
  await runMetric(events, slowSellers, { ...range, by: 'category' });
  // @ts-expect-error nothing is put into a cart
  await runMetric(events, cartAbandonment, range);
  // @ts-expect-error nor is there a step of it in a funnel
  await runMetric(events, conversionFunnel, range);
});

test('orders alone', async () => {
  const { orders: all } = createLake({ tables: [orders], engine });
  await runMetric(all, revenue, { ...range, by: 'hour' });
  await runMetric(all, newVsReturning, range);
  const [row] = await runMetric(all, dailyVisitors, range);
  expectTypeOf(row).toExtend<{ visitors: number; events: number } | undefined>();
  // @ts-expect-error an order has no session
  row?.sessions;
  // @ts-expect-error an order has no product here
  await runMetric(all, topProducts, range);
  // @ts-expect-error and no category
  await runMetric(all, topCategories, range);
});

test('visits of pages', async () => {
  const { visits: pages } = createLake({ tables: [visits], engine });
  await runMetric(pages, conversionFunnel, { ...range, by: 'category' });
  const [row] = await runMetric(pages, cartAbandonment, range);
  expectTypeOf(row).toExtend<{ cartSessions: number; abandonmentRate: number | null } | undefined>();
  // @ts-expect-error nothing has a price
  row?.abandonedValue;
  // @ts-expect-error and so there is no revenue
  await runMetric(pages, revenue, range);
});

test('an analytics export', async () => {
  const { ga4: events } = createLake({ tables: [ga4], engine });
  await runMetric(events, sessionSummary, { ...range, by: 'weekday' });
  await runMetric(events, brandAttention, { ...range, by: 'category' });
  const [row] = await runMetric(events, revenue, range);
  expectTypeOf(row).toExtend<{ orders: number; revenueWithoutSession: number } | undefined>();
});

test('a click log', async () => {
  const { clicks: log } = createLake({ tables: [clicks], engine });
  // Sessions are derived.
  await runMetric(log, sessionSummary, range);
  await runMetric(log, cartAbandonment, { ...range, by: 'category' });
  // @ts-expect-error nothing has a price
  await runMetric(log, revenue, range);
  // @ts-expect-error no column has the brand
  await runMetric(log, dailyVisitors, { ...range, by: 'brand' });
});

test('calls to track', async () => {
  const { calls: events } = createLake({ tables: [calls], engine });
  await runMetric(events, cartAbandonment, { ...range, by: 'product' });
  await runMetric(events, brandAttention, range);
});
