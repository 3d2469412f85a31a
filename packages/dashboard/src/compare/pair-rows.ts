import type { AnswerRow, ChartAnswer } from '../chart/chart-answer.ts';
import { periodPlace } from '../chart/period-words.ts';

/** A row beside the row of the same place, or of the same thing, in another range. */
export interface RowPair {
  /** What both have in common: a place among the periods, or the values of the dimensions. */
  readonly key: string;
  readonly now: AnswerRow | undefined;
  readonly before: AnswerRow | undefined;
}

/**
 * Pairs the rows of two answers to the same question over two ranges: by the values of their dimensions, where a period counts by its
 * place in the range, so that the first Monday is beside the first Monday. Ranks play no part: the same thing may have another rank.
 *
 * @returns the rows of the first answer in their order, and then what only the second one has
 */
export function pairRows(now: ChartAnswer, before: ChartAnswer): RowPair[] {
  const [mine, theirs] = [keyed(now), keyed(before)];
  return [
    ...[...mine].map(([key, row]) => ({ key, now: row, before: theirs.get(key) })),
    ...[...theirs]
      .filter(([key]) => !mine.has(key))
      .map(([key, row]) => ({ key, now: undefined, before: row })),
  ];
}

function keyed({ rows, columns, range, grain }: ChartAnswer): Map<string, AnswerRow> {
  const dimensions = columns.filter(({ role, kind }) => role === 'dimension' && kind !== 'rank');
  const found = new Map<string, AnswerRow>();
  for (const row of rows) {
    const parts = dimensions.map(({ name, kind }) => {
      const value = row[name];
      if (kind !== 'time') return value ?? null;
      return grain === 'all' ? 'all' : periodPlace(String(value), grain ?? 'day', range);
    });
    // In a zone whose clock goes back, an hour is there twice.
    const first = JSON.stringify(parts);
    found.set(found.has(first) ? `${first}#2` : first, row);
  }
  return found;
}
