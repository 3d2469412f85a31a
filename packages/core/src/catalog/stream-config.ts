import { z } from 'zod';
import { type AlarmsConfig, alarmsConfig } from './alarms-config.ts';
import { named, roleArn, s3Folder } from './config-field.ts';

/** The names of a table's stream on AWS: what its events pass through, from the producer to the lake. They contain no secrets. */
export interface AwsStreamConfig {
  /** The table whose events the stream carries, in a list of one. Defaults to the table of a config that has one only. */
  readonly tables?: readonly string[] | undefined;
  /** The Kinesis data stream of the events, such as `shop-clicks`. */
  readonly name: string;
  /** The DynamoDB table of live sessions, carts, counters and incidents. */
  readonly sessionsTable: string;
  /**
   * The ARN of the SNS topic that incidents and reminders are published to. What is deployed has `headwater-<database>-<table>-incidents` by
   * default.
   */
  readonly topicArn?: string | undefined;
  /** The bucket of records that a function could never process. Defaults to `<bucket of the lake>-poison`. */
  readonly poisonBucket?: string | undefined;
  /** The name of the Firehose delivery stream that writes the events to `landing`. Publishing creates it. Absent: the table has none. */
  readonly deliveryStream?: string | undefined;
  /** The folder that Firehose writes to. Files of a table are below `<landing>/<table>/`. Defaults to `<lake>/<table>__stream/`. */
  readonly landing?: string | undefined;
  /**
   * The ARN of the Lambda function that cleans records on their way through Firehose. Absent: records land as they came, as texts, and
   * are cleaned when they are adopted.
   */
  readonly transform?: string | undefined;
  /**
   * Without a transform: the JSON keys of columns in the records, where they are not the names of the columns, such as
   * `{ user_id: 'userId' }`.
   */
  readonly keys?: Readonly<Record<string, string>> | undefined;
  /** The ARN of the role that Firehose runs as. Defaults to `headwater-<database>-firehose` of the account. */
  readonly role?: string | undefined;
  /** A file is written once its buffer has so many MiB, 64 to 128. Defaults to 128. */
  readonly bufferSize?: number | undefined;
  /** A file is written after so many seconds at the latest, 60 to 900. Defaults to 300. */
  readonly bufferSeconds?: number | undefined;
  /** What the alarms of CloudWatch watch. Optional: without it, `headwater derive alarms` makes them with the defaults. */
  readonly alarms?: AlarmsConfig | undefined;
}

/** A name of Kinesis or Firehose (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html). */
const streamName = (most: number) =>
  named(new RegExp(`^[A-Za-z0-9_.-]{1,${most}}$`), `1 to ${most} letters, digits and _ . -`);

const service = (name: string, resource: string, words: string) =>
  named(new RegExp(`^arn:aws[a-z-]*:${name}:[a-z0-9-]+:[0-9]{12}:${resource}$`), words);

/** The function without a version, or with one (https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html). */
export const functionArn = service(
  'lambda',
  'function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_$-]+)?',
  'the ARN of a function, arn:aws:lambda:<region>:<account>:function:<name>',
);

/** MiB of a buffer where formats are converted (https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html). */
export const bufferSizes = { least: 64, most: 128 } as const;
/** Seconds of a buffer where partitions are dynamic (https://docs.aws.amazon.com/firehose/latest/dev/buffering-hints.html). */
export const bufferTimes = { least: 60, most: 900 } as const;

const within = ({ least, most }: { least: number; most: number }) => {
  const what = `must be a whole number from ${least} to ${most}`;
  return z.number(what).int(what).min(least, what).max(most, what).optional();
};

/** The field `stream` of a config. */
export const streamConfig = z.strictObject({
  tables: z
    .array(z.string('must be a table'))
    .length(1, 'must name one table: a stream carries the events of one')
    .optional(),
  name: streamName(128),
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
  sessionsTable: named(/^[A-Za-z0-9_.-]{3,255}$/, '3 to 255 letters, digits and _ . -'),
  topicArn: service(
    'sns',
    '[A-Za-z0-9_-]{1,256}(\\.fifo)?',
    'the ARN of a topic, arn:aws:sns:<region>:<account>:<name>',
  ).optional(),
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  poisonBucket: named(
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'the name of a bucket: 3 to 63 lower-case letters, digits and . -',
  ).optional(),
  deliveryStream: streamName(64).optional(),
  landing: s3Folder.optional(),
  transform: functionArn.optional(),
  // https://docs.aws.amazon.com/firehose/latest/APIReference/API_OpenXJsonSerDe.html
  keys: z
    .record(z.string(), z.string('must be a key').regex(/\S/, 'must be a key of the records, and not blank'))
    .optional(),
  role: roleArn.optional(),
  bufferSize: within(bufferSizes),
  bufferSeconds: within(bufferTimes),
  alarms: alarmsConfig.optional(),
});

/**
 * Problems of a stream's names with the rest of a config.
 *
 * @param place where the lake is
 */
export function streamProblems(
  stream: AwsStreamConfig | undefined,
  { region, location }: { readonly region: string; readonly location: string },
): { field: string; problem: string }[] {
  if (stream === undefined) return [];
  const ofDelivery = ['landing', 'transform', 'keys', 'role', 'bufferSize', 'bufferSeconds'] as const;
  const elsewhere = (['topicArn', 'transform'] as const).filter(
    (field) => stream[field] !== undefined && stream[field].split(':')[3] !== region,
  );
  return [
    ...(stream.landing === location
      ? [
          {
            field: 'stream.landing',
            problem: `must not be the lake at ${location}: only loads write there, and list what they wrote`,
          },
        ]
      : []),
    ...(stream.alarms?.topicArn !== undefined && stream.alarms.topicArn.split(':')[3] !== region
      ? [
          {
            field: 'stream.alarms.topicArn',
            problem: `must be in ${region}: an alarm tells topics of its own region`,
          },
        ]
      : []),
    ...elsewhere.map((field) => ({
      field: `stream.${field}`,
      problem: `must be in ${region}, the region of the stream`,
    })),
    ...(stream.keys !== undefined && stream.transform !== undefined
      ? [
          {
            field: 'stream.keys',
            problem: 'is for records without stream.transform: what it writes has the names of the columns',
          },
        ]
      : []),
    ...(stream.deliveryStream === undefined
      ? ofDelivery
          .filter((field) => stream[field] !== undefined)
          .map((field) => ({
            field: `stream.${field}`,
            problem: 'is of the delivery stream; set stream.deliveryStream as well',
          }))
      : []),
  ];
}
