import { type AlarmsConfig, alarmsConfig } from '../../catalog/alarms-config.ts';
import type { AwsTarget } from '../../catalog/aws-target.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { AlarmCall, AnomalyDetector, MetricAlarm, MetricDataQuery } from './metric-alarm.ts';
import { type StreamAlarm, streamAlarms } from './stream-alarms.ts';
import { type AlarmContext, metricQuery } from './stream-metrics.ts';
import { detectorConfiguration } from './unusual-days.ts';

const [result, band] = ['result', 'usual'];

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
  const context: AlarmContext = { schema, target, config: { ...target.stream?.alarms, ...checked(options) } };
  return streamAlarms(context).flatMap((alarm): AlarmCall[] => [
    ...(alarm.limit === 'usual'
      ? [
          {
            service: 'cloudwatch',
            operation: 'PutAnomalyDetector',
            input: detectorOf(alarm, context),
          } as const,
        ]
      : []),
    { service: 'cloudwatch', operation: 'PutMetricAlarm', input: alarmOf(alarm, context) },
  ]);
}

/** What is given in place of the config has to be what a config may have. */
function checked(options: AlarmsConfig): AlarmsConfig {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const parsed = alarmsConfig.safeParse(given);
  if (parsed.success) return parsed.data;
  const [{ path, message } = { path: [], message: '' }] = parsed.error.issues;
  const option = path.join('.') || 'alarms';
  throw new HeadwaterError('OPTION_INVALID', {
    option,
    value: path.length === 0 ? Object.keys(given).join(', ') : textAt(given, path),
    expected: message.replace(/^must be /, ''),
  });
}

/** What is at a path of the options, as text. */
function textAt(options: object, path: readonly PropertyKey[]): string {
  const value = path.reduce<unknown>((at, step) => Object(at)[step], options);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The metrics of an alarm, and its expression where it has one. The last of them is what is compared. */
function queriesOf({ metrics, stat, period, expression, name }: StreamAlarm): MetricDataQuery[] {
  const queries = Object.entries(metrics).map(([id, metric]) =>
    metricQuery(id, metric, stat, period, expression === undefined),
  );
  return expression === undefined
    ? queries
    : [...queries, { Id: result, Expression: expression, Label: name, ReturnData: true }];
}

function alarmOf(alarm: StreamAlarm, { schema, target, config }: AlarmContext): MetricAlarm {
  const { name, description, limit, periods, missing } = alarm;
  const actions = config.topicArn === undefined ? [] : [config.topicArn];
  const queries = queriesOf(alarm);
  const compared = queries.at(-1)?.Id ?? result;
  const { deviations = 3 } = config;
  const comparison =
    limit === 'usual'
      ? ({ ComparisonOperator: 'LessThanLowerThreshold', ThresholdMetricId: band } as const)
      : 'above' in limit
        ? ({ ComparisonOperator: 'GreaterThanThreshold', Threshold: limit.above } as const)
        : ({ ComparisonOperator: 'LessThanThreshold', Threshold: limit.below } as const);
  return {
    AlarmName: alarmName(`headwater-${target.database}-${schema.name}-${name}`),
    AlarmDescription: description,
    AlarmActions: actions,
    OKActions: [...actions],
    Metrics: [
      ...queries,
      ...(limit === 'usual'
        ? [
            {
              Id: band,
              Expression: `ANOMALY_DETECTION_BAND(${compared}, ${deviations})`,
              Label: 'What is usual',
              ReturnData: true,
            },
          ]
        : []),
    ],
    EvaluationPeriods: periods,
    DatapointsToAlarm: periods,
    ...comparison,
    TreatMissingData: missing,
  };
}

function detectorOf(alarm: StreamAlarm, { schema, config }: AlarmContext): AnomalyDetector {
  const configuration = detectorConfiguration(config.unusualDays ?? [], schema.zone ?? 'UTC');
  const [metric] = Object.values(alarm.metrics);
  return {
    ...(alarm.expression === undefined && metric !== undefined
      ? { SingleMetricAnomalyDetector: { ...metric, Stat: alarm.stat } }
      : { MetricMathAnomalyDetector: { MetricDataQueries: queriesOf(alarm) } }),
    Configuration: configuration,
  };
}

/** The maximum of a name (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html). */
const mostCharacters = 255;

function alarmName(name: string): string {
  if (name.length <= mostCharacters) return name;
  throw new HeadwaterError('AWS_LIMIT_EXCEEDED', {
    what: `The name of the alarm ${name.slice(0, 40)}...`,
    size: name.length,
    limit: mostCharacters,
    unit: 'characters',
    fix: 'Give the table or the database a shorter name',
  });
}
