// The shapes of CloudWatch's API as far as alarms need them, with the API's names
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html). They are assignable to the types of
// @aws-sdk/client-cloudwatch, so the lists are not readonly.

/** A metric in CloudWatch. */
export interface CloudWatchMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: { readonly Name: string; readonly Value: string }[];
}

/** A metric by period, or an expression over others by their ids. */
export type MetricDataQuery = {
  readonly Id: string;
  readonly Label?: string;
  readonly ReturnData: boolean;
} & (
  | {
      readonly MetricStat: {
        readonly Metric: CloudWatchMetric;
        readonly Period: number;
        readonly Stat: string;
      };
    }
  | { readonly Expression: string }
);

/** The input of PutMetricAlarm. */
export interface MetricAlarm {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions: string[];
  readonly OKActions: string[];
  readonly Metrics: MetricDataQuery[];
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm: number;
  readonly ComparisonOperator:
    | 'GreaterThanThreshold'
    | 'LessThanThreshold'
    | 'LessThanLowerThreshold'
    | 'GreaterThanUpperThreshold';
  readonly Threshold?: number;
  /** The id of the band, in place of a threshold. */
  readonly ThresholdMetricId?: string;
  readonly TreatMissingData: 'breaching' | 'notBreaching';
}

/** The input of PutAnomalyDetector (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAnomalyDetector.html). */
export interface AnomalyDetector {
  readonly SingleMetricAnomalyDetector?: CloudWatchMetric & { readonly Stat: string };
  readonly MetricMathAnomalyDetector?: { readonly MetricDataQueries: MetricDataQuery[] };
  readonly Configuration: {
    readonly ExcludedTimeRanges: { readonly StartTime: Date; readonly EndTime: Date }[];
    /** A name of the tz database. Absent where the clock never changes. */
    readonly MetricTimezone?: string;
  };
}

/** A call of CloudWatch, by its own names. */
export type AlarmCall =
  | { readonly service: 'cloudwatch'; readonly operation: 'PutMetricAlarm'; readonly input: MetricAlarm }
  | {
      readonly service: 'cloudwatch';
      readonly operation: 'PutAnomalyDetector';
      readonly input: AnomalyDetector;
    };
