import {
  type AlarmName,
  kinesisReaders,
  type StreamFunction,
  streamFunctions,
  streamReaders,
} from '../../catalog/alarms-config.ts';
import { bufferTimes } from '../../catalog/stream-config.ts';
import { tableActions } from '../../table/action-value.ts';
import type { CloudWatchMetric } from './metric-alarm.ts';
import {
  type AlarmContext,
  type FunctionMetric,
  firehoseMetric,
  flinkMetric,
  functionMetric,
  kinesisMetric,
  lambdaMetric,
  type MetricStatistic,
} from './stream-metrics.ts';

/** Metrics by the names that an expression gives them. */
type Metrics = Readonly<Record<string, CloudWatchMetric>>;

/** What one alarm watches. */
export interface StreamAlarm {
  /** Ends the name of the alarm. */
  readonly name: AlarmName;
  /** When it is in alarm, and what that means. */
  readonly description: string;
  /** The metrics, by id. Without an expression there is one. */
  readonly metrics: Metrics;
  readonly stat: MetricStatistic;
  /** Metric math over the ids (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html). */
  readonly expression?: string;
  /** Seconds. */
  readonly period: number;
  /** How many periods are looked at, of which all have to be beyond the limit. */
  readonly periods: number;
  /** The limit, or what is usual at that time of day and week. */
  readonly limit: { readonly above: number } | { readonly below: number } | 'usual';
  /** What a period without data is. */
  readonly missing: 'breaching' | 'notBreaching';
}

/** The least records of a period of which a share says something. */
const leastRecords = 100;

const minutes = (count: number): number => count * 60;

const percent = (share: number): string => `${Number((share * 100).toFixed(4))} %`;

/**
 * A share of a sum, or 0 where the sum says too little. A period in which the first is missing has no data.
 * @param part the ids of what is counted and of all
 */
const shareOf = (part: string, all: string): string => `IF(${all} >= ${leastRecords}, ${part} / ${all}, 0)`;

/**
 * The function whose counts speak for the stream: it reads every event. That of sessions where no function is named; none where those that
 * are named read no stream.
 */
function countingFunction({ config: { functions = {} } }: AlarmContext): StreamFunction | undefined {
  const isNone = Object.values(functions).every((name) => name === undefined);
  return isNone ? 'sessions' : streamReaders.find((name) => functions[name] !== undefined);
}

/** How many events come: as the function counts them, or records as the stream does. */
function events(context: AlarmContext): CloudWatchMetric {
  const counting = countingFunction(context);
  return counting === undefined
    ? kinesisMetric(context, 'IncomingRecords')
    : functionMetric(context, counting, 'Events');
}

const isNamed = ({ config: { functions = {} } }: AlarmContext, name: StreamFunction): boolean =>
  functions[name] !== undefined;

/** What the function that counts says of the events: shares of them. */
function ofCounts(context: AlarmContext): StreamAlarm[] {
  const { rejectedShare = 0.05, lateShare = 0.05 } = context.config;
  const counting = countingFunction(context);
  if (counting === undefined) return [];
  const counted = (name: FunctionMetric): CloudWatchMetric => functionMetric(context, counting, name);
  const shared = { stat: 'Sum', period: minutes(5), periods: 3, missing: 'notBreaching' } as const;
  return [
    {
      ...shared,
      name: 'rejected',
      description: `More than ${percent(rejectedShare)} of the records were rejected for 15 minutes. What they lack is at the failure destination`,
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
            metrics: { late: counted('Late'), events: counted('Events') },
            expression: shareOf('late', 'events'),
            limit: { above: lateShare },
          },
        ]),
  ];
}

/** The stream itself: nothing comes, too much is rejected, and readers fall behind. */
function ofStream(context: AlarmContext): StreamAlarm[] {
  const { silentMinutes = 15, behindSeconds = 60 } = context.config;
  return [
    {
      name: 'silence',
      description: `No event for ${silentMinutes} minutes. Where nothing comes, no function runs and no metric is written, so missing data is in alarm`,
      metrics: { events: events(context) },
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
      metrics: { age: kinesisMetric(context, 'GetRecords.IteratorAgeMilliseconds') },
      stat: 'Maximum',
      period: minutes(1),
      periods: 5,
      limit: { above: behindSeconds * 1000 },
      missing: 'breaching',
    },
    {
      name: 'write-throttled',
      description:
        'Records were throttled for 5 minutes: the stream has too few shards, or a shard too many records',
      metrics: { throttled: kinesisMetric(context, 'WriteProvisionedThroughputExceeded') },
      stat: 'Sum',
      period: minutes(1),
      periods: 5,
      limit: { above: 0 },
      missing: 'notBreaching',
    },
  ];
}

/** Each function of Lambda that is named. */
function ofFunctions({ config: { functions = {}, behindSeconds = 60 } }: AlarmContext): StreamAlarm[] {
  const named = <Name extends StreamFunction>(names: readonly Name[]) =>
    names.flatMap((name) => {
      const called = functions[name];
      return called === undefined ? [] : [{ name, called }];
    });
  return [
    ...named(streamFunctions).map(
      ({ name, called }): StreamAlarm => ({
        name: `${name}-errors`,
        description: `The function ${called} failed in each of 3 minutes`,
        metrics: { errors: lambdaMetric(called, 'Errors') },
        stat: 'Sum',
        period: minutes(1),
        periods: 3,
        limit: { above: 0 },
        missing: 'notBreaching',
      }),
    ),
    ...named(kinesisReaders).map(
      ({ name, called }): StreamAlarm => ({
        name: `${name}-behind`,
        description: `The function ${called} has been more than ${behindSeconds} seconds behind for 5 minutes. It says so at the end of a batch: one that never ends is in unread and in ${name}-errors`,
        metrics: { age: lambdaMetric(called, 'IteratorAge') },
        stat: 'Maximum',
        period: minutes(1),
        periods: 5,
        limit: { above: behindSeconds * 1000 },
        missing: 'notBreaching',
      }),
    ),
  ];
}

/** The way to the lake: the transform and the delivery stream. */
function ofDelivery(context: AlarmContext): StreamAlarm[] {
  const { rejectedShare = 0.05 } = context.config;
  const { deliveryStream, bufferSeconds = 300 } = context.target.stream ?? {};
  const oldest = Math.max(3 * bufferSeconds, bufferTimes.most);
  const transformed = (name: FunctionMetric): CloudWatchMetric => functionMetric(context, 'transform', name);
  return [
    ...(isNamed(context, 'transform')
      ? [
          {
            name: 'transform-failed',
            description: `More than ${percent(rejectedShare)} of the records were not transformed for 15 minutes. Firehose writes them below its error prefix`,
            metrics: { failed: transformed('Failed'), records: transformed('Records') },
            stat: 'Sum',
            expression: shareOf('failed', 'records'),
            period: minutes(5),
            periods: 3,
            limit: { above: rejectedShare },
            missing: 'notBreaching',
          } as const,
        ]
      : []),
    ...(deliveryStream === undefined
      ? []
      : [
          {
            name: 'undelivered',
            description: `The oldest record in ${deliveryStream} has waited for more than ${oldest} seconds`,
            metrics: { age: firehoseMetric(deliveryStream, 'DeliveryToS3.DataFreshness') },
            stat: 'Maximum',
            period: minutes(5),
            periods: 2,
            limit: { above: oldest },
            missing: 'notBreaching',
          } as const,
        ]),
  ];
}

/** The application of Managed Flink. Its metrics: https://docs.aws.amazon.com/managed-flink/latest/java/metrics-dimensions.html. */
function ofFlink({ config: { flinkApplication: application } }: AlarmContext): StreamAlarm[] {
  if (application === undefined) return [];
  const one = (name: string): Metrics => ({ metric: flinkMetric(application, name) });
  const shared = { stat: 'Maximum', period: minutes(1), periods: 3 } as const;
  return [
    {
      ...shared,
      name: 'flink-down',
      description: `${application} has been failing or restarting for 3 minutes, or does not run: it writes its metrics while it runs`,
      metrics: one('downtime'),
      limit: { above: 0 },
      missing: 'breaching',
    },
    {
      ...shared,
      name: 'flink-checkpoints',
      description: `Checkpoints of ${application} failed in each of 3 minutes. A restart repeats what came since the last one`,
      metrics: one('numberOfFailedCheckpoints'),
      expression: 'DIFF(metric)',
      limit: { above: 0 },
      missing: 'notBreaching',
    },
    {
      ...shared,
      name: 'flink-slow-checkpoints',
      description: `Checkpoints of ${application} have taken more than half of the minute between two of them`,
      metrics: one('lastCheckpointDuration'),
      limit: { above: 30_000 },
      missing: 'notBreaching',
    },
  ];
}

/**
 * What is less than usual. Only the lower edge is watched: a sale is above the upper one as a flood of bots is, and detectors tell them
 * apart. Hours in which nothing comes are of `silence`.
 */
function ofUsual(context: AlarmContext): StreamAlarm[] {
  const actions = tableActions(context.schema);
  const counting = countingFunction(context);
  const usual = { stat: 'Sum', limit: 'usual', missing: 'notBreaching' } as const;
  const sessions = (name: FunctionMetric): CloudWatchMetric => functionMetric(context, 'sessions', name);
  return [
    {
      ...usual,
      name: 'few-events',
      description: 'Fewer events than usual at this time of the week for 15 minutes',
      metrics: { events: events(context) },
      period: minutes(5),
      periods: 3,
    },
    // Only the function of sessions counts actions.
    ...(counting === 'sessions' && actions.has('purchase')
      ? [
          {
            ...usual,
            name: 'few-purchases' as const,
            description: 'Fewer purchases than usual at this time of the week for an hour',
            metrics: { purchases: sessions('Purchases') },
            period: minutes(15),
            periods: 4,
          },
        ]
      : []),
    ...(counting === 'sessions' && actions.has('view') && actions.has('cart')
      ? [
          {
            ...usual,
            name: 'few-carts' as const,
            description:
              'Fewer cart events for each view than usual at this time of the week for an hour: people look, and do not put into the cart. A few views more are assumed, so that few of them say little',
            metrics: { carts: sessions('Carts'), views: sessions('Views') },
            expression: '(carts + 1) / (views + 20)',
            period: minutes(15),
            periods: 4,
          },
        ]
      : []),
  ];
}

/** Every alarm of a stream that its table and the config have something for, but for those that are off. */
export const streamAlarms = (context: AlarmContext): StreamAlarm[] => {
  const { off = [] } = context.config;
  return [
    ...ofStream(context),
    ...ofFunctions(context),
    ...ofDelivery(context),
    ...ofFlink(context),
    ...ofUsual(context),
  ].filter(({ name }) => !off.includes(name));
};
