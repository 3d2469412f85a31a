import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { LakeAlarmsConfig, LoadAlarmName } from '../../catalog/lake-alarms-config.ts';
import { type LakeMetric, lakeDimensions, lakeNamespace } from '../load-pipeline/lake-metrics.ts';
import type { PipelineNamesOfTable } from '../load-pipeline/pipeline-place.ts';
import { type AlarmSpec, minutes, percent, shareOf, summed } from './alarm-spec.ts';
import type { CloudWatchMetric } from './metric-alarm.ts';
import { awsMetric, queueMetric } from './stream-metrics.ts';

/** What the alarms of a table's loads are derived from. */
export interface LoadAlarmContext {
  readonly table: string;
  readonly target: AwsTarget;
  readonly config: LakeAlarmsConfig;
  readonly names: PipelineNamesOfTable;
}

/** A metric that the state machine of a table's pipeline writes. */
export const lakeMetric = (
  { target: { database } }: Pick<LoadAlarmContext, 'target'>,
  table: string,
  MetricName: LakeMetric,
): CloudWatchMetric => ({
  Namespace: lakeNamespace,
  MetricName,
  Dimensions: lakeDimensions(database, table),
});

/** A metric of the state machine of a table's pipeline (https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html). */
export const statesMetric = (
  { names, target: { partition, region, account } }: LoadAlarmContext,
  name: string,
): CloudWatchMetric =>
  awsMetric('States', 'StateMachineArn')(
    `arn:${partition}:states:${region}:${account}:stateMachine:${names.stateMachine}`,
    name,
  );
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-monitoring.html */
export const pipeMetric = awsMetric('EventBridge/Pipes', 'PipeName');
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
export const ruleMetric = awsMetric('Events', 'RuleName');

/** Milliseconds that runs of a job took since the last report (https://docs.aws.amazon.com/glue/latest/dg/monitoring-awsglue-with-cloudwatch-metrics.html). */
export const jobElapsed = (job: string): CloudWatchMetric => ({
  Namespace: 'Glue',
  MetricName: 'glue.driver.aggregate.elapsedTime',
  Dimensions: [
    { Name: 'JobName', Value: job },
    { Name: 'JobRunId', Value: 'ALL' },
    { Name: 'Type', Value: 'count' },
  ],
});

const counted = { stat: 'Sum', limit: { above: 0 }, missing: 'notBreaching' } as const;

/** The way from an object that lands to the lake. */
function ofPipeline(context: LoadAlarmContext): AlarmSpec<LoadAlarmName>[] {
  const { names, config } = context;
  const { waitingMinutes = 30, loadMinutes = 240 } = config;
  return [
    {
      ...counted,
      name: 'load-failed',
      description: `A load by ${names.stateMachine} failed, was stopped, or its commit does not verify. The objects are still in the landing folder`,
      reason:
        'the state machine has repeated what a repetition can mend, so that each failure needs somebody',
      ...summed({
        failed: statesMetric(context, 'ExecutionsFailed'),
        late: statesMetric(context, 'ExecutionsTimedOut'),
        stopped: statesMetric(context, 'ExecutionsAborted'),
      }),
      period: minutes(5),
      periods: 1,
    },
    {
      ...counted,
      name: 'load-throttled',
      description: `Step Functions throttled ${names.stateMachine} in each of 3 times 5 minutes`,
      reason:
        'a throttled transition waits and goes on; fifteen minutes of it mean that a quota of the account is used up',
      metrics: { throttled: statesMetric(context, 'ExecutionThrottled') },
      period: minutes(5),
      periods: 3,
    },
    {
      name: 'load-waiting',
      description: `A message that something landed has waited for more than ${waitingMinutes} minutes in ${names.queue}: the pipe does not take it`,
      reason: 'waitingMinutes of the config; the queue itself holds a message for 5.5 minutes',
      metrics: { age: queueMetric(names.queue, 'ApproximateAgeOfOldestMessage') },
      stat: 'Maximum',
      period: minutes(5),
      periods: 2,
      limit: { above: minutes(waitingMinutes) },
      missing: 'notBreaching',
    },
    {
      ...counted,
      name: 'load-not-started',
      description: `The pipe ${names.pipe} could not start executions of ${names.stateMachine}`,
      reason:
        'the message comes back and is tried again, so that one failure in 15 minutes may pass and three do not',
      ...summed({
        failed: pipeMetric(names.pipe, 'ExecutionFailed'),
        late: pipeMetric(names.pipe, 'ExecutionTimeout'),
        throttled: pipeMetric(names.pipe, 'ExecutionThrottled'),
      }),
      period: minutes(5),
      periods: 3,
    },
    {
      ...counted,
      name: 'load-not-asked',
      description: `The rule ${names.rule} could not send to ${names.queue}: what landed meanwhile is loaded with the next object only`,
      reason: 'EventBridge counts what it gave up; each is a load that nobody asked for',
      metrics: { failed: ruleMetric(names.rule, 'FailedInvocations') },
      period: minutes(5),
      periods: 1,
    },
    {
      ...counted,
      name: 'load-long',
      description: `Runs of ${names.job} have taken ${loadMinutes} minutes without a pause`,
      reason:
        'loadMinutes of the config: a run reports its time while it lasts, so that it is seen before it ends',
      metrics: { elapsed: jobElapsed(names.job) },
      period: minutes(15),
      periods: loadMinutes / 15,
    },
  ];
}

/** What came into the lake. */
function ofRows(context: LoadAlarmContext): AlarmSpec<LoadAlarmName>[] {
  const { table } = context;
  const { freshHours = 26, quarantinedShare = 0.05 } = context.config;
  const metric = (name: LakeMetric): CloudWatchMetric => lakeMetric(context, table, name);
  return [
    {
      ...counted,
      name: 'load-repeated',
      description: `Runs of ${context.names.job} failed in each of 3 hours, and were repeated`,
      reason: 'a run fails now and then for want of a machine; three hours of it are a fault that grows',
      metrics: { repeated: metric('RepeatedRuns') },
      period: minutes(60),
      periods: 3,
    },
    {
      name: 'stale',
      description: `For ${freshHours} hours no load has brought an event of ${table} that is younger than ${freshHours} hours. Where nothing is loaded, no metric is written, so missing data is in alarm`,
      reason: 'freshHours of the config: how old the newest figure may be',
      metrics: { age: metric('NewestEventAge') },
      stat: 'Minimum',
      period: minutes(60),
      periods: freshHours,
      limit: { above: freshHours * 3600 },
      missing: 'breaching',
    },
    {
      name: 'quarantined',
      description: `More than ${percent(quarantinedShare)} of the rows that were loaded in an hour were rejected`,
      reason: 'quarantinedShare of the config; fewer than 100 rows in an hour are no share',
      metrics: { rejected: metric('Quarantined'), rows: metric('RowsIn') },
      stat: 'Sum',
      expression: shareOf('rejected', 'rows'),
      period: minutes(60),
      periods: 1,
      limit: { above: quarantinedShare },
      missing: 'notBreaching',
    },
    {
      name: 'few-rows',
      description: `Fewer rows of ${table} than usual were loaded in a day`,
      reason: 'deviations of the config, from what CloudWatch learned of this day of the week',
      metrics: { rows: metric('RowsOut') },
      stat: 'Sum',
      period: 86_400,
      periods: 1,
      limit: { usual: 'below' },
      missing: 'notBreaching',
    },
  ];
}

/** Every alarm of a table's loads, but for those that are off. */
export const loadAlarms = (context: LoadAlarmContext): AlarmSpec<LoadAlarmName>[] =>
  [...ofPipeline(context), ...ofRows(context)].filter(({ name }) => !context.config.off?.includes(name));
