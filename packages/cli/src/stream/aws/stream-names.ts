import { type AwsTarget, streamNames as namesOnAws } from '@headwater/core';

/** The names of a stream's resources on AWS. */
export interface StreamNames {
  /** The Kinesis stream. */
  readonly stream: string;
  /** The DynamoDB table of live sessions and incidents. */
  readonly table: string;
  /** The SNS topic of incidents, and the SQS queue that is subscribed to it. */
  readonly topic: string;
  readonly queue: string;
}

/**
 * The names that `aws.stream` of the config has, and defaults for the others: `headwater-<table>` and what it is.
 *
 * @param table the table of events
 */
export function streamNames(aws: AwsTarget | undefined, table: string): StreamNames {
  const own = `headwater-${table.replaceAll('_', '-')}`;
  const topic = `${own}-incidents`;
  if (aws?.stream === undefined) return { stream: own, table: `${own}-sessions`, topic, queue: topic };
  const { stream, sessionsTable, topicArn } = namesOnAws(table, aws);
  const named = topicArn.split(':').at(-1) ?? topic;
  return { stream, table: sessionsTable, topic: named, queue: named };
}
