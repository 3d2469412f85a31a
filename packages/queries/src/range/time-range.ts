import { HeadwaterError } from '@headwater/core';
import { isDay, isUtc, type LocalDayStart, localDayStart } from '@headwater/core/internal';

/** A half-open range of instants: `start` is in it, `end` is not. */
export interface TimeRange {
  readonly start: Date;
  readonly end: Date;
  /**
   * Set where instants of the range belong to a day outside of it, since the clock was turned back over a midnight at one of its
   * ends. In the range are those whose local time, written as if it were UTC, is not before `from`, and before `to`.
   */
  readonly local?: { readonly zone: string; readonly from?: Date; readonly to?: Date };
}

/** A calendar day as `YYYY-MM-DD`, or an instant. */
export type TimeBound = string | Date;

const dayMilliseconds = 86_400_000;

/** No event of a lake is before the one, and none at or after the other (see the timestamps of `@headwater/core`). */
const [firstInstant, endOfTime] = [new Date('0001-01-01T00:00:00Z'), new Date('+010000-01-01T00:00:00Z')];

/** A range without what no event can be in, whose text engines would not read. */
export const withinTime = ({ start, end, ...local }: TimeRange): TimeRange => ({
  ...local,
  start: start < firstInstant ? firstInstant : start,
  end: end > endOfTime ? endOfTime : end,
});

/** The UTC day of an instant, as `YYYY-MM-DD`. */
export const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);

/** Whether a UTC day begins with an instant. */
export const isMidnight = (instant: Date): boolean => instant.getTime() % dayMilliseconds === 0;

/** An instant moved by whole days of 24 hours. */
export const plusDays = (instant: Date, days: number): Date =>
  new Date(instant.getTime() + days * dayMilliseconds);

/**
 * The range between two bounds. A day as `to` is wholly inside; an instant as `to` is just outside. Before year 1 and after
 * year 9999 there are no events, so nothing of that is in it.
 *
 * @param zone the zone whose days are meant; instants need none. Defaults to UTC
 * @throws HeadwaterError `OPTION_INVALID` for a bound that is neither, a range that ends before it starts, or a day that a
 *   zone does not have: Samoa had no 30 December 2011
 * @example timeRangeBetween('2019-10-01', '2019-10-31') // the whole of October 2019, UTC
 * @example timeRangeBetween('2019-10-01', '2019-10-31', 'Asia/Shanghai') // from 30 September, 16:00 UTC
 */
export function timeRangeBetween(from: TimeBound, to: TimeBound, zone?: string): TimeRange {
  const [midnight, last] = [instantOf('from', from), instantOf('to', to)];
  const dayAfter = typeof to === 'string' ? plusDays(last, 1) : last;
  if (dayAfter <= midnight) {
    const value = typeof to === 'string' ? to : to.toISOString();
    throw new HeadwaterError('OPTION_INVALID', { option: 'to', value, expected: 'a time after from' });
  }
  if (isUtc(zone)) return withinTime({ start: midnight, end: dayAfter });
  const begin = typeof from === 'string' ? localDayStart(zone, midnight) : at(from);
  const end = typeof to === 'string' ? localDayStart(zone, dayAfter) : at(to);
  if (end.settled <= begin.first) {
    const expected = `a day that ${zone} has, or a later one as to`;
    throw new HeadwaterError('OPTION_INVALID', { option: 'from', value: String(from), expected });
  }
  const range = withinTime({ start: begin.first, end: end.settled });
  const bounds = {
    ...(isSettled(begin) ? {} : { from: midnight }),
    ...(isSettled(end) ? {} : { to: dayAfter }),
  };
  return isSettled(begin) && isSettled(end) ? range : { ...range, local: { zone, ...bounds } };
}

const at = (instant: Date): LocalDayStart => ({ first: instant, settled: instant });

const isSettled = ({ first, settled }: LocalDayStart): boolean => first.getTime() === settled.getTime();

/** A range with days of 24 hours added on either side, from year 1 to year 9999. */
export function widenRange(range: TimeRange, daysBefore: number, daysAfter: number): TimeRange {
  if (daysBefore === 0 && daysAfter === 0) return range;
  return withinTime({ start: plusDays(range.start, -daysBefore), end: plusDays(range.end, daysAfter) });
}

/**
 * A range with days added on either side, each at least 24 hours and at least a day of the zone: a day on which the clock is
 * turned back is longer.
 *
 * @param days the first and the last day of the range
 */
export function widenLocalRange(
  range: TimeRange,
  days: { readonly from: string; readonly to: string },
  zone: string | undefined,
  daysBefore: number,
  daysAfter: number,
): TimeRange {
  const wide = widenRange(range, daysBefore, daysAfter);
  if (isUtc(zone)) return wide;
  const dayAt = (day: string, distance: number): number =>
    localDayStart(zone, plusDays(new Date(day), distance)).settled.getTime();
  const { start, end } = wide;
  return withinTime({
    ...wide,
    start: daysBefore === 0 ? start : new Date(Math.min(start.getTime(), dayAt(days.from, -daysBefore))),
    end: daysAfter === 0 ? end : new Date(Math.max(end.getTime(), dayAt(days.to, daysAfter + 1))),
  });
}

/** The shortest range that two ranges are in. */
export const spanOf = (one: TimeRange, other: TimeRange): TimeRange => ({
  start: new Date(Math.min(one.start.getTime(), other.start.getTime())),
  end: new Date(Math.max(one.end.getTime(), other.end.getTime())),
});

/** The first and the last UTC day that a range touches. */
export function daysOf(range: TimeRange): readonly [first: string, last: string] {
  return [dayOf(range.start), dayOf(new Date(range.end.getTime() - 1))];
}

function instantOf(option: string, bound: TimeBound): Date {
  if (typeof bound === 'string' ? isDay(bound) : bound instanceof Date && !Number.isNaN(bound.getTime())) {
    return new Date(bound);
  }
  const expected = 'a day as YYYY-MM-DD, or a Date';
  throw new HeadwaterError('OPTION_INVALID', { option, value: String(bound), expected });
}
