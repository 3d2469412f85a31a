import { RemovalPolicy } from 'aws-cdk-lib';
import { type ILogGroup, LogGroup, LogStream, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/**
 * A group of logs that a service writes to by its name, so that none is made without an end. It goes with the stack.
 *
 * @param days how long events are kept, one of those that CloudWatch knows
 * @param streams of services that do not make their own
 */
export function logGroup(
  scope: Construct,
  id: string,
  {
    name,
    days,
    streams = [],
  }: { readonly name: string; readonly days: number; readonly streams?: readonly string[] },
): ILogGroup {
  const group = new LogGroup(scope, id, {
    logGroupName: name,
    retention: days as RetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  for (const logStreamName of streams)
    new LogStream(group, logStreamName, {
      logGroup: group,
      logStreamName,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  return group as ILogGroup;
}
