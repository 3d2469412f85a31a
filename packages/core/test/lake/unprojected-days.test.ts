import { expect, test } from 'vitest';
import { unprojectedDays } from '../../src/internal.ts';

const now = new Date('2026-11-27T23:59:59Z');
const target = { firstDay: '2019-10-01' };
const files = [
  { day: '2019-09-29', rows: 3 },
  { day: '2019-09-30', rows: 0 },
  { day: '2019-10-01', rows: 5 },
  { day: '2026-11-28', rows: 7 },
  { day: '2026-11-29', rows: 11 },
  { day: '2026-11-29', rows: 13 },
  { day: '9999-12-31', rows: 17 },
];
const projected = ['2019-10-01', '2026-11-28'];

test('days before firstDay and after tomorrow are outside of the projection, and their rows are counted', () => {
  expect(unprojectedDays(files, target, { now })).toEqual({
    days: 3,
    rows: 44,
    first: '2019-09-29',
    last: '9999-12-31',
    projected,
    endMoves: true,
  });
});

test('only the asked days count, both ends included', () => {
  const within = (first: string, last: string) =>
    unprojectedDays(files, target, { now, asked: [first, last] });
  expect(within('2026-11-01', '2026-11-29')).toMatchObject({ days: 1, rows: 24, first: '2026-11-29' });
  expect(within('2019-09-29', '2019-10-01')).toMatchObject({ days: 1, rows: 3, last: '2019-09-29' });
  expect(within('2019-10-01', '2026-11-28')).toBeNull();
});

test('the end moves with the clock', () => {
  const next = new Date('2026-11-28T00:00:00Z');
  expect(unprojectedDays(files, { firstDay: '2019-01-01' }, { now: next })).toMatchObject({
    days: 1,
    rows: 17,
    projected: ['2019-01-01', '2026-11-29'],
  });
  expect(unprojectedDays([], target, { now })).toBeNull();
});

test('with a last day the end stays, and later days are outside although the clock has passed them', () => {
  const ended = { ...target, lastDay: '2020-01-31' };
  expect(unprojectedDays(files, ended, { now })).toEqual({
    days: 4,
    rows: 51,
    first: '2019-09-29',
    last: '9999-12-31',
    projected: ['2019-10-01', '2020-01-31'],
    endMoves: false,
  });
  const future = { ...target, lastDay: '2026-11-29' };
  expect(unprojectedDays(files, future, { now, asked: ['2019-10-01', '2026-12-31'] })).toBeNull();
});
