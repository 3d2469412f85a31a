import { Metrics } from '@aws-lambda-powertools/metrics';
import { type HandlerMetric, type HandlerMetrics, handlerMetrics } from './handler-metrics.ts';

/** The dimensions of the metrics. There are no others: each combination of values is a metric that CloudWatch bills. */
export interface EmfMetricsOptions {
  /** Such as `sessions`: the dimension `service`. */
  readonly handler: string;
  /** The table of events: the dimension `table`. */
  readonly table: string;
  /** Defaults to `Headwater`. */
  readonly namespace?: string | undefined;
}

/**
 * Metrics in CloudWatch's embedded format: one line of JSON on standard output for each invocation, from which CloudWatch takes the metrics
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html). The first line of an
 * execution environment has the metric `ColdStart` too; Powertools' own would be a second line.
 *
 * @example
 * ```ts
 * const metrics = createEmfMetrics({ handler: 'sessions', table: clickstream.name });
 * metrics.publish({ Records: 100, Poison: 1 });
 * // {"_aws":{"Timestamp":...,"CloudWatchMetrics":[{"Namespace":"Headwater","Dimensions":[["service","table"]],...}]},
 * //  "service":"sessions","table":"clickstream","Records":100,"Poison":1,"ColdStart":1}
 * ```
 */
export function createEmfMetrics({
  handler,
  table,
  namespace = 'Headwater',
}: EmfMetricsOptions): HandlerMetrics {
  const metrics = new Metrics({ namespace, serviceName: handler, defaultDimensions: { table } });
  let isFirst = true;
  return {
    publish(values) {
      for (const [name, value] of Object.entries(values) as [HandlerMetric, number][])
        metrics.addMetric(name, handlerMetrics[name].unit, value);
      if (isFirst) metrics.addMetric('ColdStart', handlerMetrics.ColdStart.unit, 1);
      isFirst = false;
      metrics.publishStoredMetrics();
    },
  };
}
