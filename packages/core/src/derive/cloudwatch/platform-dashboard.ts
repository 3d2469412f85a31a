import type { AwsTarget } from '../../catalog/aws-target.ts';
import { carriesTable } from '../../catalog/kinesis-stream.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { pipelineNames } from '../load-pipeline/pipeline-place.ts';
import { deriveAlarms } from './alarms.ts';
import {
  type CloudWatchDashboard,
  type DashboardBody,
  type DashboardRow,
  laidOut,
  type WidgetContent,
} from './dashboard-body.ts';
import { costRow, functionsRow, loadsRow, queriesRow, streamRow } from './dashboard-rows.ts';
import { deriveLoadAlarms, deriveQueryAlarms } from './lake-alarms.ts';
import type { LoadAlarmContext } from './load-alarms.ts';
import type { AlarmCall } from './metric-alarm.ts';
import type { AlarmContext } from './stream-metrics.ts';

/** Options of {@link deriveCloudWatchDashboard}. */
export interface CloudWatchDashboardOptions {
  /** The name of the dashboard. Defaults to `headwater-<database>`. */
  readonly name?: string | undefined;
  /** Whether the loads of the tables have alarms and rows: their pipelines run. Defaults to true. */
  readonly loads?: boolean | undefined;
  /** USD for a TB that Athena reads. Defaults to 5. */
  readonly pricePerTerabyte?: number | undefined;
}

/** The maximum of an alarm widget. */
const mostAlarms = 100;
/** The maximum of a dashboard (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html). */
const mostWidgets = 500;

/**
 * A dashboard of CloudWatch over the platform, as the input of PutDashboard: health (every alarm), stream, functions, loads of each
 * table, queries, and what is billed by use. A widget of what an alarm watches has the alarm's own metrics and limit. What the config
 * does not have, such as a stream, has no row.
 *
 * @param tables the tables of the config
 * @throws HeadwaterError `OPTION_INVALID`; `AWS_LIMIT_EXCEEDED` for more tables than a dashboard has room for
 * @example deriveCloudWatchDashboard([clickstream.schema], target).DashboardName // 'headwater-shop'
 */
export function deriveCloudWatchDashboard(
  tables: readonly TableSchema[],
  target: AwsTarget,
  {
    name = `headwater-${target.database}`,
    loads: hasLoads = true,
    pricePerTerabyte = 5,
  }: CloudWatchDashboardOptions = {},
): CloudWatchDashboard {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'name',
      value: name,
      expected: 'at most 255 letters, digits, - and _',
    });
  const streamed = tables.find((schema) => carriesTable(target, schema.name));
  const stream: AlarmContext | undefined = streamed && {
    schema: streamed,
    target,
    config: target.stream?.alarms ?? {},
  };
  const loads = (hasLoads ? tables : []).map(
    ({ name: table }): LoadAlarmContext => ({
      table,
      target,
      config: target.alarms ?? {},
      names: pipelineNames(table, target),
    }),
  );
  const body: DashboardBody = {
    start: '-P1D',
    periodOverride: 'inherit',
    widgets: laidOut([
      healthRow(hasLoads ? tables : [], target, stream),
      ...(stream === undefined ? [] : [streamRow(stream), functionsRow(stream)]),
      ...loads.map(loadsRow),
      queriesRow(target),
      costRow(target, loads, stream, pricePerTerabyte),
    ]),
  };
  assertFits(body);
  return { DashboardName: name, DashboardBody: JSON.stringify(body) };
}

/** Every alarm, in one widget for each part and table. */
function healthRow(
  tables: readonly TableSchema[],
  target: AwsTarget,
  stream: AlarmContext | undefined,
): DashboardRow {
  const { partition, region, account } = target;
  const widget = (title: string, calls: readonly AlarmCall[]): WidgetContent[] => {
    const alarms = calls.flatMap((call) =>
      call.operation === 'PutMetricAlarm'
        ? [`arn:${partition}:cloudwatch:${region}:${account}:alarm:${call.input.AlarmName}`]
        : [],
    );
    return alarms.length === 0
      ? []
      : [{ type: 'alarm', properties: { title, alarms: alarms.slice(0, mostAlarms) } }];
  };
  return {
    heading: `Headwater, ${target.database}`,
    widgets: [
      ...(stream === undefined ? [] : widget('Alarms of the stream', deriveAlarms(stream.schema, target))),
      ...tables.flatMap((schema) =>
        widget(`Alarms of loads of ${schema.name}`, deriveLoadAlarms(schema, target)),
      ),
      ...widget('Alarms of queries', deriveQueryAlarms(target)),
    ],
  };
}

function assertFits({ widgets }: DashboardBody): void {
  if (widgets.length <= mostWidgets) return;
  throw new HeadwaterError('AWS_LIMIT_EXCEEDED', {
    what: 'The dashboard of all tables',
    size: widgets.length,
    limit: mostWidgets,
    unit: 'widgets',
    fix: 'Derive dashboards of some tables each',
  });
}
