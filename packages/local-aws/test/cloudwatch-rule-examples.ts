const puts = { service: 'cloudwatch', operation: 'PutMetricAlarm' };
const trains = { service: 'cloudwatch', operation: 'PutAnomalyDetector' };

const one = { MetricName: 'Events', Namespace: 'Headwater', Statistic: 'Sum', Period: 300 };
const compared = { EvaluationPeriods: 3, ComparisonOperator: 'LessThanThreshold', Threshold: 1 };
const alarm = (more: object = {}) => ({ ...one, ...compared, ...more });

const metric = (Id: string, more: object = {}) => ({
  Id,
  MetricStat: { Metric: { MetricName: Id }, Period: 300, Stat: 'Sum' },
  ReturnData: false,
  ...more,
});
const ratio = { Id: 'share', Expression: 'IF(b > 9, a / b, 0)', ReturnData: true };
const several = (Metrics: readonly object[], more: object = compared) => ({ Metrics, ...more });
const band = { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(a, 2)', ReturnData: true };
const banded = (more: object = {}) =>
  several([metric('a', { ReturnData: true }), band], {
    EvaluationPeriods: 3,
    ComparisonOperator: 'LessThanLowerThreshold',
    ThresholdMetricId: 'band',
    ...more,
  });

const single = { SingleMetricAnomalyDetector: { MetricName: 'Events', Namespace: 'Headwater', Stat: 'Sum' } };
const detector = (Configuration: object) => ({ ...single, Configuration });
const range = (StartTime: string | number, EndTime: string | number) => ({ StartTime, EndTime });
const sale = range('2026-11-26T23:00:00', '2026-11-30T23:00:00');

/** Alarms and detectors that CloudWatch takes and refuses, one entry for each of its rules, in their order. */
export const cloudwatchRuleExamples = [
  {
    ...puts,
    taken: [alarm(), several([metric('a'), metric('b'), ratio])],
    refused: [
      several([metric('a', { ReturnData: true })], { ...compared, Namespace: 'Headwater' }),
      { ...compared },
    ],
  },
  {
    ...puts,
    taken: [alarm()],
    refused: [
      alarm({ Statistic: undefined }),
      alarm({ ExtendedStatistic: 'p90' }),
      alarm({ Period: undefined }),
    ],
  },
  { ...puts, taken: [alarm({ Period: 10 })], refused: [alarm({ Period: 90 }), alarm({ Period: 1 })] },
  {
    ...puts,
    taken: [alarm({ EvaluationPeriods: 288 }), alarm({ Period: 3600, EvaluationPeriods: 168 })],
    refused: [alarm({ EvaluationPeriods: 289 }), alarm({ Period: 3600, EvaluationPeriods: 169 })],
  },
  { ...puts, taken: [alarm({ DatapointsToAlarm: 3 })], refused: [alarm({ DatapointsToAlarm: 4 })] },
  {
    ...puts,
    taken: [banded()],
    refused: [
      banded({ Threshold: 1 }),
      banded({ ThresholdMetricId: 'a' }),
      banded({ ThresholdMetricId: undefined }),
      alarm({ Threshold: undefined }),
    ],
  },
  {
    ...puts,
    taken: [alarm({ TreatMissingData: 'breaching' })],
    refused: [alarm({ TreatMissingData: 'Breaching' })],
  },
  {
    ...puts,
    taken: [several([metric('a', { ReturnData: true })])],
    refused: [
      several([metric('A', { ReturnData: true })]),
      several([metric('a', { ReturnData: true }), metric('a')]),
      several([{ ...ratio, Id: 'a', Expression: undefined }]),
    ],
  },
  {
    ...puts,
    taken: [banded()],
    refused: [
      several([metric('a')]),
      several([metric('a', { ReturnData: true }), metric('b', { ReturnData: undefined })]),
    ],
  },
  {
    ...puts,
    taken: [several([metric('a'), metric('b'), ratio])],
    refused: [several([metric('a'), ratio])],
  },
  {
    ...trains,
    taken: [single, { MetricName: 'Events', Namespace: 'Headwater', Stat: 'Sum' }],
    refused: [{}, { ...single, Namespace: 'Headwater' }, { ...single, MetricMathAnomalyDetector: {} }],
  },
  {
    ...trains,
    taken: [
      detector({ ExcludedTimeRanges: [sale, range(1_795_734_000, 1_795_820_400)] }),
      detector({ MetricTimezone: 'Europe/Berlin' }),
    ],
    refused: [
      detector({ ExcludedTimeRanges: [range('2026-11-30T23:00:00', '2026-11-26T23:00:00')] }),
      detector({ ExcludedTimeRanges: Array.from({ length: 11 }, () => sale) }),
      detector({ MetricTimezone: 'Europe/Mars' }),
    ],
  },
];
