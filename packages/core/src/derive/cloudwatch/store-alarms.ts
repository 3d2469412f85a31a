import type { AlarmName } from '../../catalog/alarms-config.ts';
import { type AlarmSpec, minutes, summed } from './alarm-spec.ts';
import { type AlarmContext, tableMetric, topicMetric } from './stream-metrics.ts';

/** What the stores of sessions and incidents call. DynamoDB counts its own faults by operation only. */
const operations = [
  'BatchGetItem',
  'GetItem',
  'PutItem',
  'Query',
  'TransactWriteItems',
  'UpdateItem',
] as const;

/** The table of sessions and incidents, and the topic of alerts. */
export function storeAlarms({ target: { stream } }: AlarmContext): AlarmSpec<AlarmName>[] {
  if (stream === undefined) return [];
  const { sessionsTable: table, topicArn } = stream;
  const counted = { stat: 'Sum', limit: { above: 0 }, missing: 'notBreaching' } as const;
  return [
    {
      ...counted,
      name: 'store-throttled',
      description: `DynamoDB throttled ${table} in each of 5 minutes: one key, or the whole table, has more than its capacity`,
      reason: 'the handlers repeat what is throttled, so that a burst passes and five minutes fall behind',
      ...summed({
        reads: tableMetric(table, 'ReadThrottleEvents'),
        writes: tableMetric(table, 'WriteThrottleEvents'),
      }),
      period: minutes(1),
      periods: 5,
    },
    {
      ...counted,
      name: 'store-errors',
      description: `DynamoDB itself failed on ${table} in each of 3 minutes`,
      reason: 'single faults of DynamoDB are repeated; three minutes of them are an outage',
      ...summed(
        Object.fromEntries(
          operations.map((operation, index) => {
            const { Dimensions, ...metric } = tableMetric(table, 'SystemErrors');
            const of = [...Dimensions, { Name: 'Operation', Value: operation }];
            return [`errors${index}`, { ...metric, Dimensions: of }];
          }),
        ),
      ),
      period: minutes(1),
      periods: 3,
    },
    ...(topicArn === undefined
      ? []
      : [
          {
            ...counted,
            name: 'messages-undelivered' as const,
            description: `SNS could not deliver messages of ${nameOf(topicArn)} to a subscriber`,
            reason: 'SNS has repeated each of them before it counts it: somebody was not told',
            metrics: { failed: topicMetric(nameOf(topicArn), 'NumberOfNotificationsFailed') },
            period: minutes(5),
            periods: 1,
          },
        ]),
  ];
}

const nameOf = (arn: string): string => arn.split(':').at(-1) ?? arn;
