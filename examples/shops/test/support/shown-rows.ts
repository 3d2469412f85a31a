import type { AnswerRow, ReferenceName } from '@headwater/reference-answers';
import type { ShopCase } from './shop-case.ts';

/** The rows of the reference without the measures that a shop has nothing to compute of. */
export function shownRows(
  { without }: ShopCase,
  name: ReferenceName,
  rows: readonly AnswerRow[],
): AnswerRow[] {
  const leftOut = new Set(without[name]);
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([column]) => !leftOut.has(column))),
  );
}
