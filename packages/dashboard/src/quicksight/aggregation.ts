import type { AnswerColumn } from '@headwater/queries';
import { columnName } from './quicksight-names.ts';

/** How a visual makes one value of the rows of a group. */
export type Aggregation =
  /** A function over the values of the measure's own column. */
  | { readonly kind: 'function'; readonly of: 'SUM' | 'AVERAGE' | 'MAX' }
  /** A calculated field, which has the name of the measure. */
  | { readonly kind: 'calculated'; readonly expression: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * What the groups of a visual are of:
 *
 * - `row`: one row of the answer each, so that no value is ever added to another.
 * - `days`: several days.
 * - `mean-of-days`: several days, for a figure of which people want the day.
 */
export type GroupKind = 'row' | 'days' | 'mean-of-days';

/**
 * How a measure is aggregated, which follows from what is declared of it: sums only of what adds up over days, ratios as one sum over another,
 * and everything else only where a group is a single row. It never adds up distinct counts.
 */
export function aggregationOf(
  column: AnswerColumn,
  columns: readonly AnswerColumn[],
  group: GroupKind,
): Aggregation {
  if (addsUp(column)) return { kind: 'function', of: 'SUM' };
  const expression = quotientOf(column, columns);
  if (expression !== undefined) return { kind: 'calculated', expression };
  // Of a single value, the greatest is that value. Unlike a sum, it stays one of the values if somebody regroups the visual.
  if (group === 'row') return { kind: 'function', of: 'MAX' };
  if (group === 'mean-of-days' && column.kind === 'distinct') return { kind: 'function', of: 'AVERAGE' };
  return { kind: 'refused', reason: `${column.name} of several days does not follow from those of the days` };
}

const addsUp = (column: AnswerColumn | undefined): boolean =>
  column?.additive === 'all' || column?.additive === 'time';

/**
 * A ratio of two measures that add up, as a calculated field of QuickSight; undefined for any other measure. A divisor of 0 gives no value, as
 * in the answer.
 *
 * @example quotientOf(conversionRate, columns) // '1.0 * sum({purchase_sessions}) / nullIf(sum({sessions}), 0)'
 */
export function quotientOf(column: AnswerColumn, columns: readonly AnswerColumn[]): string | undefined {
  if (column.kind !== 'ratio' || column.isOfTotal === true) return undefined;
  const [numerator, denominator] = [column.numerator, column.denominator].map((name) =>
    columns.find((one) => one.name === name),
  );
  if (!numerator || !denominator || !addsUp(numerator) || !addsUp(denominator)) return undefined;
  const sum = (one: AnswerColumn) => `sum({${columnName(one.name)}})`;
  const times = column.denominatorTimes === undefined ? '' : `${column.denominatorTimes} * `;
  return `1.0 * ${sum(numerator)} / nullIf(${times}${sum(denominator)}, 0)`;
}
