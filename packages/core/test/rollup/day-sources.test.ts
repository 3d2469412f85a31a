import { expect, test } from 'vitest';
import { type DataFile, dayAfter, daySources } from '../../src/internal.ts';

const file = (day: string, hash: string): DataFile => ({
  ...{ path: `clicks/dt=${day}/part-${hash}.parquet`, day, rows: 1, bytes: 1, hash },
});
const files = [file('2024-02-28', 'a1'), file('2024-02-29', 'b2'), file('2024-03-02', 'c3')];
const alone = { before: 0, after: 0 };
const wide = { before: 1, after: 1 };

test('the sources of a day change with its own files, and with those that its answer depends on, only', () => {
  const before = daySources(files);
  const after = daySources([...files, file('2024-03-01', 'd4')]);
  expect(after.of('2024-02-29', alone)).toBe(before.of('2024-02-29', alone));
  expect(after.of('2024-02-29', wide)).not.toBe(before.of('2024-02-29', wide));
  expect(after.of('2024-02-28', wide)).toBe(before.of('2024-02-28', wide));
  const replaced = daySources([file('2024-02-28', 'a1'), file('2024-02-29', 'ff')]);
  expect(replaced.of('2024-02-29', alone)).not.toBe(before.of('2024-02-29', alone));
});

test('a day without files has no sources', () => {
  expect(daySources(files).of('2024-03-01', alone)).toBeUndefined();
  expect(daySources(files).of('2024-03-04', wide)).toBeUndefined();
  expect(daySources([]).days).toBeUndefined();
  expect(daySources(files).days).toEqual(['2024-02-28', '2024-03-02']);
});

test('days are added over the end of a month and of a year', () => {
  expect(dayAfter('2024-02-28', 2)).toBe('2024-03-01');
  expect(dayAfter('2024-01-01', -1)).toBe('2023-12-31');
});
