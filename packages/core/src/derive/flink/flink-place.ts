import type { AwsTarget } from '../../catalog/aws-target.ts';
import { carriesTable } from '../../catalog/kinesis-stream.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';

/** What runs Flink SQL on AWS: an application that runs the zip of a job, or a notebook of Studio. */
export type FlinkService = 'application' | 'studio';

/** The application, or the notebook, of a table in names. */
export interface FlinkPlace {
  /** Its name. */
  readonly name: string;
  /** The ARN of its role. */
  readonly role: string;
  /** Its group of logs, and the stream in it. The service makes neither. */
  readonly logGroup: string;
  readonly logStream: string;
}

/** Names that replace the default ones. */
export interface FlinkNames {
  /** Defaults to that of `aws.stream.alarms`, or `headwater-<database>-<table>`, with `-studio` for a notebook. */
  readonly name?: string | undefined;
  /** The ARN of the role. Defaults to `headwater-<database>-flink` of the account, with `-studio` for notebooks. */
  readonly role?: string | undefined;
}

/** What the names of notebooks and their roles end in. */
const endings = { application: '', studio: '-studio' } as const satisfies Record<FlinkService, string>;

/** The stream of logs, as the console names it. */
const logStreamName = 'kinesis-analytics-log-stream';

/**
 * The names of a table's application, or of its notebook.
 *
 * @throws HeadwaterError `OPTION_INVALID`
 * @example flinkPlace('clickstream', target, 'application').name // 'headwater-shop-clickstream'
 */
export function flinkPlace(
  table: string,
  target: AwsTarget,
  service: FlinkService,
  names: FlinkNames = {},
): FlinkPlace {
  const { partition, region, account, database } = target;
  const watched = service === 'application' && carriesTable(target, table);
  const named = watched ? target.stream?.alarms?.flinkApplication : undefined;
  const {
    name = named ?? `headwater-${database}-${table}${endings[service]}`,
    role = flinkRole(target, service),
  } = names;
  if (!/^[a-zA-Z0-9_.-]{1,128}$/.test(name)) fail('name', name, '1 to 128 letters, digits and _ . -');
  if (!/^arn:aws[a-z-]*:iam::[0-9]{12}:role\/[\w+=,.@/-]+$/.test(role))
    fail('role', role, 'the ARN of a role, arn:aws:iam::<account>:role/<name>');
  const logGroup = `arn:${partition}:logs:${region}:${account}:log-group:/aws/kinesis-analytics/${name}`;
  return { name, role, logGroup, logStream: `${logGroup}:log-stream:${logStreamName}` };
}

/** The ARN of the role of applications, or of notebooks, where no option names one. */
export const flinkRole = ({ partition, account, database }: AwsTarget, service: FlinkService): string =>
  `arn:${partition}:iam::${account}:role/headwater-${database}-flink${endings[service]}`;

/** Where the zip of a table's job is, where no option says it: beside the lake, or in a lake that is a whole bucket. */
export function flinkCode({ location }: Pick<AwsTarget, 'location'>, table: string): string {
  const isBucket = location.split('/').length === 3;
  return `${location}${isBucket ? '/' : ''}__flink/${table}.zip`;
}

/**
 * The bucket and the key of a zip.
 * @throws HeadwaterError `OPTION_INVALID`
 */
export function zipPlace(code: string): { readonly bucket: string; readonly key: string } {
  const [, bucket = '', key = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/([^\s*?$]{1,1000}\.zip)$/.exec(code) ??
    fail('code', code, 's3://bucket/key.zip, without * ? and $');
  return { bucket, key };
}

/** The name of the stream that the answers to a question go to. */
export const answersStream = (stream: string, question: string): string => `${stream}-${question}`;

function fail(option: string, value: string, expected: string): never {
  throw new HeadwaterError('OPTION_INVALID', { option, value, expected });
}
