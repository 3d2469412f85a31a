import type { AwsTarget } from '../../catalog/aws-target.ts';
import { kinesisArn } from '../../catalog/kinesis-stream.ts';
import { functionArn } from '../../catalog/stream-config.ts';
import { type StreamPlace, streamPlace } from '../../catalog/stream-place.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';

/** Where the records of a delivery stream come from: a Kinesis data stream, or calls of PutRecord and PutRecordBatch. */
export type FirehoseSource = 'kinesis' | 'direct';

/** What replaces the words of the config about a delivery stream. */
export interface FirehosePlaceOptions {
  /** Its name, 64 characters at most. Defaults to the config's, or `headwater-<database>-<table>`. */
  readonly name?: string | undefined;
  /** Defaults to the Kinesis stream of the config, and to direct calls where it names none. */
  readonly source?: FirehoseSource | undefined;
  /** The folder of the table's files, `s3://bucket/folder/`. Defaults to the config's, or `<lake>/<table>__stream/`. */
  readonly landing?: string | undefined;
  /** The ARN of the function that cleans records. Defaults to the config's. Without one they land as texts. */
  readonly transform?: string | undefined;
}

/** A delivery stream in names. */
export interface FirehosePlace extends StreamPlace {
  readonly name: string;
  /** The ARN of its role. */
  readonly role: string;
  /** The ARN of the Kinesis stream that it reads. Absent: records are put directly. */
  readonly stream?: string;
  /** The ARN of the function that cleans records. */
  readonly transform?: string;
  /** Its group of logs. Firehose does not make it. */
  readonly logGroup: string;
}

/** The maximum of a name (https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html). */
const mostCharacters = 64;

/**
 * The names of a table's delivery stream: options before the config, the config before defaults.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a name that Firehose refuses, a source that the config does not have, a folder that overlaps
 *   the lake, or what is not the ARN of a function
 */
export function firehosePlace(
  table: string,
  target: AwsTarget,
  options: FirehosePlaceOptions = {},
): FirehosePlace {
  const { stream, database } = target;
  const name = options.name ?? stream?.deliveryStream ?? `headwater-${database}-${table}`;
  if (!/^[a-zA-Z0-9_.-]+$/.test(name) || name.length > mostCharacters)
    invalid('name', name, `1 to ${mostCharacters} letters, digits and _ . -; set aws.stream.deliveryStream`);
  const transform = options.transform ?? stream?.transform;
  if (transform !== undefined && !functionArn.safeParse(transform).success)
    invalid(
      'transform',
      transform,
      'the ARN of a function, arn:aws:lambda:<region>:<account>:function:<name>',
    );
  const source = options.source ?? (stream === undefined ? 'direct' : 'kinesis');
  if (source === 'kinesis' && stream === undefined)
    invalid('source', source, 'direct, or aws.stream.name in the config');
  return {
    ...streamPlace(table, target, options),
    name,
    role: firehoseRole(target),
    ...(source === 'kinesis' && stream ? { stream: kinesisArn(target, stream.name) } : {}),
    ...(transform === undefined ? {} : { transform }),
    logGroup: `/aws/kinesisfirehose/${name}`,
  };
}

/** The ARN of the role of delivery streams. */
export const firehoseRole = ({ partition, account, database, stream }: AwsTarget): string =>
  stream?.role ?? `arn:${partition}:iam::${account}:role/headwater-${database}-firehose`;

/** The ARN of a delivery stream. */
export const deliveryStreamArn = ({ partition, region, account }: AwsTarget, name: string): string =>
  `arn:${partition}:firehose:${region}:${account}:deliverystream/${name}`;

function invalid(option: string, value: string, expected: string): never {
  throw new HeadwaterError('OPTION_INVALID', { option, value, expected });
}
