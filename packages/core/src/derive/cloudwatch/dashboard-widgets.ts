import { type AlarmSpec, usualBand } from './alarm-spec.ts';
import type { WidgetContent, WidgetMetric, WidgetMetricOptions } from './dashboard-body.ts';
import type { CloudWatchMetric } from './metric-alarm.ts';

/** A metric as a widget names it. */
export const widgetMetric = (
  { Namespace, MetricName, Dimensions }: CloudWatchMetric,
  options: WidgetMetricOptions,
): WidgetMetric => [
  Namespace,
  MetricName,
  ...Dimensions.flatMap(({ Name, Value }) => [Name, Value]),
  options,
];

/** How lines are drawn: defaults to sums of five minutes that are not stacked. */
export interface LineOptions {
  readonly stat?: string;
  readonly period?: number;
  readonly stacked?: boolean;
  readonly limits?: readonly { readonly value: number; readonly label: string }[];
}

/** A widget of lines. */
export const lines = (
  region: string,
  title: string,
  metrics: readonly WidgetMetric[],
  { stat = 'Sum', period = 300, stacked = false, limits = [] }: LineOptions = {},
): WidgetContent => ({
  type: 'metric',
  properties: {
    ...{ title, region, view: 'timeSeries', stacked, stat, period, metrics },
    ...(limits.length === 0 ? {} : { annotations: { horizontal: limits } }),
  },
});

/**
 * What an alarm compares, with its limit as a line, or what is usual as a band. So a widget shows what its alarm sees.
 * @param deviations those of the alarm, to the edge of what is usual
 */
export function alarmLines(
  region: string,
  title: string,
  alarm: AlarmSpec,
  deviations?: number,
): WidgetContent {
  const { metrics, expression, stat, period, limit } = alarm;
  const ids = Object.keys(metrics);
  const compared = expression === undefined ? (ids[0] ?? '') : 'result';
  const value = 'above' in limit ? limit.above : 'below' in limit ? limit.below : undefined;
  return lines(
    region,
    title,
    [
      ...Object.entries(metrics).map(([id, metric]) =>
        widgetMetric(metric, { id, label: id, visible: expression === undefined }),
      ),
      ...(expression === undefined ? [] : [[{ id: 'result', expression, label: alarm.name }]]),
      ...(value === undefined
        ? [[{ id: 'usual', expression: usualBand(compared, deviations), label: 'usual' }]]
        : []),
    ],
    { stat, period, limits: value === undefined ? [] : [{ value, label: `limit of ${alarm.name}` }] },
  );
}
