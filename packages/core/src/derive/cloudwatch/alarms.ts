import { type AlarmsConfig, alarmsConfig } from '../../catalog/alarms-config.ts';
import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { alarmCalls } from './alarm-calls.ts';
import { checkedOptions } from './checked-options.ts';
import type { AlarmCall } from './metric-alarm.ts';
import { streamAlarms } from './stream-alarms.ts';
import type { AlarmContext } from './stream-metrics.ts';

/**
 * The calls that make the alarms of a table's stream: nothing comes, too much is rejected or late, readers are behind, functions, the
 * delivery stream or Flink fail, and there is less than usual of events, purchases and carts. The detectors of what is usual come before
 * their alarms. A call that is made again replaces the alarm of its name.
 *
 * What is usual follows the clock of the table's zone, and is not learned from `unusualDays`. On such a day an alarm still compares: mute it by
 * DisableAlarmActions where less than usual is expected.
 *
 * @param options words of `aws.stream.alarms` in place of those of the config
 * @throws HeadwaterError `OPTION_INVALID`, or `AWS_LIMIT_EXCEEDED` for a name above 255 characters
 * @example
 * ```ts
 * deriveAlarms(clickstream.schema, target, { unusualDays: [{ from: '2026-11-27', to: '2026-11-30' }] });
 * // [{ service: 'cloudwatch', operation: 'PutMetricAlarm', input: { AlarmName: 'headwater-shop-clickstream-silence', ... } }, ...]
 * ```
 */
export function deriveAlarms(
  schema: TableSchema,
  target: AwsTarget,
  options: AlarmsConfig = {},
): AlarmCall[] {
  const context: AlarmContext = {
    schema,
    target,
    config: { ...target.stream?.alarms, ...checkedOptions(alarmsConfig, options) },
  };
  return alarmCalls(streamAlarms(context), {
    ...context.config,
    prefix: `headwater-${target.database}-${schema.name}-`,
    runbooks: target.alarms?.runbooks,
    zone: schema.zone ?? 'UTC',
  });
}
