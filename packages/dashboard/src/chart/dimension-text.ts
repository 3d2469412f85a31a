import type { DimensionChannel } from './chart-spec.ts';
import { hourName, periodWords, weekdayName } from './period-words.ts';

/** What a row without a value of a text is called: it stays in tables. */
export const noneText = '(none)';

/** A value of a dimension in words: `Sat 21 Nov`, `16:00`, `Mon`, `electronics.smartphone`, `(none)`. */
export function dimensionText(value: unknown, { kind }: DimensionChannel, grain = 'day'): string {
  if (value === null || value === undefined || value === '') return noneText;
  if (kind === 'time') return periodWords(String(value), grain);
  if (kind === 'hour') return hourName(Number(value));
  return kind === 'weekday' ? weekdayName(Number(value)) : String(value);
}
