import { describe, expect, test } from 'vitest';
import {
  type AlarmCall,
  awsTarget,
  deriveLoadAlarms,
  deriveLoadPipeline,
  deriveLoadStateMachine,
  deriveNotices,
  deriveQueryAlarms,
  type MetricAlarm,
} from '../../../src/index.ts';
import { testTarget } from '../aws-test-target.ts';
import { shopEvents } from '../shop-events.ts';

const { schema } = shopEvents;
const landing = 's3://shop-landing/raw/';

const alarmsOf = (calls: readonly AlarmCall[]): Map<string, MetricAlarm> =>
  new Map(
    calls.flatMap((call) =>
      call.operation === 'PutMetricAlarm'
        ? [[call.input.AlarmName.replace(/^headwater-shop-(shop_events-)?/, ''), call.input]]
        : [],
    ),
  );

/** The metrics that alarms read: namespace, name, dimensions. */
const metricsOf = (alarms: Iterable<MetricAlarm>) =>
  [...alarms].flatMap(({ Metrics }) =>
    Metrics.flatMap((query) => ('MetricStat' in query ? [query.MetricStat.Metric] : [])),
  );

describe('alarms of loads', () => {
  test('are of the pipeline and of what it loads', () => {
    expect([...alarmsOf(deriveLoadAlarms(schema, testTarget)).keys()]).toEqual([
      ...['load-failed', 'load-throttled', 'load-waiting', 'load-not-started', 'load-not-asked', 'load-long'],
      ...['load-repeated', 'stale', 'quarantined', 'few-rows'],
    ]);
  });

  test('watch what the derived pipeline is called', () => {
    const names = deriveLoadPipeline(schema, testTarget, { landing }).flatMap(({ input }) =>
      ['Name', 'name', 'QueueName'].flatMap((field) => (input as Record<string, unknown>)[field] ?? []),
    );
    const dimensions = metricsOf(alarmsOf(deriveLoadAlarms(schema, testTarget)).values()).flatMap(
      ({ Dimensions }) => Dimensions,
    );
    const named = (name: string) =>
      dimensions
        .find(({ Name }) => Name === name)
        ?.Value.split(':')
        .at(-1);
    for (const name of ['QueueName', 'RuleName', 'PipeName', 'StateMachineArn'])
      expect(names).toContain(named(name));
    expect(named('JobName')).toBe('headwater-shop-shop_events');
  });

  test('read only metrics that the state machine writes, with its dimensions', () => {
    const { States } = deriveLoadStateMachine(schema, testTarget, { landing });
    const written = Object.values(States).flatMap((state) => {
      const { Namespace, MetricData = [] } = ('Parameters' in state ? state.Parameters : {}) as {
        Namespace?: string;
        MetricData?: { MetricName: string; Dimensions: object[] }[];
      };
      return MetricData.map(({ MetricName, Dimensions }) => ({ Namespace, MetricName, Dimensions }));
    });
    const read = metricsOf(alarmsOf(deriveLoadAlarms(schema, testTarget)).values()).filter(
      ({ Namespace }) => Namespace === 'Headwater/Lake',
    );
    expect(read.length).toBeGreaterThan(3);
    for (const metric of read) expect(written).toContainEqual(metric);
  });

  test('are in alarm where no load comes, or those that come bring old events', () => {
    const { stale } = Object.fromEntries(alarmsOf(deriveLoadAlarms(schema, testTarget, { freshHours: 3 })));
    expect(stale).toMatchObject({
      ...{ ComparisonOperator: 'GreaterThanThreshold', Threshold: 10_800, EvaluationPeriods: 3 },
      ...{ DatapointsToAlarm: 3, TreatMissingData: 'breaching' },
      Metrics: [{ MetricStat: { Period: 3600, Stat: 'Minimum', Metric: { MetricName: 'NewestEventAge' } } }],
    });
  });

  test('say why a limit is what it is, and where their page is', () => {
    const target = awsTarget({
      ...testTarget,
      alarms: { runbooks: 'https://docs.example.com/runbooks/', off: ['few-rows', 'queries-queued'] },
    });
    const alarms = alarmsOf([...deriveLoadAlarms(schema, target), ...deriveQueryAlarms(target)]);
    expect(alarms.has('few-rows') || alarms.has('queries-queued')).toBe(false);
    for (const [name, { AlarmDescription }] of alarms) {
      expect(AlarmDescription).toMatch(/\. Limit: \w.*\. Runbook: /);
      expect(AlarmDescription.endsWith(` https://docs.example.com/runbooks/${name}.md`)).toBe(true);
      expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
    }
  });

  test('learn what is usual by the clock of the table', () => {
    const calls = deriveLoadAlarms({ ...schema, zone: 'Europe/Berlin' }, testTarget);
    const detectors = calls.flatMap((call) => (call.operation === 'PutAnomalyDetector' ? [call.input] : []));
    expect(detectors).toMatchObject([
      {
        SingleMetricAnomalyDetector: { MetricName: 'RowsOut', Stat: 'Sum' },
        Configuration: { MetricTimezone: 'Europe/Berlin' },
      },
    ]);
  });
});

test('alarms of queries count the bytes of queries that failed, too', () => {
  const alarms = alarmsOf(deriveQueryAlarms(testTarget, { scannedPerHour: '1 TB' }));
  expect([...alarms.keys()]).toEqual([
    ...['queries-scan', 'queries-scan-unusual', 'queries-failed', 'queries-queued'],
  ]);
  const scan = alarms.get('queries-scan');
  expect(scan).toMatchObject({ Threshold: 1e12, ComparisonOperator: 'GreaterThanThreshold' });
  expect(scan?.Metrics.at(-1)).toMatchObject({
    Expression: 'FILL(succeeded, 0) + FILL(failed, 0) + FILL(canceled, 0)',
  });
  expect(alarms.get('queries-scan-unusual')).toMatchObject({
    ...{ ComparisonOperator: 'GreaterThanUpperThreshold', ThresholdMetricId: 'usual' },
  });
  expect(
    metricsOf(alarms.values()).every(({ Dimensions }) => Dimensions.at(-1)?.Value === 'headwater-shop'),
  ).toBe(true);
});

describe('notices', () => {
  test('are of what the config has', () => {
    expect(deriveNotices(schema, testTarget).map(({ name }) => name)).toEqual(['job-failed']);
    const all = awsTarget({ ...testTarget, dataBrew: {}, crawler: {}, dataQuality: {} });
    expect(deriveNotices(schema, all).map(({ name }) => name)).toEqual([
      ...['job-failed', 'data-quality-failed', 'databrew-failed', 'crawler-failed'],
    ]);
    expect(deriveNotices(schema, all, { off: ['crawler-failed'] })).toHaveLength(3);
  });

  test('name every path that their message has, and no other', () => {
    const all = awsTarget({ ...testTarget, dataBrew: {}, crawler: {}, dataQuality: {} });
    for (const { message, rule, pattern } of deriveNotices(schema, all)) {
      const words = [...message.template.matchAll(/<(\w+)>/g)].map(([, word]) => word);
      expect(words.toSorted()).toEqual(Object.keys(message.paths).toSorted());
      expect(typeof JSON.parse(message.template)).toBe('string');
      // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
      expect(rule).toMatch(/^[.\-_A-Za-z0-9]{1,64}$/);
      expect(JSON.stringify(pattern)).toMatch(/shop/);
    }
  });
});

test.for([
  ['freshHours', { freshHours: 200 }],
  ['freshHours', { freshHours: 1.5 }],
  ['loadMinutes', { loadMinutes: 20 }],
  ['scannedPerHour', { scannedPerHour: 'much' }],
  ['runbooks', { runbooks: 'http://example.com' }],
  ['off', { off: ['silence'] }],
  ['topicArn', { topicArn: 'arn:aws:sns:us-east-1:123456789012:shop' }],
] as const)('a config with a wrong %s is refused', ([field, alarms]) => {
  expect(() => awsTarget({ ...testTarget, alarms: alarms as object })).toThrow(`alarms.${field}`);
});
