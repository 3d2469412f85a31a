import type { AlarmsConfig, StreamFunction } from '../../catalog/alarms-config.ts';
import type { AwsTarget } from '../../catalog/aws-target.ts';
import { streamOf } from '../../catalog/kinesis-stream.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { CloudWatchMetric, MetricDataQuery } from './metric-alarm.ts';

/** What alarms are derived from. */
export interface AlarmContext {
  readonly schema: TableSchema;
  readonly target: AwsTarget;
  readonly config: AlarmsConfig;
}

/** Metrics that functions write about themselves, and that alarms read. `handlerMetrics` of `@headwater/stream` has them all. */
export type FunctionMetric =
  | 'Records'
  | 'Events'
  | 'Late'
  | 'Poison'
  | 'Failed'
  | 'Views'
  | 'Carts'
  | 'Purchases';

/** The statistic of a metric over a period. */
export type MetricStatistic = 'Sum' | 'Maximum' | 'Minimum' | 'SampleCount';

/** A metric of a function about the events of the table: its dimensions are those that the function writes. */
export const functionMetric = (
  { schema, config }: AlarmContext,
  service: StreamFunction,
  name: FunctionMetric,
): CloudWatchMetric => ({
  Namespace: config.namespace ?? 'Headwater',
  MetricName: name,
  Dimensions: [
    { Name: 'service', Value: service },
    { Name: 'table', Value: schema.name },
  ],
});

/** A metric of AWS with one dimension. */
export const awsMetric =
  (namespace: string, dimension: string) =>
  (of: string, name: string): CloudWatchMetric => ({
    Namespace: `AWS/${namespace}`,
    MetricName: name,
    Dimensions: [{ Name: dimension, Value: of }],
  });

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export const lambdaMetric = awsMetric('Lambda', 'FunctionName');
/** https://docs.aws.amazon.com/firehose/latest/dev/cloudwatch-metrics.html */
export const firehoseMetric = awsMetric('Firehose', 'DeliveryStreamName');
/** https://docs.aws.amazon.com/managed-flink/latest/java/metrics-dimensions.html */
export const flinkMetric = awsMetric('KinesisAnalytics', 'Application');

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export const queueMetric = awsMetric('SQS', 'QueueName');
/** https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html. Its topics are called by name, and not by ARN. */
export const topicMetric = awsMetric('SNS', 'TopicName');
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html */
export const tableMetric = awsMetric('DynamoDB', 'TableName');

/** A metric of the Kinesis stream of the table (https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html). */
export const kinesisMetric = ({ schema, target }: AlarmContext, name: string): CloudWatchMetric =>
  awsMetric('Kinesis', 'StreamName')(streamOf(schema.name, target), name);

/** A metric that an expression, or the alarm itself, reads. */
export const metricQuery = (
  Id: string,
  Metric: CloudWatchMetric,
  Stat: MetricStatistic,
  Period: number,
  ReturnData = false,
): MetricDataQuery => ({ Id, MetricStat: { Metric, Period, Stat }, ReturnData });
