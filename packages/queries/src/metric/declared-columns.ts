import { breakdowns, type NamedBreakdown } from './breakdown.ts';
import type { Dimension } from './dimension.ts';
import type { Measure } from './measure.ts';
import type { Metric } from './metric.ts';

/** What a metric declares of its columns. */
export type MetricColumns = Pick<Metric, 'dimensions' | 'measures' | 'breakdowns'> & {
  /** The break-down by a column of the table that is asked for. */
  readonly byColumn?: NamedBreakdown | undefined;
};

/** The columns of a metric, with that of a break-down by a column of the table. */
export const withColumn = (metric: Metric, breakdown: NamedBreakdown | undefined): MetricColumns =>
  breakdown?.source === undefined ? metric : { ...metric, byColumn: breakdown };

interface DeclaredColumn {
  readonly name: string;
  readonly column: Dimension | Measure;
  /** Whether only some parameters, or a wish for hidden measures, give the column. */
  readonly isOptional: boolean;
}

/** Every column that a row can have, in the order of rows: periods, break-downs, other dimensions, measures. */
export function columnsOf({
  dimensions,
  measures,
  breakdowns: names,
  byColumn,
}: MetricColumns): DeclaredColumn[] {
  const own = Object.entries(dimensions).map(([name, column]) => ({ name, column, isOptional: false }));
  return [
    ...own.filter(({ column }) => column.kind === 'time'),
    ...names.map((name) => ({ name, column: breakdowns[name].dimension, isOptional: true })),
    ...(byColumn ? [{ name: byColumn.name, column: byColumn.dimension, isOptional: true }] : []),
    ...own.filter(({ column }) => column.kind !== 'time'),
    ...Object.entries(measures).map(([name, column]) => ({
      name,
      column,
      isOptional: column.isHidden ?? false,
    })),
  ];
}

/** Whether a declared column says how much. */
export const isMeasure = (column: Dimension | Measure): column is Measure => 'additive' in column;
