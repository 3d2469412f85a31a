import type { AwsTarget } from './aws-target.ts';

/** Whether the stream of the config has the events of a table. */
export const carriesTable = ({ stream }: Pick<AwsTarget, 'stream'>, table: string): boolean =>
  stream !== undefined && (stream.tables === undefined || stream.tables.includes(table));

/** The name of the stream that a table's events come by: that of the config, or the table's name. */
export const streamOf = (table: string, target: Pick<AwsTarget, 'stream'>): string =>
  (carriesTable(target, table) ? target.stream?.name : undefined) ?? table;

/** The ARN of a stream. */
export const kinesisArn = ({ partition, region, account }: AwsTarget, stream: string): string =>
  `arn:${partition}:kinesis:${region}:${account}:stream/${stream}`;
