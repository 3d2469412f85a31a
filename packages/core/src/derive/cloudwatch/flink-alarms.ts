import type { AlarmName } from '../../catalog/alarms-config.ts';
import { type AlarmSpec, type Metrics, minutes } from './alarm-spec.ts';
import { type AlarmContext, flinkMetric } from './stream-metrics.ts';

/** The application of Managed Flink. Its metrics: https://docs.aws.amazon.com/managed-flink/latest/java/metrics-dimensions.html. */
export function flinkAlarms({
  config: { flinkApplication: application },
}: AlarmContext): AlarmSpec<AlarmName>[] {
  if (application === undefined) return [];
  const one = (name: string): Metrics => ({ metric: flinkMetric(application, name) });
  const shared = { stat: 'Maximum', period: minutes(1), periods: 3 } as const;
  return [
    {
      ...shared,
      name: 'flink-down',
      description: `${application} has been failing or restarting for 3 minutes, or does not run: it writes its metrics while it runs`,
      reason: 'AWS advises an alarm on any downtime; a restart takes less than 3 minutes',
      metrics: one('downtime'),
      limit: { above: 0 },
      missing: 'breaching',
    },
    {
      ...shared,
      name: 'flink-checkpoints',
      description: `Checkpoints of ${application} failed in each of 3 minutes. A restart repeats what came since the last one`,
      reason: 'one checkpoint may fail; three in a row mean that none will succeed',
      metrics: one('numberOfFailedCheckpoints'),
      expression: 'DIFF(metric)',
      limit: { above: 0 },
      missing: 'notBreaching',
    },
    {
      ...shared,
      name: 'flink-slow-checkpoints',
      description: `Checkpoints of ${application} have taken more than half of the minute between two of them`,
      reason: 'AWS advises half of the interval: beyond it the application does little else',
      metrics: one('lastCheckpointDuration'),
      limit: { above: 30_000 },
      missing: 'notBreaching',
    },
  ];
}
