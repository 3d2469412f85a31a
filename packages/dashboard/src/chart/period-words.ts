import type { DayRange } from './chart-answer.ts';
import { dayNumber, weekdayOf } from './days.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A weekday by its number: `Mon` for 1. */
export const weekdayName = (weekday: number): string => weekdays[weekday - 1] ?? String(weekday);

/** An hour of the day: `16:00`. */
export const hourName = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

const dayParts = (day: string) => ({
  day: Number(day.slice(8, 10)),
  month: months[Number(day.slice(5, 7)) - 1] ?? '',
  year: day.slice(0, 4),
});

/** A day with its weekday: `Sat 21 Nov`. */
export function dayWords(day: string): string {
  const { day: number, month } = dayParts(day);
  return `${weekdayName(weekdayOf(day))} ${number} ${month}`;
}

/**
 * A range as short as it is clear: `16–22 Nov 2026`, `28 Nov – 4 Dec 2026`, `28 Dec 2026 – 3 Jan 2027`, `22 Nov 2026`.
 *
 * @param withYear leaves the year out where it is false and both days are in the same one
 */
export function rangeWords({ from, to }: DayRange, withYear = true): string {
  const [first, last] = [dayParts(from), dayParts(to)];
  const year = withYear ? ` ${last.year}` : '';
  if (first.year !== last.year)
    return `${first.day} ${first.month} ${first.year} – ${last.day} ${last.month} ${last.year}`;
  if (first.month !== last.month) return `${first.day} ${first.month} – ${last.day} ${last.month}${year}`;
  return first.day === last.day
    ? `${first.day} ${first.month}${year}`
    : `${first.day}–${last.day} ${first.month}${year}`;
}

/** A period as answers write it, in words: `Sat 21 Nov`, `Sat 21 Nov 16:00`, `16–22 Nov`, `Nov 2026`. */
export function periodWords(period: string, grain: string): string {
  switch (grain) {
    case 'hour':
      return `${dayWords(period)} ${period.slice(11, 16)}`;
    case 'week':
      return `week of ${dayWords(period)}`;
    case 'month':
      return `${dayParts(period).month} ${dayParts(period).year}`;
    case 'all': {
      const [from = '', to = from] = period.split('/');
      return rangeWords({ from, to });
    }
    default:
      return dayWords(period);
  }
}

/** How many of a grain, in words: `7 days`, `1 hour`. */
export const grainWords = (grain: string, count: number): string =>
  `${count} ${grain}${count === 1 ? '' : 's'}`;

/** The place of a period among those of a range, from 0: the same for the same place of another range of that length. */
export function periodPlace(period: string, grain: string, range: DayRange): string {
  switch (grain) {
    case 'week':
      return String(Math.ceil((dayNumber(period) - dayNumber(range.from)) / 7) + 0);
    case 'month':
      return String(
        (Number(period.slice(0, 4)) - Number(range.from.slice(0, 4))) * 12 +
          Number(period.slice(5, 7)) -
          Number(range.from.slice(5, 7)),
      );
    case 'hour':
      return `${dayNumber(period) - dayNumber(range.from)}T${period.slice(11, 13)}`;
    default:
      return String(dayNumber(period) - dayNumber(range.from));
  }
}
