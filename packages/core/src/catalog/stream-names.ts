import { HeadwaterError } from '../errors/headwater-error.ts';
import { type StreamFunction, streamFunctions } from './alarms-config.ts';
import type { AwsTarget } from './aws-target.ts';
import { carriesTable, streamOf } from './kinesis-stream.ts';
import { s3Place } from './s3-place.ts';

/** The names of what a table's events pass through on AWS: those of the config, and defaults for what it leaves open. */
export interface StreamNames {
  /** The Kinesis data stream. */
  readonly stream: string;
  /** The DynamoDB table of live sessions, carts, counters and incidents. */
  readonly sessionsTable: string;
  /** The SNS topic of incidents and reminders. */
  readonly topicArn: string;
  /** The bucket of records that a function could never process. */
  readonly poisonBucket: string;
  /** The Lambda functions. The role and the schedule of one have its name as well. */
  readonly functions: Readonly<Record<StreamFunction, string>>;
}

/** The maximum of a function and of a role, which have the same name (https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html). */
const mostOfFunction = 64;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const mostOfBucket = 63;

/**
 * The names of a table's stream, the same for derived policies, alarms, and what is deployed.
 *
 * @param table whose events the stream carries
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` for a default that AWS refuses: it says which word of the config replaces it
 * @example streamNames('clickstream', target).functions.sessions // 'headwater-shop-clickstream-sessions'
 */
export function streamNames(table: string, target: AwsTarget): StreamNames {
  const { partition, region, account, database, location } = target;
  const stream = carriesTable(target, table) ? target.stream : undefined;
  const own = `headwater-${database}-${table}`;
  const named = {
    ...stream?.alarms?.functions,
    ...(stream?.transform === undefined ? {} : { transform: stream.transform.split(':')[6] }),
  };
  const nameOf = (name: StreamFunction): string =>
    within(named[name] ?? `${own}-${name}`, mostOfFunction, 'function', `alarms.functions.${name}`);
  return {
    stream: streamOf(table, target),
    sessionsTable: stream?.sessionsTable ?? `${own}-sessions`,
    topicArn: stream?.topicArn ?? `arn:${partition}:sns:${region}:${account}:${own}-incidents`,
    poisonBucket: within(
      stream?.poisonBucket ?? `${s3Place(target, location).bucket}-poison`,
      mostOfBucket,
      'bucket',
      'poisonBucket',
    ),
    functions: Object.fromEntries(streamFunctions.map((name) => [name, nameOf(name)])) as Record<
      StreamFunction,
      string
    >,
  };
}

function within(name: string, limit: number, kind: string, word: string): string {
  if (name.length <= limit) return name;
  throw new HeadwaterError('AWS_LIMIT_EXCEEDED', {
    what: `The name of the ${kind} ${name}`,
    size: name.length,
    limit,
    unit: 'characters',
    fix: `Set aws.stream.${word} in the config`,
  });
}

/** The ARN of a function. */
export const lambdaArn = ({ partition, region, account }: AwsTarget, name: string): string =>
  `arn:${partition}:lambda:${region}:${account}:function:${name}`;

/** The SQS queue of deliveries that a function gave up. */
export const failureQueue = (functionName: string): string => `${functionName}-failures`;

/** The group of a function's logs. */
export const functionLogs = (functionName: string): string => `/aws/lambda/${functionName}`;
