import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { zoneOffsets } from '../../src/internal.ts';

const changes = (zone: string, start: string, end: string) =>
  zoneOffsets(zone, new Date(start), new Date(end)).map(({ from, offsetMilliseconds }) => [
    from.toISOString().slice(0, 16),
    offsetMilliseconds / 60_000,
  ]);

// Each is documented by the IANA time zone database: https://data.iana.org/time-zones/tzdb/
test.each([
  [
    'Europe/London',
    [
      ['2019-01-01T00:00', 0],
      ['2019-03-31T01:00', 60],
      ['2019-10-27T01:00', 0],
    ],
  ],
  [
    'America/New_York',
    [
      ['2019-01-01T00:00', -300],
      ['2019-03-10T07:00', -240],
      ['2019-11-03T06:00', -300],
    ],
  ],
  [
    'Australia/Lord_Howe',
    [
      ['2019-01-01T00:00', 660],
      ['2019-04-06T15:00', 630],
      ['2019-10-05T15:30', 660],
    ],
  ],
  ['Asia/Shanghai', [['2019-01-01T00:00', 480]]],
  // Morocco is at +01:00 but for Ramadan.
  [
    'Africa/Casablanca',
    [
      ['2019-01-01T00:00', 60],
      ['2019-05-05T02:00', 0],
      ['2019-06-09T02:00', 60],
    ],
  ],
  ['+08:00', [['2019-01-01T00:00', 480]]],
  ['-03:30', [['2019-01-01T00:00', -210]]],
  ['UTC', [['2019-01-01T00:00', 0]]],
])('the changes of the clock of %s in 2019', (zone, expected) => {
  expect(changes(zone, '2019-01-01', '2020-01-01')).toEqual(expected);
});

test('a change at the start is in the first entry, and one at the end is outside', () => {
  expect(changes('Europe/London', '2019-03-31T01:00:00Z', '2019-10-27T01:00:00Z')).toEqual([
    ['2019-03-31T01:00', 60],
  ]);
  expect(changes('Europe/London', '2019-03-31T00:59:59.999Z', '2019-10-27T01:00:00.001Z')).toHaveLength(3);
  expect(changes('Europe/London', '2019-03-31', '2019-03-31')).toEqual([['2019-03-31T00:00', 0]]);
});

test.each([
  'America/Noronha', // summer time of seven days in 2000
  'Africa/El_Aaiun',
  'Africa/Casablanca',
  'Pacific/Apia', // left out a day in 2011
  'America/Sao_Paulo',
  'Asia/Tehran',
  'Europe/Moscow',
])('another library finds the same changes of %s since 1970', (zone) => {
  const start = Temporal.Instant.from('1970-01-01T00:00:00Z').toZonedDateTimeISO(zone);
  const expected: string[] = [];
  for (
    let at = start.getTimeZoneTransition('next');
    at && at.epochMilliseconds < Date.UTC(2037, 0);
    at = at.getTimeZoneTransition('next')
  )
    expected.push(`${at.toInstant()} ${at.offsetNanoseconds / 1e6}`);
  const found = zoneOffsets(zone, new Date(0), new Date('2037-01-01')).slice(1);
  expect(
    found.map(
      ({ from, offsetMilliseconds }) => `${from.toISOString().replace('.000', '')} ${offsetMilliseconds}`,
    ),
  ).toEqual(expected);
});
