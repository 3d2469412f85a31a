import type { AnswerRow } from './chart-answer.ts';

/**
 * The value of a measure in a row: null where the answer has none, so that nothing missing is drawn as zero.
 *
 * @throws TypeError for a value that is no number: the column is no measure
 */
export function figureOf(row: AnswerRow | undefined, column: string): number | null {
  const value = row?.[column];
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw new TypeError(`${column} is a ${typeof value}, and no figure.`);
}
