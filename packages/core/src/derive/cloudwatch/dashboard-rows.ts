import { kinesisReaders, streamFunctions } from '../../catalog/alarms-config.ts';
import type { AwsTarget } from '../../catalog/aws-target.ts';
import { queryPlace } from '../../catalog/query-place.ts';
import { type AlarmSpec, summed } from './alarm-spec.ts';
import type { DashboardRow, WidgetContent } from './dashboard-body.ts';
import { alarmLines, type LineOptions, lines, widgetMetric } from './dashboard-widgets.ts';
import { jobElapsed, type LoadAlarmContext, lakeMetric, loadAlarms, statesMetric } from './load-alarms.ts';
import type { CloudWatchMetric } from './metric-alarm.ts';
import { athenaMetric, queryAlarms, scannedBytes } from './query-alarms.ts';
import { streamAlarms } from './stream-alarms.ts';
import {
  type AlarmContext,
  firehoseMetric,
  kinesisMetric,
  lambdaMetric,
  tableMetric,
} from './stream-metrics.ts';

/** Lines by their labels. */
const drawn = (
  { region }: AwsTarget,
  title: string,
  metrics: Readonly<Record<string, CloudWatchMetric>>,
  options?: LineOptions,
): WidgetContent =>
  lines(
    region,
    title,
    Object.entries(metrics).map(([label, metric]) => widgetMetric(metric, { label })),
    options,
  );

/** Widgets of those alarms that are made. */
const ofAlarms = (
  { region }: AwsTarget,
  alarms: readonly AlarmSpec[],
  titles: Readonly<Record<string, string>>,
  deviations: number | undefined,
): WidgetContent[] =>
  Object.entries(titles).flatMap(([name, title]) =>
    alarms
      .filter((alarm) => alarm.name === name)
      .map((alarm) => alarmLines(region, title, alarm, deviations)),
  );

/** The stream of a table, from what comes to what is delivered. */
export function streamRow(context: AlarmContext): DashboardRow {
  const { target, config } = context;
  const titles = {
    'few-events': 'Events, and what is usual',
    'few-purchases': 'Purchases, and what is usual',
    unread: 'How far readers are behind (ms)',
    rejected: 'Share of records that are rejected',
    late: 'Share of events that come too late',
    undelivered: 'Age of the oldest record in Firehose (s)',
  };
  return {
    heading: 'Stream',
    widgets: [
      drawn(target, 'Records', {
        'came in': kinesisMetric(context, 'IncomingRecords'),
        'writes refused': kinesisMetric(context, 'WriteProvisionedThroughputExceeded'),
        'reads refused': kinesisMetric(context, 'ReadProvisionedThroughputExceeded'),
      }),
      ...ofAlarms(
        target,
        streamAlarms({ ...context, config: { ...config, off: [] } }),
        titles,
        config.deviations,
      ),
    ],
  };
}

/** The functions of Lambda that are named. */
export function functionsRow({ target, config: { functions = {} } }: AlarmContext): DashboardRow {
  const named = (names: readonly (typeof streamFunctions)[number][], metric: string) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const called = functions[name];
        return called === undefined ? [] : [[name, lambdaMetric(called, metric)]];
      }),
    );
  const charts = [
    ['Invocations', streamFunctions, 'Invocations', {}],
    ['Failures', streamFunctions, 'Errors', {}],
    ['Refused for want of concurrency', streamFunctions, 'Throttles', {}],
    ['Duration of the slowest in a hundred (ms)', streamFunctions, 'Duration', { stat: 'p99' }],
    ['Behind the stream (ms)', kinesisReaders, 'IteratorAge', { stat: 'Maximum' }],
  ] as const;
  return {
    heading: 'Functions',
    widgets: charts.flatMap(([title, names, metric, options]) => {
      const metrics = named(names, metric);
      return Object.keys(metrics).length === 0 ? [] : [drawn(target, title, metrics, options)];
    }),
  };
}

/** The loads of a table. */
export function loadsRow(context: LoadAlarmContext): DashboardRow {
  const { target, table, config, names } = context;
  const hourly = { period: 3600 };
  const alarms = loadAlarms({ ...context, config: { ...config, off: [] } });
  return {
    heading: `Loads of ${table}`,
    widgets: [
      drawn(
        target,
        'Rows of commits',
        {
          'into the lake': lakeMetric(context, table, 'RowsOut'),
          duplicates: lakeMetric(context, table, 'Duplicates'),
          rejected: lakeMetric(context, table, 'Quarantined'),
          filtered: lakeMetric(context, table, 'Filtered'),
        },
        { ...hourly, stacked: true },
      ),
      ...ofAlarms(
        target,
        alarms,
        { stale: 'Age of the newest event (s)', quarantined: 'Share of rows that are rejected' },
        config.deviations,
      ),
      drawn(
        target,
        'Executions',
        {
          started: statesMetric(context, 'ExecutionsStarted'),
          succeeded: statesMetric(context, 'ExecutionsSucceeded'),
          failed: statesMetric(context, 'ExecutionsFailed'),
          'runs repeated': lakeMetric(context, table, 'RepeatedRuns'),
        },
        hourly,
      ),
      drawn(target, 'Time of the job (ms)', { [names.job]: jobElapsed(names.job) }, hourly),
      ...ofAlarms(
        target,
        alarms,
        { 'load-waiting': 'Age of the oldest message of what landed (s)' },
        undefined,
      ),
    ],
  };
}

/** Queries on Athena. */
export function queriesRow(target: AwsTarget): DashboardRow {
  const { workgroup } = queryPlace(target);
  const byState = (metric: 'TotalExecutionTime' | 'QueryQueueTime') => ({
    succeeded: athenaMetric(workgroup, metric, 'SUCCEEDED'),
    failed: athenaMetric(workgroup, metric, 'FAILED'),
    canceled: athenaMetric(workgroup, metric, 'CANCELED'),
  });
  return {
    heading: `Queries of ${workgroup}`,
    widgets: [
      ...ofAlarms(
        target,
        queryAlarms(target, { ...target.alarms, off: [] }),
        { 'queries-scan': 'Bytes read in an hour' },
        target.alarms?.deviations,
      ),
      drawn(target, 'Queries', byState('TotalExecutionTime'), { stat: 'SampleCount', stacked: true }),
      drawn(target, 'Time of the slowest in a hundred (ms)', byState('TotalExecutionTime'), { stat: 'p99' }),
      drawn(target, 'Longest wait in the queue (ms)', byState('QueryQueueTime'), { stat: 'Maximum' }),
    ],
  };
}

/**
 * What is billed by use, by day.
 * @param stream the table that comes by the stream, or none
 * @param pricePerTerabyte USD for a TB that Athena reads
 */
export function costRow(
  target: AwsTarget,
  loads: readonly LoadAlarmContext[],
  stream: AlarmContext | undefined,
  pricePerTerabyte: number,
): DashboardRow {
  const daily = { period: 86_400 };
  const { metrics: scanned, expression: bytes } = summed(scannedBytes(queryPlace(target).workgroup));
  const { sessionsTable: table, deliveryStream } = target.stream ?? {};
  return {
    heading: 'Cost, by day',
    widgets: [
      lines(
        target.region,
        `Athena (USD at ${pricePerTerabyte} a TB)`,
        [
          ...Object.entries(scanned).map(([id, metric]) => widgetMetric(metric, { id, visible: false })),
          [{ id: 'dollars', expression: `(${bytes}) / 1000000000000 * ${pricePerTerabyte}`, label: 'USD' }],
        ],
        daily,
      ),
      drawn(
        target,
        'Time of Glue jobs (ms)',
        Object.fromEntries(loads.map(({ names }) => [names.job, jobElapsed(names.job)])),
        daily,
      ),
      ...(stream === undefined
        ? []
        : [
            drawn(
              target,
              'Bytes of the stream',
              {
                'into Kinesis': kinesisMetric(stream, 'IncomingBytes'),
                'out of Kinesis': kinesisMetric(stream, 'GetRecords.Bytes'),
                ...(deliveryStream === undefined
                  ? {}
                  : { 'to S3 by Firehose': firehoseMetric(deliveryStream, 'DeliveryToS3.Bytes') }),
              },
              daily,
            ),
          ]),
      ...(table === undefined
        ? []
        : [
            drawn(
              target,
              `Units of ${table}`,
              {
                reads: tableMetric(table, 'ConsumedReadCapacityUnits'),
                writes: tableMetric(table, 'ConsumedWriteCapacityUnits'),
              },
              daily,
            ),
          ]),
    ],
  };
}
