import { HeadwaterError } from '@headwater/core';
import type { AnswerColumn } from '@headwater/queries';
import type { AnswerRow } from '../chart/chart-answer.ts';
import { figureOf } from '../chart/figure-of.ts';

/** One figure for several periods. */
export interface Total {
  /** Null where no period has a figure, or the divisor is 0. */
  readonly value: number | null;
  /**
   * - `sum`: over the periods.
   * - `mean`: of the periods, for distinct counts, which are never added up.
   * - `quotient`: of two sums.
   */
  readonly kind: 'sum' | 'mean' | 'quotient';
  /** What a quotient divides, and by what. */
  readonly parts?: { readonly numerator: number; readonly denominator: number };
}

/**
 * One figure for the periods of an answer: additive measures are summed, exactly; ratios are the sum of the one over the sum of the
 * other; distinct counts are averaged over the periods that have one.
 *
 * @param rows a row for each period
 * @param columns the declared columns, with the hidden ones that ratios need
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID` for a measure that no sum of the answer's columns gives
 */
export function totalOf(
  metric: string,
  rows: readonly AnswerRow[],
  name: string,
  columns: readonly AnswerColumn[],
): Total {
  const column = columns.find((one) => one.name === name);
  const fail = (problem: string): never => {
    throw new HeadwaterError('METRIC_PARAMETERS_INVALID', {
      metric,
      problem: `${name} has no total over periods: ${problem}. Ask with the grain all`,
    });
  };
  if (!column) return fail('the answer has no such column');
  if (column.kind === 'ratio' && column.isOfTotal !== true) {
    const of = (part: string | undefined) => ifAdditive(columns.find((one) => one.name === part));
    const [numerator, denominator] = [of(column.numerator), of(column.denominator)];
    if (!numerator || !denominator)
      return fail(`it is ${column.numerator} over ${column.denominator}, of which one does not add up`);
    const parts = {
      numerator: sumOf(rows, numerator) ?? 0,
      denominator: (sumOf(rows, denominator) ?? 0) * (column.denominatorTimes ?? 1),
    };
    return {
      kind: 'quotient',
      parts,
      value: parts.denominator === 0 ? null : parts.numerator / parts.denominator,
    };
  }
  if (ifAdditive(column)) return { kind: 'sum', value: sumOf(rows, column) };
  if (column.kind !== 'distinct') return fail(`it is a ${column.kind} that does not add up`);
  const figures = rows.flatMap((row) => figureOf(row, name) ?? []);
  return {
    kind: 'mean',
    value: figures.length === 0 ? null : figures.reduce((sum, one) => sum + one, 0) / figures.length,
  };
}

const ifAdditive = (column: AnswerColumn | undefined): AnswerColumn | undefined =>
  column?.additive === 'all' || column?.additive === 'time' ? column : undefined;

/** The sum of a column. Decimals are added as whole numbers of their last digit, so that cents stay exact. */
function sumOf(rows: readonly AnswerRow[], { name, type }: AnswerColumn): number | null {
  const figures = rows.flatMap((row) => figureOf(row, name) ?? []);
  if (figures.length === 0) return null;
  const scale = type.kind === 'decimal' ? type.scale : 0;
  if (type.kind === 'double') return figures.reduce((sum, one) => sum + one, 0);
  const digits = figures.reduce((sum, one) => sum + BigInt(Math.round(one * 10 ** scale)), 0n);
  return Number(digits) / 10 ** scale;
}
