import type { timestamp } from '../../../src/index.ts';

type TimeOptions = Parameters<typeof timestamp>[0];

/** Days with a change of the clock, by zone. */
export const clockChanges: readonly (readonly [zone: string, day: string])[] = [
  ['Europe/London', '2019-03-31'],
  ['Europe/London', '2019-10-27'],
  ['America/New_York', '2019-03-10'],
  ['America/New_York', '2019-11-03'],
  ['Australia/Lord_Howe', '2019-04-07'],
  ['Australia/Lord_Howe', '2019-10-06'],
  ['Pacific/Apia', '2011-12-30'],
  ['Africa/Casablanca', '2019-06-09'],
  ['Asia/Shanghai', '2019-06-09'],
  ['Africa/Monrovia', '1972-01-07'],
  ['Europe/London', '2099-12-29'],
];

/** A format, a text, and the instant that it is. */
export const readTimes: readonly (readonly [options: TimeOptions, text: string, instant: string])[] = [
  // London put its clock forward from 01:00 to 02:00: 01:30 did not exist.
  [{ zone: 'Europe/London' }, '2019-03-31 01:30:00', '2019-03-31T01:30:00.000Z'],
  [{ zone: 'Europe/London' }, '2019-03-31 02:30:00', '2019-03-31T01:30:00.000Z'],
  // And back from 02:00 to 01:00: 01:30 was twice, first at 00:30 UTC.
  [{ zone: 'Europe/London' }, '2019-10-27 01:30:00', '2019-10-27T00:30:00.000Z'],
  [{ zone: 'Europe/London' }, '2019-10-27 02:00:00', '2019-10-27T02:00:00.000Z'],
  // An offset in the text goes before the zone.
  [{ zone: 'Europe/London' }, '2019-07-01 12:00:00 UTC', '2019-07-01T12:00:00.000Z'],
  [{ zone: 'Europe/London' }, '2019-07-01T12:00:00+05:30', '2019-07-01T06:30:00.000Z'],
  [{ zone: '+08:00' }, '2017-11-25 01:21:10', '2017-11-24T17:21:10.000Z'],
  [{ from: 'epoch-seconds' }, '1511544070', '2017-11-24T17:21:10.000Z'],
  [{ from: 'epoch-seconds' }, '1.511544070e9', '2017-11-24T17:21:10.000Z'],
  [{ from: 'epoch-seconds' }, '1511544070.9876', '2017-11-24T17:21:10.987Z'],
  [{ from: 'epoch-milliseconds' }, '1511544070123', '2017-11-24T17:21:10.123Z'],
  [{ from: 'epoch-microseconds' }, '1511544070123999', '2017-11-24T17:21:10.123Z'],
  [{ from: 'epoch-microseconds' }, '1.511544070123456e+15', '2017-11-24T17:21:10.123Z'],
  [{ formats: ['M/D/YYYY H:mm'] }, '12/1/2010 8:26', '2010-12-01T08:26:00.000Z'],
  [{ formats: ['D MMM YY h:mm A'] }, '1 dec 10 12:05 am', '2010-12-01T00:05:00.000Z'],
  [{ formats: ['D MMM YY h:mm A'] }, '1 Dec 10 12:05 PM', '2010-12-01T12:05:00.000Z'],
  [{ formats: ['DD/MMM/YYYY:HH:mm:ss Z'] }, '10/Oct/2000:13:55:36 -0700', '2000-10-10T20:55:36.000Z'],
  [{ formats: ['YYYYMMDD'], zone: 'America/New_York' }, '20190701', '2019-07-01T04:00:00.000Z'],
  [{ formats: ['[on] D.M.YYYY'] }, 'on 1.12.2010', '2010-12-01T00:00:00.000Z'],
];

/** A format, a text, and the code by which it is rejected. */
export const rejectedTimes: readonly (readonly [options: TimeOptions, text: string, code: string])[] = [
  [{ from: 'epoch-seconds' }, '-1', 'out_of_range'],
  [{ from: 'epoch-seconds' }, '1511544070123', 'out_of_range'],
  [{ from: 'epoch-seconds' }, '2017-11-24 17:21:10', 'not_an_epoch'],
  [{ from: 'epoch-milliseconds' }, 'NaN', 'not_an_epoch'],
  [{ formats: ['M/D/YYYY H:mm'] }, '13/1/2010 8:26', 'not_in_time_format'],
  [{ formats: ['M/D/YYYY H:mm'] }, '2/30/2010 8:26', 'not_in_time_format'],
  [{ formats: ['M/D/YYYY H:mm'] }, '2010-12-01 08:26:00', 'not_in_time_format'],
  [{ zone: 'Europe/London' }, '12/1/2010 8:26', 'not_a_timestamp'],
  [{ zone: 'Europe/London' }, '1969-12-31 23:59:59', 'out_of_range'],
  [{ zone: 'Europe/London' }, '2100-01-01 00:00:00', 'out_of_range'],
];

/** Every ten minutes of the four days around a day, as milliseconds of local time. */
export function localTimesAround(day: string): number[] {
  const minute = 60_000;
  const start = Date.parse(`${day}T00:00:00Z`) - 2 * 1440 * minute;
  return Array.from({ length: 4 * 144 }, (_, index) => start + index * 10 * minute);
}

/** A local time in the format `D/M/YYYY H:mm`. */
export function localText(local: number): string {
  const at = new Date(local);
  const minute = String(at.getUTCMinutes()).padStart(2, '0');
  return `${at.getUTCDate()}/${at.getUTCMonth() + 1}/${at.getUTCFullYear()} ${at.getUTCHours()}:${minute}`;
}
