import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grainsFor } from '../../src/api/view-grains.ts';
import { stateToQuery, type ViewState } from '../../src/api/view-state.ts';
import { daysIn } from '../../src/chart/days.ts';
import { comparisons } from '../../src/index.ts';
import { type StateRules, stateFromQuery } from '../../src/server/read-view-state.ts';

const fallback: ViewState = {
  range: { from: '2026-11-16', to: '2026-11-22' },
  grain: 'day',
  comparison: 'period',
  tile: 'visitors',
  filters: {},
};
const rules: StateRules = { fallback, tiles: ['visitors', 'revenue'], columns: ['brand', 'category_code'] };

test('a link is read as the state that it was written from, whatever values the filters have', () => {
  const day = fc
    .integer({ min: 0, max: 30_000 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
  const values = fc.uniqueArray(
    fc.option(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('~'), fc.constant('~~a')), { nil: null }),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  const state = fc.record({
    range: fc.tuple(day, day).map((days) => {
      const [from = '', to = ''] = days.toSorted();
      return { from, to };
    }),
    grain: fc.constantFrom('hour', 'day', 'week', 'month'),
    comparison: fc.constantFrom(undefined, ...comparisons),
    tile: fc.constantFrom(...rules.tiles),
    filters: fc.oneof(
      fc.constant({}),
      fc.record({ brand: values }),
      fc.record({ brand: values, category_code: values }),
    ),
  }) as fc.Arbitrary<ViewState>;
  const possible = state.filter(({ range, grain }) => grainsFor(daysIn(range)).includes(grain));
  fc.assert(
    fc.property(possible, (one) => {
      expect(stateFromQuery(stateToQuery(one), rules)).toEqual(one);
    }),
  );
});

test('what a link leaves out is the usual view, and what it does not know it ignores', () => {
  expect(stateFromQuery('', rules)).toEqual(fallback);
  expect(stateFromQuery('?theme=dark&tile=revenue', rules)).toEqual({ ...fallback, tile: 'revenue' });
});

test('a wrong link is refused', () => {
  const refused = (query: string) => () => stateFromQuery(query, rules);
  expect(refused('from=2026-02-30')).toThrow(/from "2026-02-30": expected a day/);
  expect(refused('from=2026-11-23')).toThrow(/expected a day not after 2026-11-22/);
  expect(refused('from=1970-01-01&to=2100-12-31&grain=month')).toThrow(/a range of 12,000 days or fewer/);
  expect(refused('grain=minute')).toThrow(/grain "minute": expected one of hour, day, week, month/);
  expect(refused('from=2026-01-01&grain=hour')).toThrow(
    /grain "hour": expected one of day, week, month for 326 days/,
  );
  expect(refused('tile=secret')).toThrow(/expected one of visitors, revenue/);
  expect(refused('where.user_id=1')).toThrow(
    /where.user_id "user_id": expected a column of brand, category_code/,
  );
  expect(refused('where.brand;drop=1')).toThrow(/expected a column/);
});
