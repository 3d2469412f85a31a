import type { DayRange } from './chart-answer.ts';

const dayLength = 86_400_000;

/** A day as a number of days, for sums over the calendar. */
export const dayNumber = (day: string): number => Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / dayLength;

/** A number of days as `YYYY-MM-DD`. */
export const dayText = (day: number): string => new Date(day * dayLength).toISOString().slice(0, 10);

/** A day so many days later, or earlier. */
export const addDays = (day: string, days: number): string => dayText(dayNumber(day) + days);

/** How many days a range has. */
export const daysIn = ({ from, to }: DayRange): number => dayNumber(to) - dayNumber(from) + 1;

/** The weekday of a day by ISO 8601: 1 is Monday. */
export const weekdayOf = (day: string): number => ((dayNumber(day) + 3) % 7) + 1;
