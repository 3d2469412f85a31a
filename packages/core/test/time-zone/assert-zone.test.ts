import { expect, test } from 'vitest';
import { assertZone, zoneProblem } from '../../src/internal.ts';

test.each([
  'UTC',
  '+08:00',
  '-03:30',
  '+00:00',
  'Europe/London',
  'Asia/Kolkata',
  'Europe/Kyiv',
  'America/Argentina/Buenos_Aires',
  'America/Port-au-Prince',
  'Africa/Dar_es_Salaam',
])('%s is a zone', (zone) => {
  expect(zoneProblem(zone)).toBeUndefined();
});

test.each([
  ['London', 'Europe/London'],
  ['europe/london', 'Europe/London'],
  ['Europe/Londn', 'Europe/London'],
  ['New York', 'America/New_York'],
  ['utc', 'UTC'],
  ['Z', 'UTC'],
  ['GMT', 'UTC'],
  ['+8', '+08:00'],
  ['UTC-3', '-03:00'],
  ['+0530', '+05:30'],
  ['Etc/GMT+8', '-08:00'],
])('%s is refused, and %s is suggested', (zone, meant) => {
  expect(zoneProblem(zone)?.fix).toMatch(`Did you mean ${meant}?`);
});

test.each(['EST', 'CST', 'Mars/Olympus', '', '+15:00', '+08:60', 'EST5EDT'])('"%s" is refused', (zone) => {
  const found = zoneProblem(zone);
  expect(found?.problem).toBe(`"${zone}" is not a time zone`);
  expect(found?.fix).not.toMatch('Did you mean');
});

test('a definition is refused with its place', () => {
  expect(() => assertZone('Europe/Pariss', { table: 'sales', column: 'time' })).toThrow(
    'sales.time: "Europe/Pariss" is not a time zone. Did you mean Europe/Paris?',
  );
  expect(() => assertZone(undefined as never, { table: 'sales' })).toThrow(
    'sales: "undefined" is not a time zone',
  );
});
