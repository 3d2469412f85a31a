import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { daysIn, weekdayOf } from '../../src/chart/days.ts';
import { pairRows } from '../../src/compare/pair-rows.ts';
import { periodsOf } from '../../src/compare/periods-of.ts';
import { comparedRange, comparisons, deltaOf, judge, totalOf, usualChange } from '../../src/index.ts';
import { answerOf } from '../support/answer-of.ts';
import { sharedLake } from '../support/shared-lake.ts';
import type { ShopLake } from '../support/shop-lake.ts';

let shop: ShopLake;
beforeAll(async () => {
  shop = sharedLake();
});

const day = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => new Date(Date.UTC(1996, 0, 1 + days)).toISOString().slice(0, 10));

test('a compared range is as long, ends before, and keeps weekdays where it says so', () => {
  fc.assert(
    fc.property(
      day,
      fc.integer({ min: 1, max: 365 }),
      fc.constantFrom(...comparisons),
      (from, days, comparison) => {
        const to = new Date(Date.parse(from) + (days - 1) * 86_400_000).toISOString().slice(0, 10);
        const compared = comparedRange({ from, to }, comparison);
        expect(daysIn(compared)).toBe(days);
        expect(compared.to < from).toBe(true);
        if (comparison === 'weekdays') {
          expect(weekdayOf(compared.from)).toBe(weekdayOf(from));
          expect(daysIn({ from: compared.from, to: from }) - 1 - days).toBeLessThan(7);
        }
      },
    ),
  );
  expect(comparedRange({ from: '2024-03-01', to: '2024-03-30' }, 'weekdays').from).toBe('2024-01-26');
  expect(comparedRange({ from: '2024-02-29', to: '2024-03-01' }, 'year')).toEqual({
    from: '2023-03-01',
    to: '2023-03-02',
  });
});

test('changes are relative, and those of shares are points', () => {
  const count = { kind: 'count', digits: 0 } as const;
  const share = { kind: 'share', digits: 2 } as const;
  expect(deltaOf(21_168, 20_811, count)).toMatchObject({ text: '+1.7%', direction: 'up', kind: 'relative' });
  expect(deltaOf(0.0676, 0.0697, share)).toMatchObject({
    text: '−0.21\u00a0pt',
    direction: 'down',
    kind: 'points',
  });
  expect(deltaOf(10_000, 10_001, count)).toMatchObject({ text: '0.0%', direction: 'flat' });
  expect(deltaOf(0, 0, count)).toMatchObject({ direction: 'flat' });
  // Nothing is a part of zero, and nothing missing is zero.
  expect(deltaOf(5, 0, count)).toBeUndefined();
  expect(deltaOf(null, 5, count)).toBeUndefined();
});

test('a change is usual when an earlier one was as large', () => {
  const count = { kind: 'count', digits: 0 } as const;
  const usual = usualChange([100, 110, 99, 99, 104], count);
  expect(usual).toBeCloseTo(0.1, 12);
  const of = (now: number) => {
    const delta = deltaOf(now, 100, count);
    return delta && judge(delta, usual);
  };
  expect([of(108), of(92), of(115), of(80)]).toEqual([
    'usual',
    'usual',
    'more-than-usual',
    'more-than-usual',
  ]);
  // Four values have three changes, which are too few; a gap is no change.
  expect(usualChange([100, 110, 99, 99], count)).toBeUndefined();
  expect(usualChange([100, null, 110, 99, 99], count)).toBeUndefined();
});

test('periods are all there, also those without a row', () => {
  const range = { from: '2024-02-28', to: '2024-03-02' };
  const at = { column: 'period' };
  expect(periodsOf(range, 'day', [], at)).toEqual(['2024-02-28', '2024-02-29', '2024-03-01', '2024-03-02']);
  expect(periodsOf(range, 'week', [], at)).toEqual(['2024-02-26']);
  expect(periodsOf(range, 'month', [], at)).toEqual(['2024-02-01', '2024-03-01']);
  expect(periodsOf(range, 'hour', [], at)).toHaveLength(96);
});

test('rows are paired by their place, and things by their name', () => {
  const rows = (first: string, second: string) => [
    { period: first, revenue: 1 },
    { period: second, revenue: 2 },
  ];
  const now = answerOf('revenue', {}, rows('2024-03-04', '2024-03-10'));
  const before = answerOf(
    'revenue',
    { from: '2024-02-26', to: '2024-03-03' },
    rows('2024-02-26', '2024-02-27'),
  );
  expect(pairRows(now, before).map((pair) => [pair.now?.['period'], pair.before?.['period']])).toEqual([
    ['2024-03-04', '2024-02-26'],
    ['2024-03-10', undefined],
    [undefined, '2024-02-27'],
  ]);
  const ranks = (...brands: (string | null)[]) =>
    brands.map((brand, index) => ({ rank: index + 1, brand, revenue: index }));
  const pairs = pairRows(
    answerOf('top-brands', {}, ranks('acme', 'apex')),
    answerOf('top-brands', {}, ranks('apex', 'acme')),
  );
  expect(pairs.map((pair) => [pair.now?.['brand'], pair.before?.['rank']])).toEqual([
    ['acme', 2],
    ['apex', 1],
  ]);
});

test('an hour that a clock has twice is paired twice', () => {
  const hours = (day: string) =>
    [`${day}T01:00:00+01:00`, `${day}T01:00:00+00:00`].map((period) => ({ period, revenue: 1 }));
  const of = (from: string, rows: { period: string }[]) =>
    answerOf('revenue', { from, to: from, grain: 'hour' }, rows);
  const pairs = pairRows(
    of('2024-10-27', hours('2024-10-27')),
    of('2024-10-20', hours('2024-10-20').slice(0, 1)),
  );
  expect(pairs).toHaveLength(2);
  expect(pairs[1]?.before).toBeUndefined();
});

/** Measures with a total, by metric. */
const totals = {
  revenue: ['orders', 'revenue', 'averageOrderValue', 'purchasesWithoutSession'],
  'cart-abandonment': ['cartSessions', 'abandonmentRate', 'abandonedValue'],
  'conversion-funnel': ['sessions', 'conversionRate', 'viewToCart'],
  'session-summary': ['sessions', 'averageSeconds'],
} as const;

test.for(Object.entries(totals))(
  'the total of the days of %s is the answer of the whole range',
  async ([metric, measures]) => {
    const range = { from: '2024-03-04', to: '2024-03-10' };
    const [days, whole] = [
      await shop.ask(metric, range, { grain: 'day' }),
      await shop.ask(metric, range, { grain: 'all' }),
    ];
    expect(days.rows).toHaveLength(7);
    for (const measure of measures) {
      const { value, kind } = totalOf(metric, days.rows, measure, days.columns);
      if (kind === 'sum') expect(value, measure).toBe(whole.rows[0]?.[measure]);
      else expect(value, measure).toBeCloseTo(Number(whole.rows[0]?.[measure]), 12);
    }
  },
);

test('visitors are averaged, and never added up', async () => {
  const { rows, columns } = await shop.ask('daily-visitors', { from: '2024-03-04', to: '2024-03-10' });
  const figures = rows.map(({ visitors }) => Number(visitors));
  expect(totalOf('daily-visitors', rows, 'visitors', columns)).toEqual({
    kind: 'mean',
    value: figures.reduce((sum, one) => sum + one, 0) / 7,
  });
  expect(() => totalOf('revenue', [], 'nothing', columns)).toThrow(/no such column/);
});
