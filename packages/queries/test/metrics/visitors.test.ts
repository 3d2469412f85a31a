import { frequentVisitors, newVsReturning, retention, runMetric } from '@headwater/queries';
import { expect, test } from 'vitest';
import { history, shop } from '../support/shop.ts';
import { withLake } from '../support/with-lake.ts';

const made = withLake(shop, history);
const range = { from: '2024-03-03', to: '2024-03-05' };

test('frequent-visitors', async () => {
  const none = { eventsWithoutSession: 0 };
  expect(await runMetric(made.lake.shop, frequentVisitors, range)).toEqual([
    { rank: 1, visitor: '10', activeDays: 2, sessions: 2, events: 6, purchases: 3, revenue: 127.55, ...none },
    { rank: 2, visitor: '11', activeDays: 2, sessions: 1, events: 3, purchases: 0, revenue: 0, ...none },
    { rank: 3, visitor: '12', activeDays: 2, sessions: 1, events: 3, purchases: 2, revenue: 150.1, ...none },
    { rank: 4, visitor: '13', activeDays: 1, sessions: 1, events: 3, purchases: 0, revenue: 0, ...none },
    {
      rank: 5,
      visitor: '14',
      activeDays: 1,
      sessions: 0,
      events: 3,
      purchases: 1,
      revenue: 7.25,
      eventsWithoutSession: 3,
    },
  ]);
});

test('retention looks past the end of the range', async () => {
  const whole = await runMetric(made.lake.shop, retention, range);
  expect(whole.map(({ cohort, offset, visitors, retained }) => [cohort, offset, visitors, retained])).toEqual(
    [
      ['2024-03-03', 0, 2, 2],
      ['2024-03-03', 1, 2, 2],
      ['2024-03-04', 0, 3, 3],
      ['2024-03-04', 1, 3, 1],
      ['2024-03-05', 0, 3, 3],
    ],
  );
  const one = await runMetric(made.lake.shop, retention, { from: '2024-03-04', to: '2024-03-04' });
  expect(one).toEqual(whole.filter(({ cohort }) => cohort === '2024-03-04'));
});

test('retention by week', async () => {
  const weeks = await runMetric(made.lake.shop, retention, { ...range, grain: 'week', periods: 1 });
  expect(weeks.map(({ cohort, offset, visitors, retained }) => [cohort, offset, visitors, retained])).toEqual(
    [
      ['2024-02-26', 0, 2, 2],
      ['2024-02-26', 1, 2, 2],
      ['2024-03-04', 0, 5, 5],
    ],
  );
});

test('new-vs-returning, and a short memory makes visitors new again', async () => {
  const days = await runMetric(made.lake.shop, newVsReturning, range);
  expect(days.map(({ newVisitors, returningVisitors }) => [newVisitors, returningVisitors])).toEqual([
    [2, 0],
    [1, 2],
    [2, 1],
  ]);
  const one = await runMetric(made.lake.shop, newVsReturning, { from: '2024-03-05', to: '2024-03-05' });
  expect(one).toEqual(days.slice(2));
  const all = await runMetric(made.lake.shop, newVsReturning, { ...range, grain: 'all' });
  expect(all).toEqual([
    { period: '2024-03-03/2024-03-05', visitors: 5, newVisitors: 5, returningVisitors: 0, newRate: 1 },
  ]);
});
