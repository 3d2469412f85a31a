import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  deriveAlarms,
  deriveCloudWatchDashboard,
  deriveLoadAlarms,
  deriveQueryAlarms,
} from '@headwater/core';
import { platformFacts } from '@headwater/infra';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchedOf } from '../../src/watch/watched.ts';
import { shopConfig } from '../support/shop-config.ts';
import { type Synthesized, synthesize, type TemplateResource } from '../support/synthesize.ts';
import { documented } from './documented-metrics.ts';

const config = {
  ...shopConfig(),
  aws: { ...shopConfig().aws, alarms: { unusualDays: [{ from: '2026-11-27', to: '2026-11-30' }] } },
};
const facts = platformFacts(config as ReturnType<typeof shopConfig>);
let shop: Synthesized;
beforeAll(async () => {
  shop = await synthesize(config as ReturnType<typeof shopConfig>);
});
afterAll(() => shop[Symbol.asyncDispose]());

const ofType = (type: string): TemplateResource[] =>
  Object.values(shop.resources).filter(({ Type }) => Type === type);

const derived = () => {
  const { target, tables, topicArn } = facts;
  return [
    ...tables.flatMap(({ schema }) => deriveAlarms(schema, target, { topicArn })),
    ...tables.flatMap(({ schema }) => deriveLoadAlarms(schema, target, { topicArn })),
    ...deriveQueryAlarms(target, { topicArn }),
  ];
};

describe('alarms', () => {
  test('are those that are derived, byte for byte, and tell the topic of the platform', () => {
    const alarms = derived().flatMap(({ operation, input }) =>
      operation === 'PutMetricAlarm' ? [input] : [],
    );
    expect(alarms.length).toBeGreaterThan(40);
    const made = ofType('AWS::CloudWatch::Alarm').map(({ Properties: { Tags: _, ...rest } }) => rest);
    expect(made.toSorted(byName)).toEqual(alarms.map((alarm) => ({ ...alarm })).toSorted(byName));
    for (const { AlarmActions } of alarms)
      expect(AlarmActions).toEqual(['arn:aws:sns:eu-central-1:123456789012:headwater-shop-alarms']);
  });

  test('that compare with what is usual wait for their detector, which leaves out the days of the config', () => {
    const detectors = Object.entries(shop.resources).filter(
      ([, { Type }]) => Type === 'AWS::CloudWatch::AnomalyDetector',
    );
    expect(detectors.length).toBe(
      derived().filter(({ operation }) => operation === 'PutAnomalyDetector').length,
    );
    const waiting = ofType('AWS::CloudWatch::Alarm').filter(
      ({ Properties }) => 'ThresholdMetricId' in Properties,
    );
    expect(waiting.flatMap(({ DependsOn }) => DependsOn ?? []).toSorted()).toEqual(
      detectors.map(([id]) => id).toSorted(),
    );
    const rows = detectors.find(([, { Properties }]) => JSON.stringify(Properties).includes('"RowsOut"'));
    expect(rows?.[1].Properties['Configuration']).toEqual({
      ExcludedTimeRanges: [{ StartTime: '2026-11-27T00:00:00', EndTime: '2026-12-01T00:00:00' }],
    });
  });
});

test('notices go to the topic, which lets their rules alone publish by EventBridge', () => {
  const rules = Object.entries(shop.resources).filter(
    ([, { Type, Properties }]) => Type === 'AWS::Events::Rule' && /-failed$/.test(String(Properties['Name'])),
  );
  expect(rules.map(([, { Properties }]) => String(Properties['Name']).split('clickstream-')[1])).toEqual([
    ...['job-failed', 'data-quality-failed', 'databrew-failed', 'crawler-failed'],
  ]);
  for (const [, { Properties }] of rules)
    expect(Properties['Targets']).toMatchObject([{ Arn: facts.topicArn, InputTransformer: {} }]);
  const policy = JSON.stringify(ofType('AWS::SNS::TopicPolicy').map(({ Properties }) => Properties));
  for (const [id] of rules) expect(policy).toContain(`{"Fn::GetAtt":["${id}","Arn"]}`);
});

test('the dashboard is the one that is derived', () => {
  const { target, tables, config: given } = facts;
  const dashboard = deriveCloudWatchDashboard(
    tables.map(({ schema }) => schema),
    target,
    { pricePerTerabyte: given.pricePerTerabyte },
  );
  const made = ofType('AWS::CloudWatch::Dashboard').map(({ Properties: { Tags: _, ...rest } }) => rest);
  expect(made).toEqual([dashboard]);
});

test('a platform without loads and streams watches queries alone', () => {
  const parts = { load: false, stream: false, functions: false, flink: false };
  const { calls, notices } = watchedOf(platformFacts(shopConfig({ parts })));
  const names = calls.flatMap(({ input }) => ('AlarmName' in input ? [input.AlarmName] : []));
  expect(names.length).toBeGreaterThan(2);
  for (const name of names) expect(name).toMatch(/^headwater-shop-queries-/);
  expect(notices).toEqual([]);
});

describe('every metric of AWS that an alarm or the dashboard reads', () => {
  /** The metrics that the CDK knows, from AWS's own lists: namespace and name. */
  const known = new Set<string>();
  beforeAll(() => {
    const root = dirname(createRequire(import.meta.url).resolve('aws-cdk-lib/package.json'));
    for (const service of [
      'dynamodb',
      'events',
      'kinesis',
      'kinesisfirehose',
      'lambda',
      'sns',
      'sqs',
      'stepfunctions',
    ]) {
      const lib = join(root, `aws-${service}`, 'lib');
      for (const file of readdirSync(lib).filter((name) => /canned-metrics.*\.js$/.test(name)))
        for (const [, namespace, name] of readFileSync(join(lib, file), 'utf8').matchAll(
          /namespace:"([^"]+)",metricName:"([^"]+)"/g,
        ))
          known.add(`${namespace} ${name}`);
    }
  });

  const read = (): Set<string> => {
    const ofAlarms = derived().flatMap(({ input }) =>
      ('Metrics' in input ? input.Metrics : []).flatMap((query) =>
        'MetricStat' in query
          ? [`${query.MetricStat.Metric.Namespace} ${query.MetricStat.Metric.MetricName}`]
          : [],
      ),
    );
    const [dashboard] = ofType('AWS::CloudWatch::Dashboard');
    const ofDashboard = JSON.parse(String(dashboard?.Properties['DashboardBody'])).widgets.flatMap(
      ({ properties: { metrics = [] } }: { properties: { metrics?: unknown[][] } }) =>
        metrics
          .filter(([namespace]) => typeof namespace === 'string')
          .map(([space, name]) => `${space} ${name}`),
    );
    return new Set([...ofAlarms, ...ofDashboard].filter((metric) => !metric.startsWith('Headwater')));
  };

  test('is one that AWS writes, by the lists of the CDK or by its documentation', () => {
    expect(known.size).toBeGreaterThan(100);
    const metrics = [...read()];
    expect(metrics.length).toBeGreaterThan(30);
    expect(metrics.filter((metric) => !known.has(metric) && !documented.has(metric))).toEqual([]);
  });

  test('needs no documentation of ours once the CDK knows it', () => {
    expect([...documented.keys()].filter((metric) => known.has(metric) || !read().has(metric))).toEqual([]);
  });
});

const byName = (a: object, b: object): number =>
  String(Object(a)['AlarmName']).localeCompare(String(Object(b)['AlarmName']));
