import {
  cartAbandonment,
  conversionFunnel,
  dailyVisitors,
  runMetric,
  sessionSummary,
} from '@headwater/queries';
import { expect, test } from 'vitest';
import { history, shop } from '../support/shop.ts';
import { withLake } from '../support/with-lake.ts';

const made = withLake(shop, history);
const range = { from: '2024-03-03', to: '2024-03-05' };

test('daily-visitors: a session over midnight counts on the day it began, events without a session stand apart', async () => {
  expect(await runMetric(made.lake.shop, dailyVisitors, range)).toEqual([
    { period: '2024-03-03', visitors: 2, sessions: 2, events: 5, eventsWithoutSession: 0 },
    { period: '2024-03-04', visitors: 3, sessions: 2, events: 5, eventsWithoutSession: 0 },
    { period: '2024-03-05', visitors: 3, sessions: 1, events: 8, eventsWithoutSession: 3 },
  ]);
});

test('daily-visitors by longer and shorter periods', async () => {
  const at = (grain: 'hour' | 'week' | 'month' | 'all') =>
    runMetric(made.lake.shop, dailyVisitors, { ...range, grain });
  // 3 March 2024 is a Sunday, so it belongs to the week of 26 February.
  expect(await at('week')).toEqual([
    { period: '2024-02-26', visitors: 2, sessions: 2, events: 5, eventsWithoutSession: 0 },
    { period: '2024-03-04', visitors: 5, sessions: 3, events: 13, eventsWithoutSession: 3 },
  ]);
  expect(await at('month')).toEqual([
    { period: '2024-03-01', visitors: 5, sessions: 5, events: 18, eventsWithoutSession: 3 },
  ]);
  expect(await at('all')).toEqual([
    { period: '2024-03-03/2024-03-05', visitors: 5, sessions: 5, events: 18, eventsWithoutSession: 3 },
  ]);
  expect((await at('hour'))[0]).toEqual({
    period: '2024-03-03T10:00:00Z',
    visitors: 1,
    sessions: 1,
    events: 3,
    eventsWithoutSession: 0,
  });
});

test('cart-abandonment: only sessions with a cart event, whole across midnight', async () => {
  const none = { cartEventsWithoutSession: 0 };
  const third = {
    period: '2024-03-03',
    cartSessions: 2,
    abandonedSessions: 1,
    abandonmentRate: 0.5,
    ...none,
  };
  const fourth = { period: '2024-03-04', cartSessions: 1, abandonedSessions: 0, abandonmentRate: 0, ...none };
  const fifth = { period: '2024-03-05', cartSessions: 1, abandonedSessions: 1, abandonmentRate: 1 };
  expect(await runMetric(made.lake.shop, cartAbandonment, range)).toEqual([
    { ...third, abandonedValue: 70.2 },
    { ...fourth, abandonedValue: 0 },
    { ...fifth, abandonedValue: 20.2, cartEventsWithoutSession: 1 },
  ]);
});

test('cart-abandonment of one day sees what its sessions did after midnight', async () => {
  const day = { from: '2024-03-04', to: '2024-03-04' };
  // s4 buys on the 5th; s2 has a cart event on the 4th but began on the 3rd.
  expect(await runMetric(made.lake.shop, cartAbandonment, day)).toMatchObject([
    { period: '2024-03-04', cartSessions: 1, abandonedSessions: 0 },
  ]);
});

test('cart-abandonment by category, product and hour', async () => {
  const by = (dimension: 'category' | 'product' | 'hour') =>
    runMetric(made.lake.shop, cartAbandonment, { ...range, by: dimension });
  const period = '2024-03-03/2024-03-05';
  const some = { period, cartEventsWithoutSession: 0 };
  const none = { period, cartSessions: 0, abandonedSessions: 0, abandonmentRate: null, abandonedValue: 0 };
  expect(await by('category')).toEqual([
    {
      ...some,
      category: 'phones',
      cartSessions: 4,
      abandonedSessions: 2,
      abandonmentRate: 0.5,
      abandonedValue: 50,
    },
    {
      ...some,
      category: 'shoes',
      cartSessions: 2,
      abandonedSessions: 2,
      abandonmentRate: 1,
      abandonedValue: 40.4,
    },
    { ...none, category: null, cartEventsWithoutSession: 1 },
  ]);
  expect(await by('product')).toEqual([
    {
      ...some,
      product: '3',
      cartSessions: 2,
      abandonedSessions: 2,
      abandonmentRate: 1,
      abandonedValue: 40.4,
    },
    { ...some, product: '1', cartSessions: 2, abandonedSessions: 1, abandonmentRate: 0.5, abandonedValue: 0 },
    {
      ...some,
      product: '2',
      cartSessions: 2,
      abandonedSessions: 1,
      abandonmentRate: 0.5,
      abandonedValue: 50,
    },
    { ...none, product: '4', cartEventsWithoutSession: 1 },
  ]);
  expect(await by('hour')).toEqual([
    { ...some, hour: 10, cartSessions: 1, abandonedSessions: 0, abandonmentRate: 0, abandonedValue: 0 },
    { ...some, hour: 12, cartSessions: 1, abandonedSessions: 1, abandonmentRate: 1, abandonedValue: 20.2 },
    { ...none, hour: 13, cartEventsWithoutSession: 1 },
    { ...some, hour: 23, cartSessions: 2, abandonedSessions: 1, abandonmentRate: 0.5, abandonedValue: 70.2 },
  ]);
});

test('conversion-funnel', async () => {
  expect(await runMetric(made.lake.shop, conversionFunnel, range)).toEqual([
    {
      period: '2024-03-03/2024-03-05',
      sessions: 5,
      viewSessions: 3,
      cartSessions: 4,
      purchaseSessions: 3,
      viewedAndCarted: 2,
      cartedAndPurchased: 2,
      purchasedWithoutCart: 1,
      viewToCart: 2 / 3,
      cartToPurchase: 0.5,
      conversionRate: 0.6,
    },
  ]);
});

test('session-summary', async () => {
  const rest = { bounces: 0, bounceRate: 0, averageEvents: 3 };
  expect(await runMetric(made.lake.shop, sessionSummary, range)).toEqual([
    {
      ...rest,
      period: '2024-03-03',
      sessions: 2,
      purchaseSessions: 1,
      averageSeconds: 750,
      eventsWithoutSession: 0,
    },
    {
      ...rest,
      period: '2024-03-04',
      sessions: 2,
      purchaseSessions: 2,
      averageSeconds: 210,
      eventsWithoutSession: 0,
    },
    {
      ...rest,
      period: '2024-03-05',
      sessions: 1,
      purchaseSessions: 0,
      averageSeconds: 120,
      eventsWithoutSession: 3,
    },
  ]);
});
