import type { DayRange } from '../../catalog/alarms-config.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import { type AlarmSpec, usualBand } from './alarm-spec.ts';
import type { AlarmCall, AnomalyDetector, MetricAlarm, MetricDataQuery } from './metric-alarm.ts';
import { runbookText } from './runbook.ts';
import { metricQuery } from './stream-metrics.ts';
import { detectorConfiguration } from './unusual-days.ts';

/** What the alarms of one table, or of one lake, have in common. */
export interface AlarmSettings {
  /** Begins the names of the alarms. */
  readonly prefix: string;
  /** The topic that they tell, or none. */
  readonly topicArn?: string | undefined;
  /** Where the runbooks are. */
  readonly runbooks?: string | undefined;
  /** Standard deviations to the edge of what is usual. Defaults to 3. */
  readonly deviations?: number | undefined;
  /** What is usual is not learned from these. */
  readonly unusualDays?: readonly DayRange[] | undefined;
  /** The zone whose clock what is usual follows. */
  readonly zone: string;
}

const [result, band] = ['result', 'usual'];

/** The calls that make alarms, each detector before the alarm that reads it. */
export const alarmCalls = (alarms: readonly AlarmSpec[], settings: AlarmSettings): AlarmCall[] =>
  alarms.flatMap((alarm): AlarmCall[] => [
    ...('usual' in alarm.limit
      ? [
          {
            service: 'cloudwatch',
            operation: 'PutAnomalyDetector',
            input: detectorOf(alarm, settings),
          } as const,
        ]
      : []),
    { service: 'cloudwatch', operation: 'PutMetricAlarm', input: alarmOf(alarm, settings) },
  ]);

/** The metrics of an alarm, and its expression where it has one. The last of them is what is compared. */
function queriesOf({ metrics, stat, period, expression, name }: AlarmSpec): MetricDataQuery[] {
  const queries = Object.entries(metrics).map(([id, metric]) =>
    metricQuery(id, metric, stat, period, expression === undefined),
  );
  return expression === undefined
    ? queries
    : [...queries, { Id: result, Expression: expression, Label: name, ReturnData: true }];
}

function alarmOf(alarm: AlarmSpec, settings: AlarmSettings): MetricAlarm {
  const { name, limit, periods, missing } = alarm;
  const actions = settings.topicArn === undefined ? [] : [settings.topicArn];
  const queries = queriesOf(alarm);
  const compared = queries.at(-1)?.Id ?? result;
  return {
    AlarmName: alarmName(`${settings.prefix}${name}`),
    AlarmDescription: descriptionOf(alarm, settings),
    AlarmActions: actions,
    OKActions: [...actions],
    Metrics: [
      ...queries,
      ...('usual' in limit
        ? [
            {
              Id: band,
              Expression: usualBand(compared, settings.deviations),
              Label: 'What is usual',
              ReturnData: true,
            },
          ]
        : []),
    ],
    EvaluationPeriods: periods,
    DatapointsToAlarm: periods,
    ...comparisonOf(limit),
    TreatMissingData: missing,
  };
}

const comparisonOf = (limit: AlarmSpec['limit']) =>
  'usual' in limit
    ? ({
        ComparisonOperator: limit.usual === 'below' ? 'LessThanLowerThreshold' : 'GreaterThanUpperThreshold',
        ThresholdMetricId: band,
      } as const)
    : 'above' in limit
      ? ({ ComparisonOperator: 'GreaterThanThreshold', Threshold: limit.above } as const)
      : ({ ComparisonOperator: 'LessThanThreshold', Threshold: limit.below } as const);

/** What it means, why its limit is what it is, and where to read what to do. */
const descriptionOf = ({ name, description, reason }: AlarmSpec, { runbooks }: AlarmSettings): string =>
  `${description}. Limit: ${reason}. ${runbookText(name, runbooks)}`;

function detectorOf(alarm: AlarmSpec, { unusualDays = [], zone }: AlarmSettings): AnomalyDetector {
  const [metric] = Object.values(alarm.metrics);
  return {
    ...(alarm.expression === undefined && metric !== undefined
      ? { SingleMetricAnomalyDetector: { ...metric, Stat: alarm.stat } }
      : { MetricMathAnomalyDetector: { MetricDataQueries: queriesOf(alarm) } }),
    Configuration: detectorConfiguration(unusualDays, zone),
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
