import { HeadwaterError } from '@headwater/core';

/** A half-open range of instants, UTC: `start` is in it, `end` is not. */
export interface TimeRange {
  readonly start: Date;
  readonly end: Date;
}

/** A UTC calendar day as `YYYY-MM-DD`, or an instant. */
export type TimeBound = string | Date;

const dayMilliseconds = 86_400_000;

/** No event of a lake is before the one, and none at or after the other (see the timestamps of `@headwater/core`). */
const [firstInstant, endOfTime] = [new Date('0001-01-01T00:00:00Z'), new Date('+010000-01-01T00:00:00Z')];

/** A range without what no event can be in, whose text engines would not read. */
const withinTime = ({ start, end }: TimeRange): TimeRange => ({
  start: start < firstInstant ? firstInstant : start,
  end: end > endOfTime ? endOfTime : end,
});

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** Whether `text` is a calendar day that exists, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!dayPattern.test(text)) return false;
  const date = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && dayOf(date) === text;
}

/** The UTC day of an instant, as `YYYY-MM-DD`. */
export const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);

/** An instant moved by whole days of 24 hours. */
export const plusDays = (instant: Date, days: number): Date =>
  new Date(instant.getTime() + days * dayMilliseconds);

/**
 * The range between two bounds. A day as `to` is wholly inside; an instant as `to` is just outside. Before year 1 and after
 * year 9999 there are no events, so nothing of that is in it.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a bound that is neither, or a range that ends before it starts
 * @example timeRangeBetween('2019-10-01', '2019-10-31') // the whole of October 2019, UTC
 */
export function timeRangeBetween(from: TimeBound, to: TimeBound): TimeRange {
  const start = instantOf('from', from);
  const last = instantOf('to', to);
  const end = typeof to === 'string' ? plusDays(last, 1) : last;
  if (end <= start) {
    const value = typeof to === 'string' ? to : to.toISOString();
    throw new HeadwaterError('OPTION_INVALID', { option: 'to', value, expected: 'a time after from' });
  }
  return withinTime({ start, end });
}

/** A range with days added on either side, from year 1 to year 9999. */
export function widenRange(range: TimeRange, daysBefore: number, daysAfter: number): TimeRange {
  return withinTime({ start: plusDays(range.start, -daysBefore), end: plusDays(range.end, daysAfter) });
}

/** The first and the last UTC day that a range touches. */
export function daysOf(range: TimeRange): readonly [first: string, last: string] {
  return [dayOf(range.start), dayOf(new Date(range.end.getTime() - 1))];
}

function instantOf(option: string, bound: TimeBound): Date {
  if (typeof bound === 'string' ? isDay(bound) : bound instanceof Date && !Number.isNaN(bound.getTime())) {
    return new Date(bound);
  }
  const expected = 'a UTC day as YYYY-MM-DD, or a Date';
  throw new HeadwaterError('OPTION_INVALID', { option, value: String(bound), expected });
}
