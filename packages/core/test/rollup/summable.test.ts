import { expect, test } from 'vitest';
import { followsFrom, type SummableMeasure } from '../../src/internal.ts';

const orders: SummableMeasure = { name: 'orders', kind: 'count', additive: 'time' };
const revenue: SummableMeasure = { name: 'revenue', kind: 'amount', additive: 'all' };
const buyers: SummableMeasure = { name: 'buyers', kind: 'distinct', additive: 'none' };
const value = (numerator: string, more: object = {}): SummableMeasure => ({
  ...{ name: 'value', kind: 'ratio', additive: 'none', numerator, denominator: 'orders' },
  ...more,
});

test('the same grain follows whatever its measures are', () => {
  expect(followsFrom('day', 'day', [buyers])).toEqual({ how: 'same' });
  expect(followsFrom('hour', 'hour', [buyers])).toEqual({ how: 'same' });
});

test('a longer grain follows from counts, amounts, their quotients and differences', () => {
  const left: SummableMeasure = {
    ...{ name: 'left', kind: 'difference', additive: 'none', minuend: 'revenue', subtrahend: 'orders' },
  };
  expect(followsFrom('month', 'day', [orders, revenue, value('revenue'), left])).toEqual({ how: 'summed' });
  expect(followsFrom('day', 'hour', [orders])).toEqual({ how: 'summed' });
  expect(followsFrom('all', 'hour', [orders])).toEqual({ how: 'summed' });
});

test('it does not follow from distinct counts, nor from what is computed of them, nor from a share of a total', () => {
  const days = { why: 'buyers does not add up over days' };
  expect(followsFrom('week', 'day', [orders, buyers])).toEqual(days);
  expect(followsFrom('week', 'day', [orders, value('buyers'), buyers])).toEqual(days);
  expect(followsFrom('all', 'day', [orders, value('orders', { isOfTotal: true })])).toEqual({
    why: 'value does not add up over days',
  });
  expect(followsFrom('all', 'hour', [orders, value('gone')])).toEqual({
    why: 'gone does not add up over hours',
  });
});

test('a distinct count follows where its keys are stored, and so does what is computed of it', () => {
  const measures = [orders, value('buyers'), buyers];
  expect(followsFrom('week', 'day', measures, new Set(['buyers']))).toEqual({ how: 'summed' });
  expect(followsFrom('week', 'day', measures, new Set(['visitors']))).toEqual({
    why: 'buyers does not add up over days',
  });
});

test('a shorter grain does not follow from a longer one', () => {
  expect(followsFrom('hour', 'day', [orders])).toEqual({
    why: 'its periods are a day long, and the question is by hour',
  });
});
