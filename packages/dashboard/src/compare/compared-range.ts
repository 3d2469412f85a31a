import type { DayRange } from '../chart/chart-answer.ts';
import { addDays, daysIn } from '../chart/days.ts';

/**
 * What a range is compared with. Each has as many days as the range, so that totals can be compared.
 *
 * - `period`: the days right before.
 * - `weekdays`: earlier by the fewest whole weeks that leave no day in both, so that a Monday is compared with a Monday.
 * - `year`: the days of the same dates a year before. A range that begins on 29 February begins there on 1 March, so it keeps its length.
 */
export type Comparison = 'period' | 'weekdays' | 'year';

/** Every comparison. */
export const comparisons = ['period', 'weekdays', 'year'] as const satisfies readonly Comparison[];

/**
 * The range that a range is compared with.
 *
 * @example comparedRange({ from: '2026-11-16', to: '2026-11-22' }, 'period') // { from: '2026-11-09', to: '2026-11-15' }
 */
export function comparedRange(range: DayRange, comparison: Comparison): DayRange {
  const days = daysIn(range);
  const from = {
    period: () => addDays(range.from, -days),
    weekdays: () => addDays(range.from, -7 * Math.ceil(days / 7)),
    year: () => yearBefore(range.from),
  }[comparison]();
  return { from, to: addDays(from, days - 1) };
}

function yearBefore(day: string): string {
  const year = Number(day.slice(0, 4)) - 1;
  const before = new Date(Date.UTC(year, Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))));
  return before.toISOString().slice(0, 10);
}
