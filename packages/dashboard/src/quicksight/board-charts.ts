import type { Metric, MetricRegistry } from '@headwater/queries';
import { chartTiles, figureTiles } from '../ask/tiles.ts';
import type { ChartMark } from '../chart/chart-spec.ts';
import { metricTitle } from '../chart/column-words.ts';
import { chosenGrains } from './parameters.ts';

/** A chart that a dashboard wants: a question, and how it is drawn. */
export interface BoardChart {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly sheet: 'overview' | 'metrics';
  readonly metric: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The metric's own chart without it. */
  readonly mark?: ChartMark;
  readonly measures?: readonly string[];
  /** Columns of twelve. */
  readonly span: number;
  /** Whether its periods are as long as the reader chooses. */
  readonly hasGrain: boolean;
}

/**
 * The charts of a dashboard: the figures and charts of the page, and on a second sheet the own chart of every metric that is not among them.
 */
export function boardCharts(metrics: MetricRegistry): readonly BoardChart[] {
  const figures = figureTiles.map(
    ({ id, title, metric, measure }): BoardChart => ({
      id: `figure-${id}`,
      title,
      sheet: 'overview',
      metric,
      // Days, whatever the grain: a figure of visitors is the mean of days.
      parameters: { grain: 'day' },
      mark: 'kpi',
      measures: [measure],
      span: 2,
      hasGrain: false,
    }),
  );
  const charts = chartTiles.map(
    ({ id, title, metric, parameters, mark, measures, span }): BoardChart => ({
      ...{ id, title, sheet: 'overview', metric, parameters, mark, measures, span },
      hasGrain: mark === 'line',
    }),
  );
  const shown = new Set([...figures, ...charts].map(({ metric }) => metric));
  const others = Object.values(metrics).flatMap((metric): BoardChart[] =>
    metric === undefined || shown.has(metric.name)
      ? []
      : [
          {
            id: `metric-${metric.name}`,
            title: metricTitle(metric.name),
            sheet: 'metrics',
            metric: metric.name,
            parameters: {},
            span: 6,
            hasGrain: isOfPeriods(metric),
          },
        ],
  );
  return [...figures, ...charts, ...others];
}

/** Whether the own chart of a metric is a line over periods, whose length a reader can choose. */
function isOfPeriods(metric: Metric): boolean {
  const day = { from: '2000-01-01', to: '2000-01-01' };
  const read = metric.parameters.safeParse(day);
  if (!read.success || metric.chart(read.data as never).mark !== 'line') return false;
  return chosenGrains.every((grain) => metric.parameters.safeParse({ ...day, grain }).success);
}
