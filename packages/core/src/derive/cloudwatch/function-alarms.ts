import {
  type AlarmName,
  kinesisReaders,
  type StreamFunction,
  streamFunctions,
} from '../../catalog/alarms-config.ts';
import { type AlarmSpec, minutes, summed } from './alarm-spec.ts';
import { type AlarmContext, lambdaMetric, queueMetric } from './stream-metrics.ts';

/** Each function of Lambda that is named, and the queues of what they gave up. */
export function functionAlarms({
  config: { functions = {}, behindSeconds = 60, failureQueues = [] },
}: AlarmContext): AlarmSpec<AlarmName>[] {
  const named = <Name extends StreamFunction>(names: readonly Name[]) =>
    names.flatMap((name) => {
      const called = functions[name];
      return called === undefined ? [] : [{ name, called }];
    });
  const counted = { stat: 'Sum', period: minutes(1), limit: { above: 0 }, missing: 'notBreaching' } as const;
  return [
    ...named(streamFunctions).flatMap(({ name, called }): AlarmSpec<AlarmName>[] => [
      {
        ...counted,
        name: `${name}-errors`,
        description: `The function ${called} failed in each of 3 minutes`,
        reason: 'one failure is repeated and mostly passes; three minutes of them do not',
        metrics: { errors: lambdaMetric(called, 'Errors') },
        periods: 3,
      },
      {
        ...counted,
        name: `${name}-throttled`,
        description: `Lambda refused to start ${called} in each of 5 minutes: the account or the function has no concurrency left`,
        reason:
          'refused invocations are repeated, so that a short burst loses nothing and five minutes fall behind',
        metrics: { throttled: lambdaMetric(called, 'Throttles') },
        periods: 5,
      },
    ]),
    ...named(kinesisReaders).map(
      ({ name, called }): AlarmSpec<AlarmName> => ({
        name: `${name}-behind`,
        description: `The function ${called} has been more than ${behindSeconds} seconds behind for 5 minutes. It says so at the end of a batch: one that never ends is in unread and in ${name}-errors`,
        reason: 'behindSeconds of the config: how old live figures and alerts may be',
        metrics: { age: lambdaMetric(called, 'IteratorAge') },
        stat: 'Maximum',
        period: minutes(1),
        periods: 5,
        limit: { above: behindSeconds * 1000 },
        missing: 'notBreaching',
      }),
    ),
    ...(failureQueues.length === 0
      ? []
      : [
          {
            name: 'failed-deliveries' as const,
            description: 'A delivery that a function gave up waits in a failure queue',
            reason: 'every message there is a batch of events that nobody handled',
            ...summed(
              Object.fromEntries(
                failureQueues.map((queue, index) => [
                  `queue${index}`,
                  queueMetric(queue, 'ApproximateNumberOfMessagesVisible'),
                ]),
              ),
            ),
            stat: 'Maximum' as const,
            period: minutes(5),
            periods: 1,
            limit: { above: 0 },
            missing: 'notBreaching' as const,
          },
        ]),
  ];
}
