import { type AwsRule, at, has, type Members } from './aws-rule.ts';

const page = (name: string): string =>
  `https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_${name}.html`;

const alarm = { service: 'cloudwatch', operations: ['PutMetricAlarm'] } as const;
const detector = { service: 'cloudwatch', operations: ['PutAnomalyDetector'] } as const;

/** What an alarm on one metric says, and one on several metrics may not. */
const ofOneMetric = ['Namespace', 'Dimensions', 'Period', 'Unit', 'Statistic', 'ExtendedStatistic'] as const;

const bandOperators = /^(LessThanLowerOrGreaterThanUpper|LessThanLower|GreaterThanUpper)Threshold$/;

const listOf = (value: unknown): readonly unknown[] => [value ?? []].flat();

/** The metrics and expressions of an alarm, or of a detector. */
const queriesOf = (input: Members): readonly unknown[] => [
  ...listOf(at(input, 'Metrics')),
  ...listOf(at(input, 'MetricMathAnomalyDetector', 'MetricDataQueries')),
];

const idOf = (query: unknown): string => String(at(query, 'Id'));
const isBand = (query: unknown): boolean => /^ANOMALY_DETECTION_BAND\(/.test(String(at(query, 'Expression')));

const periodsOf = (input: Members): number[] =>
  [
    at(input, 'Period'),
    ...queriesOf(input).flatMap((query) => [at(query, 'MetricStat', 'Period'), at(query, 'Period')]),
  ]
    .filter((period) => period !== undefined)
    .map(Number);

const isPeriod = (period: number): boolean =>
  [10, 20, 30].includes(period) || (period > 0 && period % 60 === 0);

/** The names of an expression that are no functions: ids of metrics and of other expressions. */
const namesIn = (expression: string): string[] =>
  [...expression.matchAll(/\b([a-z]\w*)\b(?!\s*\()/g)].map(([, name = '']) => name);

const countOf = (input: unknown, names: readonly string[]): number =>
  names.filter((name) => has(input, name)).length;

const isZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** Rules about alarms and detectors of CloudWatch. */
export const cloudwatchRules: readonly AwsRule[] = [
  {
    ...alarm,
    rule: 'an alarm is on one metric, or on Metrics; with Metrics, each of them says its own namespace, period and statistic',
    source: page('PutMetricAlarm'),
    isBroken: (input) =>
      countOf(input, ['MetricName', 'Metrics', 'EvaluationCriteria']) !== 1 ||
      (has(input, 'Metrics') && countOf(input, ofOneMetric) > 0),
  },
  {
    ...alarm,
    rule: 'an alarm on one metric has a period, and either a statistic or an extended one',
    source: page('PutMetricAlarm'),
    isBroken: (input) =>
      has(input, 'MetricName') &&
      (!has(input, 'Period') || countOf(input, ['Statistic', 'ExtendedStatistic']) !== 1),
  },
  {
    ...alarm,
    operations: ['PutMetricAlarm', 'PutAnomalyDetector'],
    rule: 'a period is 10, 20 or 30 seconds, or a multiple of 60',
    source: page('PutMetricAlarm'),
    isBroken: (input) => !periodsOf(input).every(isPeriod),
  },
  {
    ...alarm,
    rule: 'all periods that are evaluated last a day at most, and a week when a period lasts an hour or more',
    source: page('PutMetricAlarm'),
    isBroken(input) {
      const period = Math.max(0, ...periodsOf(input));
      return period * Number(at(input, 'EvaluationPeriods')) > (period < 3600 ? 86_400 : 604_800);
    },
  },
  {
    ...alarm,
    rule: 'no more datapoints may be needed than are evaluated',
    source: page('PutMetricAlarm'),
    isBroken: (input) =>
      Number(at(input, 'DatapointsToAlarm') ?? 1) > Number(at(input, 'EvaluationPeriods') ?? 1),
  },
  {
    ...alarm,
    rule: 'an alarm compares with a threshold, or with the band that ThresholdMetricId names, by an operator of bands',
    source: page('PutMetricAlarm'),
    isBroken(input) {
      if (has(input, 'EvaluationCriteria')) return false;
      const isOfBand = bandOperators.test(String(at(input, 'ComparisonOperator')));
      const band = at(input, 'ThresholdMetricId');
      const isNamed = listOf(at(input, 'Metrics')).some((query) => isBand(query) && idOf(query) === band);
      return isOfBand ? has(input, 'Threshold') || !isNamed : !has(input, 'Threshold') || band !== undefined;
    },
  },
  {
    ...alarm,
    rule: 'missing data is breaching, notBreaching, ignore or missing',
    source: page('PutMetricAlarm'),
    isBroken: (input) =>
      has(input, 'TreatMissingData') &&
      !/^(breaching|notBreaching|ignore|missing)$/.test(String(at(input, 'TreatMissingData'))),
  },
  {
    ...alarm,
    operations: ['PutMetricAlarm', 'PutAnomalyDetector'],
    rule: 'of several metrics each is a metric or an expression, with an id of its own that begins with a small letter',
    source: page('MetricDataQuery'),
    isBroken(input) {
      const queries = queriesOf(input);
      const ids = queries.map(idOf);
      return (
        new Set(ids).size < ids.length ||
        !ids.every((id) => /^[a-z]\w*$/.test(id)) ||
        queries.some((query) => countOf(query, ['MetricStat', 'Expression']) !== 1)
      );
    },
  },
  {
    ...alarm,
    operations: ['PutMetricAlarm', 'PutAnomalyDetector'],
    rule: 'of several metrics one is returned, and the band beside it; others have ReturnData false',
    source: page('MetricDataQuery'),
    isBroken(input) {
      const queries = queriesOf(input);
      const returned = queries.filter((query) => !isBand(query) && at(query, 'ReturnData') !== false);
      return queries.length > 0 && returned.length !== 1;
    },
  },
  {
    ...alarm,
    operations: ['PutMetricAlarm', 'PutAnomalyDetector'],
    rule: 'an expression names ids of the same list',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html',
    isBroken(input) {
      const ids = new Set(queriesOf(input).map(idOf));
      return queriesOf(input)
        .flatMap((query) => namesIn(String(at(query, 'Expression') ?? '')))
        .some((name) => !ids.has(name));
    },
  },
  {
    ...detector,
    rule: 'a detector is of one metric, given in one way, or of an expression',
    source: page('PutAnomalyDetector'),
    isBroken: (input) =>
      countOf(input, ['MetricName', 'SingleMetricAnomalyDetector', 'MetricMathAnomalyDetector']) !== 1 ||
      (!has(input, 'MetricName') && countOf(input, ['Namespace', 'Dimensions', 'Stat']) > 0),
  },
  {
    ...detector,
    rule: 'a detector excludes at most ten ranges, each of which ends after it begins, and its zone is one of the tz database',
    source: page('AnomalyDetectorConfiguration'),
    isBroken(input) {
      const ranges = listOf(at(input, 'Configuration', 'ExcludedTimeRanges'));
      const zone = at(input, 'Configuration', 'MetricTimezone');
      const instant = (value: unknown): number =>
        typeof value === 'number' ? value * 1000 : Date.parse(String(value));
      return (
        ranges.length > 10 ||
        !ranges.every((range) => instant(at(range, 'StartTime')) < instant(at(range, 'EndTime'))) ||
        (zone !== undefined && !isZone(String(zone)))
      );
    },
  },
];
