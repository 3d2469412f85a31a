import type { AlarmName } from '../../catalog/alarms-config.ts';
import { bufferTimes } from '../../catalog/stream-config.ts';
import { type AlarmSpec, minutes, percent, shareOf } from './alarm-spec.ts';
import type { CloudWatchMetric } from './metric-alarm.ts';
import { type AlarmContext, type FunctionMetric, firehoseMetric, functionMetric } from './stream-metrics.ts';

/** The way to the lake: the transform and the delivery stream. */
export function deliveryAlarms(context: AlarmContext): AlarmSpec<AlarmName>[] {
  const { functions, rejectedShare = 0.05 } = context.config;
  const transformed = (name: FunctionMetric): CloudWatchMetric => functionMetric(context, 'transform', name);
  return [
    ...(functions?.transform === undefined
      ? []
      : [
          {
            name: 'transform-failed',
            description: `More than ${percent(rejectedShare)} of the records were not transformed for 15 minutes. Firehose writes them below its error prefix`,
            reason: 'rejectedShare of the config; fewer than 100 records in 5 minutes are no share',
            metrics: { failed: transformed('Failed'), records: transformed('Records') },
            stat: 'Sum',
            expression: shareOf('failed', 'records'),
            period: minutes(5),
            periods: 3,
            limit: { above: rejectedShare },
            missing: 'notBreaching',
          } as const,
        ]),
    ...ofFirehose(context),
  ];
}

/** https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html */
function ofFirehose({ target: { stream } }: AlarmContext): AlarmSpec<AlarmName>[] {
  const { deliveryStream, bufferSeconds = 300 } = stream ?? {};
  if (deliveryStream === undefined) return [];
  const oldest = Math.max(3 * bufferSeconds, bufferTimes.most);
  const counted = { stat: 'Sum', limit: { above: 0 }, missing: 'notBreaching' } as const;
  return [
    {
      name: 'undelivered',
      description: `The oldest record in ${deliveryStream} has waited for more than ${oldest} seconds`,
      reason: 'three buffers, and at least the 15 minutes that Firehose may buffer',
      metrics: { age: firehoseMetric(deliveryStream, 'DeliveryToS3.DataFreshness') },
      stat: 'Maximum',
      period: minutes(5),
      periods: 2,
      limit: { above: oldest },
      missing: 'notBreaching',
    },
    {
      name: 'delivery-failed',
      description: `S3 refused files of ${deliveryStream} in each of 3 times 5 minutes`,
      reason: 'Firehose repeats what S3 refuses, so that only a refusal that stays is one',
      metrics: { success: firehoseMetric(deliveryStream, 'DeliveryToS3.Success') },
      stat: 'Minimum',
      period: minutes(5),
      periods: 3,
      limit: { below: 1 },
      missing: 'notBreaching',
    },
    {
      ...counted,
      name: 'unconverted',
      description: `${deliveryStream} could not convert records to Parquet. They are below its error prefix, and headwater etl adopt loads them`,
      reason: 'none should fail: the columns of the table are those of the definition',
      metrics: { failed: firehoseMetric(deliveryStream, 'FailedConversion.Records') },
      period: minutes(15),
      periods: 1,
    },
    {
      ...counted,
      name: 'delivery-throttled',
      description: `Kinesis refused reads of ${deliveryStream} in each of 3 times 5 minutes: too many readers share the shards`,
      reason: 'a refused read is repeated; fifteen minutes of them delay the lake',
      metrics: { throttled: firehoseMetric(deliveryStream, 'ThrottledGetRecords') },
      period: minutes(5),
      periods: 3,
    },
  ];
}
