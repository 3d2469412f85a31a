import { offsetsBetween } from '@headwater/core/internal';
import type { LocalClock } from '../functions/local-clock.ts';
import { plusDays, type TimeRange } from '../range/time-range.ts';

/** A month that a range begins in may have begun before the last change of the clock. */
const daysOfMonth = 32;

/** The clock of a zone over the events of a range, and over the week and the month in which they begin. */
export const localClock = (zone: string, { start, end }: TimeRange): LocalClock => ({
  zone,
  offsets: offsetsBetween(zone, plusDays(start, -daysOfMonth), end),
});
