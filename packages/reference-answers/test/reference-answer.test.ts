import { blankEvent, type PlainEvent, type PlainShop, referenceAnswer } from '@headwater/reference-answers';
import { describe, expect, test } from 'vitest';

/** Of London, in pence: two visits around the hour that the clock of 27 October 2019 shows twice, and a sale without a visit. */
const at = (time: string, rest: Partial<PlainEvent>): PlainEvent => ({
  ...blankEvent,
  time: new Date(`2019-10-${time}:00Z`),
  ...rest,
});
const shop: PlainShop = {
  zone: 'Europe/London',
  scale: 2,
  hasOrders: false,
  hasAmounts: true,
  events: [
    at('26T22:50', { action: 'view', actor: 'ada', session: 'v1', item: 'tea', category: 'food' }),
    at('26T23:10', {
      action: 'cart',
      actor: 'ada',
      session: 'v1',
      item: 'tea',
      category: 'food',
      amount: 250n,
    }),
    at('27T00:30', { action: 'view', actor: 'bob', session: 'v2', item: 'cup', category: 'kitchen' }),
    at('27T01:30', {
      action: 'purchase',
      actor: 'bob',
      session: 'v2',
      item: 'cup',
      category: 'kitchen',
      amount: 1005n,
    }),
    at('28T00:10', {
      action: 'purchase',
      actor: null,
      session: null,
      item: 'tea',
      category: null,
      amount: -250n,
    }),
  ],
};
const range = { from: '2019-10-26', to: '2019-10-28' };

describe('by hand', () => {
  test('a visit counts on the local day on which it began', () => {
    const rows = referenceAnswer(shop, 'daily-visitors', range);
    expect(rows).toEqual([
      { period: '2019-10-26', visitors: 1, sessions: 1, events: 1, eventsWithoutSession: 0 },
      { period: '2019-10-27', visitors: 2, sessions: 1, events: 3, eventsWithoutSession: 0 },
      { period: '2019-10-28', visitors: 0, sessions: 0, events: 1, eventsWithoutSession: 1 },
    ]);
  });

  test('the hour that the clock shows twice is two periods, and one hour of the day', () => {
    const day = { from: '2019-10-27', to: '2019-10-27' };
    const periods = referenceAnswer(shop, 'daily-visitors', { ...day, grain: 'hour' }).map(
      ({ period }) => period,
    );
    expect(periods).toEqual([
      '2019-10-27T00:00:00+01:00',
      '2019-10-27T01:00:00+01:00',
      '2019-10-27T01:00:00+00:00',
    ]);
    const hours = referenceAnswer(shop, 'peak-hours', day).map(({ hour, events }) => [hour, events]);
    expect(hours).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  test('amounts are exact, below zero as well', () => {
    const rows = referenceAnswer(shop, 'revenue', { ...range, by: 'category' });
    expect(rows.map(({ category, orders, revenue }) => [category, orders, revenue])).toEqual([
      ['kitchen', 1, 10.05],
      [null, 0, -2.5],
    ]);
  });

  test('weeks begin on Monday', () => {
    const weeks = referenceAnswer(shop, 'daily-visitors', { ...range, grain: 'week' });
    expect(weeks.map(({ period, events }) => [period, events])).toEqual([
      ['2019-10-21', 4],
      ['2019-10-28', 1],
    ]);
  });
});
