import type { AwsTarget } from '../../catalog/aws-target.ts';
import { type LakeAlarmsConfig, lakeAlarmsConfig } from '../../catalog/lake-alarms-config.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { pipelineNames } from '../load-pipeline/pipeline-place.ts';
import { alarmCalls } from './alarm-calls.ts';
import { checkedOptions } from './checked-options.ts';
import { loadAlarms } from './load-alarms.ts';
import type { AlarmCall } from './metric-alarm.ts';
import { queryAlarms } from './query-alarms.ts';

/** The words of the config, with those that replace them. */
const configOf = (target: AwsTarget, options: LakeAlarmsConfig): LakeAlarmsConfig => ({
  ...target.alarms,
  ...checkedOptions(lakeAlarmsConfig, options),
});

/**
 * The calls that make the alarms of a table's loads: the pipeline fails, waits, repeats or takes long, the lake is stale, too many rows are
 * rejected, and fewer than usual come. They read metrics of AWS, and those that the state machine of the pipeline writes after each commit.
 *
 * @param options words of `aws.alarms` in place of those of the config
 * @throws HeadwaterError `OPTION_INVALID`, or `AWS_LIMIT_EXCEEDED` for a name above 255 characters
 * @example deriveLoadAlarms(clickstream.schema, target, { freshHours: 3 })
 * // [{ service: 'cloudwatch', operation: 'PutMetricAlarm', input: { AlarmName: 'headwater-shop-clickstream-load-failed', ... } }, ...]
 */
export function deriveLoadAlarms(
  { name: table, zone = 'UTC' }: TableSchema,
  target: AwsTarget,
  options: LakeAlarmsConfig = {},
): AlarmCall[] {
  const config = configOf(target, options);
  const names = pipelineNames(table, target);
  const prefix = `headwater-${target.database}-${table}-`;
  return alarmCalls(loadAlarms({ table, target, config, names }), { ...config, prefix, zone });
}

/**
 * The calls that make the alarms of the queries of a lake on Athena: they read too much or more than usual, fail, or wait. They read the
 * metrics of the lake's workgroup.
 *
 * @param options words of `aws.alarms` in place of those of the config
 * @throws HeadwaterError `OPTION_INVALID`
 * @example deriveQueryAlarms(target, { scannedPerHour: '1 TB' })
 * // [{ service: 'cloudwatch', operation: 'PutMetricAlarm', input: { AlarmName: 'headwater-shop-queries-scan', ... } }, ...]
 */
export function deriveQueryAlarms(target: AwsTarget, options: LakeAlarmsConfig = {}): AlarmCall[] {
  const config = configOf(target, options);
  const prefix = `headwater-${target.database}-`;
  return alarmCalls(queryAlarms(target, config), { ...config, prefix, zone: 'UTC' });
}
