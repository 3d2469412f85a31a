import { describe, expect, test } from 'vitest';
import { type AlarmsConfig, deriveAlarms, type MetricAlarm } from '../../../src/index.ts';
import { type byKind, everyKind } from '../aws-tables.ts';
import { testTarget } from '../aws-test-target.ts';
import { shopEvents } from '../shop-events.ts';

const inBerlin = { ...shopEvents.schema, zone: 'Europe/Berlin' };
const all: AlarmsConfig = {
  functions: { sessions: 'shop-sessions', alerts: 'shop-alerts', transform: 'shop-transform' },
  flinkApplication: 'shop-flink',
};

function alarmsOf(
  schema: typeof inBerlin | typeof byKind.schema,
  options?: AlarmsConfig,
  target = testTarget,
) {
  const calls = deriveAlarms(schema, target, options);
  const alarms = new Map<string, MetricAlarm>();
  for (const call of calls)
    if (call.operation === 'PutMetricAlarm')
      alarms.set(call.input.AlarmName.replace(`headwater-shop-${schema.name}-`, ''), call.input);
  const detectors = calls.flatMap((call) => (call.operation === 'PutAnomalyDetector' ? [call.input] : []));
  return { alarms, detectors, calls };
}

const named = (alarm: MetricAlarm | undefined) =>
  alarm?.Metrics.flatMap((query) =>
    'MetricStat' in query
      ? [[query.Id, query.MetricStat.Metric.Namespace, query.MetricStat.Metric.MetricName].join(' ')]
      : [],
  );

describe('alarms of a stream', () => {
  test('without a word in the config watch the stream alone', () => {
    expect([...alarmsOf(shopEvents.schema).alarms.keys()]).toEqual([
      'silence',
      'rejected',
      'late',
      'unread',
      'write-throttled',
      'read-throttled',
      'few-events',
      'few-purchases',
      'few-carts',
    ]);
  });

  test('watch what the config names, and tell its topic', () => {
    const topicArn = 'arn:aws:sns:eu-central-1:123456789012:shop-alarms';
    const stream = {
      ...{ name: 'shop-clicks', sessionsTable: 'shop-sessions', deliveryStream: 'to-s3' },
      alarms: { ...all, topicArn },
    };
    const { alarms } = alarmsOf(inBerlin, undefined, { ...testTarget, stream });
    expect([...alarms.keys()]).toEqual(
      expect.arrayContaining([
        ...['sessions-errors', 'sessions-behind', 'alerts-behind', 'transform-errors', 'transform-failed'],
        ...['undelivered', 'flink-down', 'flink-checkpoints', 'flink-slow-checkpoints'],
      ]),
    );
    // Firehose invokes a transform: it has no iterator.
    expect(alarms.has('transform-behind')).toBe(false);
    for (const { AlarmActions, OKActions } of alarms.values())
      expect([AlarmActions, OKActions]).toEqual([[topicArn], [topicArn]]);
    expect(named(alarms.get('unread'))).toEqual(['age AWS/Kinesis GetRecords.IteratorAgeMilliseconds']);
    expect(JSON.stringify(alarms.get('unread'))).toContain('"Value":"shop-clicks"');
    expect(named(alarms.get('undelivered'))).toEqual(['age AWS/Firehose DeliveryToS3.DataFreshness']);
  });

  test('are in alarm where nothing comes, and a share of few records is none', () => {
    const { alarms } = alarmsOf(shopEvents.schema, { silentMinutes: 30, rejectedShare: 0.1 });
    expect(alarms.get('silence')).toMatchObject({
      ...{ ComparisonOperator: 'LessThanThreshold', Threshold: 1, EvaluationPeriods: 6 },
      TreatMissingData: 'breaching',
    });
    expect(alarms.get('rejected')).toMatchObject({
      ...{ ComparisonOperator: 'GreaterThanThreshold', Threshold: 0.1, TreatMissingData: 'notBreaching' },
      Metrics: [{}, {}, { Expression: 'IF(records >= 100, rejected / records, 0)', ReturnData: true }],
    });
    expect(named(alarms.get('rejected'))).toEqual(['rejected Headwater Poison', 'records Headwater Records']);
  });

  test('of functions without sessions read what the next one writes', () => {
    const { alarms } = alarmsOf(shopEvents.schema, { functions: { recommend: 'pairs' }, namespace: 'Shop' });
    expect(alarms.get('silence')?.Metrics[0]).toMatchObject({
      MetricStat: {
        Metric: {
          Namespace: 'Shop',
          Dimensions: [
            { Name: 'service', Value: 'recommend' },
            { Name: 'table', Value: 'shop_events' },
          ],
        },
      },
    });
    // It counts neither late events nor actions.
    for (const name of ['late', 'few-purchases', 'few-carts']) expect(alarms.has(name)).toBe(false);
  });

  test('where no function that is named reads the stream, count its records', () => {
    const { alarms } = alarmsOf(shopEvents.schema, { functions: { transform: 'clean' } });
    for (const name of ['silence', 'few-events'])
      expect(named(alarms.get(name))).toEqual(['events AWS/Kinesis IncomingRecords']);
    for (const name of ['rejected', 'late', 'few-carts']) expect(alarms.has(name)).toBe(false);
    expect(alarms.has('transform-failed')).toBe(true);
  });

  test('are not made where they are off', () => {
    const { alarms, detectors } = alarmsOf(shopEvents.schema, { off: ['unread', 'few-carts', 'few-events'] });
    for (const name of ['unread', 'few-carts', 'few-events']) expect(alarms.has(name)).toBe(false);
    expect(alarms.has('silence')).toBe(true);
    expect(detectors).toHaveLength(1);
    expect(() => deriveAlarms(shopEvents.schema, testTarget, { off: ['silent' as 'silence'] })).toThrow(
      'off',
    );
  });

  test('of a table without actions have none about them', () => {
    const { alarms } = alarmsOf(everyKind.schema);
    expect(alarms.has('few-events')).toBe(true);
    expect(alarms.has('few-purchases')).toBe(false);
  });
});

describe('what is usual', () => {
  test('follows the clock of the shop, and is not learned from a sale', () => {
    const unusualDays = [{ from: '2026-11-27', to: '2026-11-30' }];
    const { detectors, alarms } = alarmsOf(inBerlin, { unusualDays, deviations: 2 });
    expect(detectors).toHaveLength(3);
    for (const { Configuration } of detectors)
      expect(Configuration).toEqual({
        ExcludedTimeRanges: [
          { StartTime: new Date('2026-11-26T23:00:00Z'), EndTime: new Date('2026-11-30T23:00:00Z') },
        ],
        MetricTimezone: 'Europe/Berlin',
      });
    expect(alarms.get('few-events')).toMatchObject({
      ...{ ComparisonOperator: 'LessThanLowerThreshold', ThresholdMetricId: 'usual' },
      Metrics: [{ Id: 'events' }, { Id: 'usual', Expression: 'ANOMALY_DETECTION_BAND(events, 2)' }],
    });
    expect(alarms.get('few-events')).not.toHaveProperty('Threshold');
  });

  test('has the same metrics in the detector as in its alarm', () => {
    const { detectors, alarms } = alarmsOf(inBerlin);
    const math = detectors.find(({ MetricMathAnomalyDetector: found }) => found !== undefined);
    expect(math?.MetricMathAnomalyDetector?.MetricDataQueries).toEqual(
      alarms.get('few-carts')?.Metrics.slice(0, -1),
    );
    const [single] = detectors;
    expect(single?.SingleMetricAnomalyDetector).toMatchObject({ MetricName: 'Events', Stat: 'Sum' });
  });

  // https://www.iana.org/time-zones: the clock goes forward on 29 March and back on 25 October 2026.
  test.for([
    ['2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
  ])('leaves out the %s of 23 or 25 hours whole', ([day = '', start = '', end = '']) => {
    const { detectors } = alarmsOf(inBerlin, { unusualDays: [{ from: day, to: day }] });
    expect(detectors[0]?.Configuration.ExcludedTimeRanges).toEqual([
      { StartTime: new Date(start), EndTime: new Date(end) },
    ]);
  });

  test.for([undefined, '+05:30'])('needs no zone where the clock never changes: %s', (zone) => {
    const schema = { ...shopEvents.schema, ...(zone === undefined ? {} : { zone }) };
    const { detectors } = alarmsOf(schema, { unusualDays: [{ from: '2026-11-27', to: '2026-11-27' }] });
    expect(detectors[0]?.Configuration).not.toHaveProperty('MetricTimezone');
    const start = zone === undefined ? '2026-11-27T00:00:00Z' : '2026-11-26T18:30:00Z';
    expect(detectors[0]?.Configuration.ExcludedTimeRanges[0]?.StartTime).toEqual(new Date(start));
  });
});

test('an alarm gets its own statement of what it means, and its name stays within the limit', () => {
  const { alarms } = alarmsOf(inBerlin, all);
  const descriptions = [...alarms.values()].map(({ AlarmDescription }) => AlarmDescription);
  expect(new Set(descriptions).size).toBe(alarms.size);
  for (const description of descriptions) expect(description.length).toBeLessThanOrEqual(1024);
  const long = { ...shopEvents.schema, name: 'a'.repeat(250) };
  expect(() => deriveAlarms(long, testTarget)).toThrow('the maximum on AWS is 255');
});

test.for([
  ['topicArn', { topicArn: 'shop-alarms' }],
  ['silentMinutes', { silentMinutes: 7 }],
  ['rejectedShare', { rejectedShare: 5 }],
  ['deviations', { deviations: 0 }],
  ['functions.sessions', { functions: { sessions: 'a b' } }],
] as const)('a wrong %s is refused', ([option, options]) => {
  expect(() => deriveAlarms(shopEvents.schema, testTarget, options)).toThrow(option);
});

test('a refusal has the value that is wrong', () => {
  expect(() => alarmsOf(inBerlin, { functions: { sessions: 'a b' } })).toThrow('functions.sessions a b');
  const days = [{ from: '2026-02-30', to: '2026-03-01' }];
  expect(() => alarmsOf(inBerlin, { unusualDays: days })).toThrow('unusualDays.0.from 2026-02-30');
});
