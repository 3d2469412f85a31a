import type { AnswerRow, DayRange, PeriodLength } from '../chart/chart-answer.ts';
import { dayNumber, daysIn, dayText, weekdayOf } from '../chart/days.ts';

/**
 * Every period of a range, also those that an answer has no row for: what is missing is a gap in a line and a gap in a table, never
 * zero. Hours are those that the answer has, and the full hours of the days in UTC; in another zone, those of the answer alone.
 */
export function periodsOf(
  range: DayRange,
  grain: PeriodLength,
  rows: readonly AnswerRow[],
  { column, zone }: { readonly column: string; readonly zone?: string | undefined },
): string[] {
  const own = rows.map((row) => String(row[column]));
  if (grain === 'all' || (grain === 'hour' && zone !== undefined)) return [...new Set(own)];
  return [...new Set([...calendar(range, grain), ...own])].sort();
}

function calendar(range: DayRange, grain: Exclude<PeriodLength, 'all'>): string[] {
  const first = dayNumber(range.from);
  const days = Array.from({ length: daysIn(range) }, (_, index) => dayText(first + index));
  switch (grain) {
    case 'hour':
      return days.flatMap((day) =>
        Array.from({ length: 24 }, (_, hour) => `${day}T${String(hour).padStart(2, '0')}:00:00Z`),
      );
    case 'day':
      return days;
    case 'week':
      return days.map((day) => dayText(dayNumber(day) - weekdayOf(day) + 1));
    case 'month':
      return days.map((day) => `${day.slice(0, 7)}-01`);
  }
}
