import type { AnswerColumn } from '../metric/answer-columns.ts';
import type { DimensionKind } from '../metric/dimension.ts';

/** Dimensions of time: over their values, measures that are additive over time may be summed. */
const ofTime: ReadonlySet<string> = new Set(['time', 'hour', 'weekday'] satisfies DimensionKind[]);

/**
 * A measure over all rows of an answer, in ANSI SQL; undefined where the rows do not say it. Rows of a ranking are not all rows, and
 * a measure that is additive over time alone may not be summed over what events are about.
 *
 * @param nameOf how the expression names a column
 * @example summedExpression(conversionRate, columns, (name) => name) // 'CAST(SUM(buyers) AS DOUBLE PRECISION) / NULLIF(SUM(visitors), 0)'
 */
export function summedExpression(
  column: AnswerColumn,
  columns: readonly AnswerColumn[],
  nameOf: (name: string) => string,
): string | undefined {
  const dimensions = columns.filter(({ role }) => role === 'dimension');
  if (column.role !== 'measure' || dimensions.some(({ kind }) => kind === 'rank' || kind === 'actor'))
    return undefined;
  const isOfTime = dimensions.every(({ kind }) => ofTime.has(kind));
  const sumOf = (name: string | undefined): string | undefined => {
    const additive = columns.find((one) => one.name === name)?.additive;
    const isSummable = additive === 'all' || (additive === 'time' && isOfTime);
    return name !== undefined && isSummable ? `SUM(${nameOf(name)})` : undefined;
  };
  if (column.kind === 'ratio') {
    const [part, whole] = [sumOf(column.numerator), sumOf(column.denominator)];
    if (part === undefined || whole === undefined || column.isOfTotal) return undefined;
    const times = column.denominatorTimes === undefined ? '' : ` * ${column.denominatorTimes}`;
    return `CAST(${part} AS DOUBLE PRECISION) / NULLIF(${whole}${times}, 0)`;
  }
  if (column.kind === 'difference') {
    const [from, less] = [sumOf(column.minuend), sumOf(column.subtrahend)];
    return from === undefined || less === undefined ? undefined : `${from} - ${less}`;
  }
  return sumOf(column.name);
}
