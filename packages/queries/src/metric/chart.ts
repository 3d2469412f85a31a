/** How an answer is drawn, as data for any chart library. `Column` is a column that the metric declares. */
export interface Chart<Column extends string = string> {
  readonly mark: 'line' | 'bar' | 'heatmap' | 'table';
  /** Column along the axis. */
  readonly x: Column;
  /** Columns drawn as values, the main one first. */
  readonly y: readonly Column[];
  /** Column that separates series. */
  readonly series?: Column;
}

/** Parameters of a metric with periods and break-downs. */
interface PeriodParameters<By extends string> {
  readonly grain: string;
  readonly by: 'none' | By;
}

/**
 * The chart of measures by period: lines over the periods; with a break-down, a bar for each part, or a line for each
 * when there are several periods.
 */
export function periodChart<const By extends string, const Column extends string>(
  { grain, by }: PeriodParameters<By>,
  y: readonly [Column, ...Column[]],
): Chart<Column | By | 'period'> {
  if (by === 'none') return { mark: 'line', x: 'period', y };
  if (grain === 'all') return { mark: 'bar', x: by, y };
  return { mark: 'line', x: 'period', y: [y[0]], series: by };
}

/** The chart of a ranking: a bar for each thing, and a series for each part of a break-down. */
export const rankingChart = <
  const Thing extends string,
  const By extends string,
  const Column extends string,
>(
  thing: Thing,
  by: 'none' | By,
  y: Column,
): Chart<Thing | By | Column> => ({
  mark: 'bar',
  x: thing,
  y: [y],
  ...(by === 'none' ? {} : { series: by }),
});
