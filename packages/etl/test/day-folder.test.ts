import { expect, test } from 'vitest';
import { dayOfDigits, timeDigits } from '../src/input/day-folder.ts';

const dayOf = (path: string): string | undefined => {
  let digits: string | undefined = '';
  for (const name of path.split('/')) digits = digits === undefined ? undefined : timeDigits(digits, name);
  return digits === undefined ? undefined : dayOfDigits(digits);
};

test.each([
  ['dt=2026-11-27', '2026-11-27'],
  ['2026-11-27', '2026-11-27'],
  ['20261127', '2026-11-27'],
  ['event_date=20261127', '2026-11-27'],
  ['2026/11/27', '2026-11-27'],
  ['year=2026/month=11/day=27', '2026-11-27'],
  ['2026-11/27', '2026-11-27'],
  ['dt=2024-02-29', '2024-02-29'],
])('%s is a day', (path, day) => {
  expect(dayOf(path)).toBe(day);
});

// A folder that is taken for a day by mistake might not be listed.
test.each([
  'dt=2026-02-29',
  'dt=2026-13-01',
  'dt=2026-11-27T10',
  'dt=2026-11-27-10',
  'batch-2026-11-27',
  '2026/11',
  '2026/13/40',
  '202611270',
  '2026-11-2',
  '27-11-2026',
  '2026/1/2',
  'a',
  '',
])('%s is none', (path) => {
  expect(dayOf(path)).toBeUndefined();
});
