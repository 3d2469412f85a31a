import { dayWords, periodWords } from '../chart/period-words.ts';

/** Which periods of an axis have words, and which. */
export type PeriodTick = readonly [index: number, words: readonly string[]];

/** Words for as many periods as a width has room for: all, or every second, third ... one, counted from the last. */
export function periodTicks(periods: readonly string[], grain: string, width: number): PeriodTick[] {
  const isHours = grain === 'hour' && new Set(periods.map((period) => period.slice(0, 10))).size > 1;
  const marked = periods
    .map((period, index) => ({ period, index }))
    .filter(({ period }) => !isHours || period.slice(11, 13) === '12');
  const room = Math.max(1, Math.floor(width / 56));
  const every = Math.ceil(marked.length / room);
  return marked
    .filter((_, index) => (marked.length - 1 - index) % every === 0)
    .map(({ period, index }) => [index, wordsOf(period, isHours ? 'day' : grain)]);
}

/** Two lines: the weekday over the day, so that a phone has room. */
function wordsOf(period: string, grain: string): readonly string[] {
  if (grain === 'hour') return [period.slice(11, 16)];
  if (grain === 'month' || grain === 'all') return periodWords(period, grain).split(' ');
  const [weekday = '', ...day] = dayWords(period).split(' ');
  return grain === 'week' ? [day.join(' ')] : [weekday, day.join(' ')];
}
