import type { KpiSpec } from '../chart/chart-spec.ts';
import { figureText, formatFor } from '../chart/figure-format.ts';
import { rangeWords } from '../chart/period-words.ts';
import type { Compared } from '../compare/compared.ts';
import { deltaOf } from '../compare/delta.ts';
import { totalOf } from '../compare/total-of.ts';

/** A figure, and its change. */
export function kpiSentence(
  { value: { column, format, title } }: KpiSpec,
  { now, before }: Compared,
): string {
  const [mine, theirs] = [now, before].map(
    (one) => one && totalOf(one.metric, one.rows, column, one.columns).value,
  );
  const shown = formatFor(format, [mine ?? null, theirs ?? null]);
  const main = `${title}: ${figureText(mine ?? null, shown)}`;
  if (!before) return `${main}.`;
  const words = rangeWords(before.range, before.range.to.slice(0, 4) !== now.range.to.slice(0, 4));
  const delta = deltaOf(mine ?? null, theirs ?? null, shown);
  return delta
    ? `${main}, ${delta.text} against ${words} (${figureText(theirs ?? null, shown)}).`
    : `${main}; ${words} has no figure to compare with.`;
}
