import type { AlarmName } from '../../catalog/alarms-config.ts';
import { type AlarmSpec, minutes, percent, shareOf } from './alarm-spec.ts';
import { deliveryAlarms } from './delivery-alarms.ts';
import { flinkAlarms } from './flink-alarms.ts';
import { functionAlarms } from './function-alarms.ts';
import type { CloudWatchMetric } from './metric-alarm.ts';
import { storeAlarms } from './store-alarms.ts';
import { countedEvents, countingFunction } from './stream-counts.ts';
import { type AlarmContext, type FunctionMetric, functionMetric, kinesisMetric } from './stream-metrics.ts';
import { usualAlarms } from './usual-alarms.ts';

/** What the function that counts says of the events: shares of them. */
function ofCounts(context: AlarmContext): AlarmSpec<AlarmName>[] {
  const { rejectedShare = 0.05, lateShare = 0.05 } = context.config;
  const counting = countingFunction(context);
  if (counting === undefined) return [];
  const counted = (name: FunctionMetric): CloudWatchMetric => functionMetric(context, counting, name);
  const shared = { stat: 'Sum', period: minutes(5), periods: 3, missing: 'notBreaching' } as const;
  const reason = (word: string): string =>
    `${word} of the config; fewer than 100 records in 5 minutes are no share`;
  return [
    {
      ...shared,
      name: 'rejected',
      description: `More than ${percent(rejectedShare)} of the records were rejected for 15 minutes. What they lack is at the failure destination`,
      reason: reason('rejectedShare'),
      metrics: { rejected: counted('Poison'), records: counted('Records') },
      expression: shareOf('rejected', 'records'),
      limit: { above: rejectedShare },
    },
    // Pairs of products are kept for as long as a window: nothing is late there.
    ...(counting === 'recommend'
      ? []
      : [
          {
            ...shared,
            name: 'late' as const,
            description: `More than ${percent(lateShare)} of the events came too late to be counted for 15 minutes. The archive has them`,
            reason: reason('lateShare'),
            metrics: { late: counted('Late'), events: counted('Events') },
            expression: shareOf('late', 'events'),
            limit: { above: lateShare },
          },
        ]),
  ];
}

/** The stream itself: nothing comes, too much is rejected, and readers fall behind. */
function ofStream(context: AlarmContext): AlarmSpec<AlarmName>[] {
  const { silentMinutes = 15, behindSeconds = 60 } = context.config;
  const throttled = {
    stat: 'Sum',
    period: minutes(1),
    periods: 5,
    limit: { above: 0 },
    missing: 'notBreaching',
  } as const;
  return [
    {
      name: 'silence',
      description: `No event for ${silentMinutes} minutes. Where nothing comes, no function runs and no metric is written, so missing data is in alarm`,
      reason: 'silentMinutes of the config: as long as the shop can be without a visitor',
      metrics: { events: countedEvents(context) },
      stat: 'Sum',
      period: minutes(5),
      periods: silentMinutes / 5,
      limit: { below: 1 },
      missing: 'breaching',
    },
    ...ofCounts(context),
    {
      name: 'unread',
      description: `The readers of the stream have been more than ${behindSeconds} seconds behind for 5 minutes, or nobody reads it`,
      reason: 'behindSeconds of the config: how old live figures and alerts may be',
      metrics: { age: kinesisMetric(context, 'GetRecords.IteratorAgeMilliseconds') },
      stat: 'Maximum',
      period: minutes(1),
      periods: 5,
      limit: { above: behindSeconds * 1000 },
      missing: 'breaching',
    },
    {
      ...throttled,
      name: 'write-throttled',
      description:
        'Records were throttled for 5 minutes: the stream has too few shards, or a shard too many records',
      reason: 'producers keep and repeat what is throttled; in five minutes their buffers fill',
      metrics: { throttled: kinesisMetric(context, 'WriteProvisionedThroughputExceeded') },
    },
    {
      ...throttled,
      name: 'read-throttled',
      description:
        'Reads were throttled for 5 minutes: more readers share a shard than its 2 MB a second serve',
      reason: 'readers repeat what is throttled; five minutes of it put them behind',
      metrics: { throttled: kinesisMetric(context, 'ReadProvisionedThroughputExceeded') },
    },
  ];
}

/** Every alarm of a stream that its table and the config have something for, but for those that are off. */
export const streamAlarms = (context: AlarmContext): AlarmSpec<AlarmName>[] => {
  const { off = [] } = context.config;
  return [
    ...ofStream(context),
    ...functionAlarms(context),
    ...deliveryAlarms(context),
    ...storeAlarms(context),
    ...flinkAlarms(context),
    ...usualAlarms(context),
  ].filter(({ name }) => !off.includes(name));
};
