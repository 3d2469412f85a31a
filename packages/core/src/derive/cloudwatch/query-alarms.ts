import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { LakeAlarmsConfig, QueryAlarmName } from '../../catalog/lake-alarms-config.ts';
import { queryPlace } from '../../catalog/query-place.ts';
import { byteSize } from '../../options/byte-size.ts';
import { type AlarmSpec, minutes, percent, summed } from './alarm-spec.ts';
import type { CloudWatchMetric } from './metric-alarm.ts';

const states = ['SUCCEEDED', 'FAILED', 'CANCELED'] as const;

/** A metric of the queries of a workgroup that ended in a state (https://docs.aws.amazon.com/athena/latest/ug/query-metrics-viewing.html). */
export const athenaMetric = (
  workgroup: string,
  MetricName: 'ProcessedBytes' | 'QueryQueueTime' | 'TotalExecutionTime',
  state: (typeof states)[number],
): CloudWatchMetric => ({
  Namespace: 'AWS/Athena',
  MetricName,
  Dimensions: [
    { Name: 'QueryState', Value: state },
    { Name: 'QueryType', Value: 'DML' },
    { Name: 'WorkGroup', Value: workgroup },
  ],
});

/** The bytes that queries of a workgroup read, by how they ended: a query that fails has read, too. */
export const scannedBytes = (workgroup: string) =>
  Object.fromEntries(
    states.map((state) => [state.toLowerCase(), athenaMetric(workgroup, 'ProcessedBytes', state)]),
  );

/** The least queries of an hour of which a share says something. */
const leastQueries = 10;

/** Every alarm of the queries of a lake on Athena, but for those that are off. */
export function queryAlarms(target: AwsTarget, config: LakeAlarmsConfig): AlarmSpec<QueryAlarmName>[] {
  const { scannedPerHour = '200 GB', failedShare = 0.2, off = [] } = config;
  const { workgroup } = queryPlace(target);
  const scanned = {
    ...summed(scannedBytes(workgroup)),
    stat: 'Sum',
    period: minutes(60),
    missing: 'notBreaching',
  } as const;
  const alarms: AlarmSpec<QueryAlarmName>[] = [
    {
      ...scanned,
      name: 'queries-scan',
      description: `Queries of ${workgroup} read more than ${scannedPerHour} in an hour`,
      reason: 'scannedPerHour of the config: Athena bills each byte that a query reads',
      periods: 1,
      limit: { above: byteSize('scannedPerHour', scannedPerHour) },
    },
    {
      ...scanned,
      name: 'queries-scan-unusual',
      description: `Queries of ${workgroup} read more than usual at this time of the week for 3 hours`,
      reason:
        'deviations of the config, from what CloudWatch learned of this hour of the week; an hour alone may be a report',
      periods: 3,
      limit: { usual: 'above' },
    },
    {
      name: 'queries-failed',
      description: `More than ${percent(failedShare)} of the queries of ${workgroup} failed in an hour`,
      reason: `failedShare of the config; fewer than ${leastQueries} queries in an hour are no share`,
      metrics: {
        failed: athenaMetric(workgroup, 'TotalExecutionTime', 'FAILED'),
        succeeded: athenaMetric(workgroup, 'TotalExecutionTime', 'SUCCEEDED'),
      },
      stat: 'SampleCount',
      expression: `IF(failed + FILL(succeeded, 0) >= ${leastQueries}, failed / (failed + FILL(succeeded, 0)), 0)`,
      period: minutes(60),
      periods: 1,
      limit: { above: failedShare },
      missing: 'notBreaching',
    },
    {
      name: 'queries-queued',
      description: `Queries of ${workgroup} have waited for more than a minute for Athena in each of 3 times 5 minutes`,
      reason:
        'Athena queues what is above the concurrent queries of the account; a minute is what a reader notices',
      metrics: { waited: athenaMetric(workgroup, 'QueryQueueTime', 'SUCCEEDED') },
      stat: 'Maximum',
      period: minutes(5),
      periods: 3,
      limit: { above: 60_000 },
      missing: 'notBreaching',
    },
  ];
  return alarms.filter(({ name }) => !off.includes(name));
}
