import { z } from 'zod';
import { day, named } from './config-field.ts';

/** The Lambda functions that read the stream itself, by what they do. The first that runs speaks for the stream. */
export const streamReaders = ['sessions', 'alerts', 'detect', 'recommend'] as const;

/** Those that read a stream: the relay reads that of Flink's answers. */
export const kinesisReaders = [...streamReaders, 'relay'] as const;

/** The Lambda functions of a stream: a schedule invokes the reminders, and Firehose the transform. */
export const streamFunctions = [...kinesisReaders, 'reminders', 'transform'] as const;

/** A function of a stream. */
export type StreamFunction = (typeof streamFunctions)[number];

/** The names of alarms, as they end in CloudWatch. */
export const alarmNames = [
  'silence',
  'rejected',
  'late',
  'unread',
  'write-throttled',
  'read-throttled',
  ...streamFunctions.map((name) => `${name}-errors` as const),
  ...streamFunctions.map((name) => `${name}-throttled` as const),
  ...kinesisReaders.map((name) => `${name}-behind` as const),
  'failed-deliveries',
  'transform-failed',
  'undelivered',
  'delivery-failed',
  'unconverted',
  'delivery-throttled',
  'store-throttled',
  'store-errors',
  'messages-undelivered',
  'flink-down',
  'flink-checkpoints',
  'flink-slow-checkpoints',
  'few-events',
  'few-purchases',
  'few-carts',
] as const;

/** The name of an alarm. */
export type AlarmName = (typeof alarmNames)[number];

/** Days from the first to the last one, both inside, in the time zone of the table. */
export interface DayRange {
  /** `YYYY-MM-DD`. */
  readonly from: string;
  /** `YYYY-MM-DD`. */
  readonly to: string;
}

/** What the alarms of CloudWatch over a stream watch, and what is too much or too little. All of it has defaults. */
export interface AlarmsConfig {
  /** The ARN of the SNS topic that alarms tell. Absent: they tell nobody, and are seen in the console. CloudWatch takes no FIFO topic. */
  readonly topicArn?: string | undefined;
  /** The namespace of the functions' metrics, as their `HEADWATER_METRICS_NAMESPACE` has it. Defaults to `Headwater`. */
  readonly namespace?: string | undefined;
  /** The names of the Lambda functions, by what they do. Those that are named are watched. Defaults to none. */
  readonly functions?: { readonly [Name in StreamFunction]?: string | undefined } | undefined;
  /** The names of the queues of SQS for what functions gave up. Absent: none is watched. */
  readonly failureQueues?: readonly string[] | undefined;
  /** The name of the application of Managed Flink over the stream. Absent: none is watched. */
  readonly flinkApplication?: string | undefined;
  /** Days on which the shop is not as on others, such as a sale: what is usual is not learned from them. At most ten ranges. */
  readonly unusualDays?: readonly DayRange[] | undefined;
  /** Minutes without an event after which the stream is silent, a multiple of 5 up to 1440. Defaults to 15. */
  readonly silentMinutes?: number | undefined;
  /** The share of records that may be rejected, from 0 to 1. Defaults to 0.05. */
  readonly rejectedShare?: number | undefined;
  /** The share of events that may come too late to be counted, from 0 to 1. Defaults to 0.05. */
  readonly lateShare?: number | undefined;
  /** Seconds that a reader may be behind the stream, 1 to 86400. Defaults to 60. */
  readonly behindSeconds?: number | undefined;
  /**
   * Alarms that are not made, such as `unread` where all readers have enhanced fan-out: they call no GetRecords, whose age it watches.
   * Defaults to none.
   */
  readonly off?: readonly AlarmName[] | undefined;
  /** Standard deviations to the edge of what is usual, 1 to 10. Defaults to 3. */
  readonly deviations?: number | undefined;
}

export const numberWithin = (least: number, most: number, what: string) => {
  const words = `must be ${what} from ${least} to ${most}`;
  return z.number(words).min(least, words).max(most, words);
};

export const share = numberWithin(0, 1, 'a share').optional();

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const functionName = named(/^[A-Za-z0-9_-]{1,64}$/, 'the name of a function: letters, digits and _ -');

/** The greatest number of ranges that a detector excludes (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_AnomalyDetectorConfiguration.html). */
const mostRanges = 10;

/** Days that are not as others. */
export const dayRanges = z
  .array(
    z
      .strictObject({ from: day, to: day })
      .refine(({ from, to }) => from <= to, 'must not end before it begins'),
  )
  .max(mostRanges, `must be at most ${mostRanges} ranges`)
  .optional();

/** The ARN of a topic that alarms may tell. */
export const alarmTopic = named(
  /^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$/,
  'the ARN of a topic that is not FIFO, arn:aws:sns:<region>:<account>:<name>',
);

/** The field `stream.alarms` of a config. */
export const alarmsConfig = z.strictObject({
  topicArn: alarmTopic.optional(),
  namespace: named(/^[^:\s][\x20-\x7e]{0,254}$/, 'at most 255 characters, and no colon at first').optional(),
  functions: z
    .strictObject({
      sessions: functionName,
      alerts: functionName,
      detect: functionName,
      recommend: functionName,
      relay: functionName,
      reminders: functionName,
      transform: functionName,
    } satisfies Record<StreamFunction, z.ZodType>)
    .partial()
    .optional(),
  // An expression reads at most ten metrics of its own (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html).
  failureQueues: z
    .array(named(/^[A-Za-z0-9_-]{1,75}(\.fifo)?$/, 'the name of a queue, letters, digits and _ -'))
    .max(10, 'must be at most 10 queues')
    .optional(),
  flinkApplication: named(/^[a-zA-Z0-9_.-]{1,128}$/, '1 to 128 letters, digits and _ . -').optional(),
  unusualDays: dayRanges,
  silentMinutes: numberWithin(5, 1440, 'a multiple of 5')
    .multipleOf(5, 'must be a multiple of 5 from 5 to 1440')
    .optional(),
  rejectedShare: share,
  lateShare: share,
  behindSeconds: numberWithin(1, 86_400, 'seconds').optional(),
  off: z.array(z.enum(alarmNames, `must be some of ${alarmNames.join(', ')}`)).optional(),
  deviations: numberWithin(1, 10, 'a number').optional(),
});
