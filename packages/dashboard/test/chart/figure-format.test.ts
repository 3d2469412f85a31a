import { expect, test } from 'vitest';
import { axisText, figureText, formatFor } from '../../src/chart/figure-format.ts';
import { periodPlace, periodWords, rangeWords } from '../../src/chart/period-words.ts';
import { valueClass } from '../../src/chart/value-class.ts';

test('figures are written by their kind', () => {
  expect(figureText(21_168, { kind: 'count', digits: 0 })).toBe('21,168');
  expect(figureText(5_346_615.1, { kind: 'money', digits: 2, unit: 'USD' })).toBe('5,346,615.10');
  expect(figureText(0.497, { kind: 'share', digits: 1 })).toBe('49.7%');
  expect(figureText(-0.0021, { kind: 'points', digits: 2 })).toBe('−0.21\u00a0pt');
  expect(figureText(252, { kind: 'seconds', digits: 0, unit: 's' })).toBe('4 min 12 s');
  expect(figureText(7_530, { kind: 'seconds', digits: 0, unit: 's' })).toBe('2 h 05 min');
  expect(figureText(null, { kind: 'count', digits: 0 })).toBe('–');
  // No minus stands before a zero.
  expect(figureText(-0.001, { kind: 'money', digits: 2 })).toBe('0.00');
});

test('a figure that is too long for its tile is smaller, and not cut', () => {
  const money = { kind: 'money', digits: 2 } as const;
  expect(valueClass(figureText(999_999.5, money))).toBe('val');
  expect(valueClass(figureText(12_345_678.9, money))).toBe('val long');
});

test('shares that are all small have a second digit', () => {
  const share = { kind: 'share', digits: 1 } as const;
  expect(formatFor(share, [0.0676, null, 0.0697]).digits).toBe(2);
  expect(formatFor(share, [0.0676, 0.1]).digits).toBe(1);
});

test('an axis is short, and loses nothing of its grid lines', () => {
  expect(axisText(1_250_000, { kind: 'money', digits: 2 })).toBe('1.25 M');
  expect(axisText(680_000, { kind: 'count', digits: 0 })).toBe('680 k');
  expect(axisText(20_500, { kind: 'count', digits: 0 })).toBe('20,500');
  expect(axisText(0.065, { kind: 'share', digits: 1 })).toBe('6.5%');
});

test('periods and ranges are words', () => {
  expect(periodWords('2026-11-21', 'day')).toBe('Sat 21 Nov');
  expect(periodWords('2026-11-21T16:00:00Z', 'hour')).toBe('Sat 21 Nov 16:00');
  expect(periodWords('2026-11-16/2026-11-22', 'all')).toBe('16–22 Nov 2026');
  expect(rangeWords({ from: '2026-12-28', to: '2027-01-03' })).toBe('28 Dec 2026 – 3 Jan 2027');
  expect(rangeWords({ from: '2026-11-28', to: '2026-12-04' }, false)).toBe('28 Nov – 4 Dec');
});

test('a week has the same place, wherever in it the range begins', () => {
  const from = (day: string) => ({ from: day, to: '2026-12-31' });
  const place = (week: string, day: string) => periodPlace(week, 'week', from(day));
  for (const day of ['2026-11-16', '2026-11-18', '2026-11-22']) {
    expect([place('2026-11-16', day), place('2026-11-23', day), place('2026-11-30', day)]).toEqual([
      '0',
      '1',
      '2',
    ]);
  }
});
