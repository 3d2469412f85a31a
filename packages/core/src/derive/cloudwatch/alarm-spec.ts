import type { CloudWatchMetric } from './metric-alarm.ts';
import type { MetricStatistic } from './stream-metrics.ts';

/** Metrics by the names that an expression gives them. */
export type Metrics = Readonly<Record<string, CloudWatchMetric>>;

/** What one alarm watches. */
export interface AlarmSpec<Name extends string = string> {
  /** Ends the name of the alarm. */
  readonly name: Name;
  /** When it is in alarm, and what that means. */
  readonly description: string;
  /** Why the limit is what it is, in one sentence without a period. */
  readonly reason: string;
  /** The metrics, by id. Without an expression there is one. */
  readonly metrics: Metrics;
  readonly stat: MetricStatistic;
  /** Metric math over the ids (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html). */
  readonly expression?: string;
  /** Seconds. */
  readonly period: number;
  /** How many periods are looked at, of which all have to be beyond the limit. */
  readonly periods: number;
  /** The limit, or beyond which edge of what is usual at that time of day and week. */
  readonly limit:
    | { readonly above: number }
    | { readonly below: number }
    | { readonly usual: 'above' | 'below' };
  /** What a period without data is. */
  readonly missing: 'breaching' | 'notBreaching';
}

/** Seconds of minutes. */
export const minutes = (count: number): number => count * 60;

/** A share in words, such as `5 %`. */
export const percent = (share: number): string => `${Number((share * 100).toFixed(4))} %`;

/** The least records of a period of which a share says something. */
const leastRecords = 100;

/**
 * A share of a sum, or 0 where the sum says too little. A period in which the first is missing has no data.
 * @param part the ids of what is counted and of all
 */
export const shareOf = (part: string, all: string): string =>
  `IF(${all} >= ${leastRecords}, ${part} / ${all}, 0)`;

/** The sum of metrics. One that AWS has never written is missing, and adds nothing. */
export const summed = (metrics: Metrics) => ({
  metrics,
  expression: Object.keys(metrics)
    .map((id) => `FILL(${id}, 0)`)
    .join(' + '),
});

/**
 * What is usual of a metric or an expression, as a band
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html).
 *
 * @param id of what is compared with it
 * @param deviations from what is usual to an edge of the band. Defaults to 3
 */
export const usualBand = (id: string, deviations = 3): string =>
  `ANOMALY_DETECTION_BAND(${id}, ${deviations})`;
