import { isHeadwaterError } from '@headwater/core';
import { platformFacts } from '@headwater/infra';
import { type InfraConfig, infraProblems } from '@headwater/infra/config';
import { expect, expectTypeOf, test } from 'vitest';
import { shopConfig } from './support/shop-config.ts';

const fieldsOf = (infra: unknown): string[] => infraProblems(infra).map(({ field }) => field);

test('a config without a word is right, and so is one with all of them', () => {
  expect(infraProblems({})).toEqual([]);
  expect(
    infraProblems({
      scale: 'large',
      parts: { flink: false, watch: true },
      alarmEmails: ['shop@example.com'],
      monthlyBudget: 500,
      catalog: 'published',
      stackName: 'shop',
      landing: 's3://shop-landing/raw',
      logBucket: 'shop-logs',
      flink: { jars: ['connector.jar'], questions: ['many-actions'] },
      existingBuckets: ['shop-lake'],
      lakeFormation: {
        by: 'filters',
        readers: [{ principal: 'arn:aws:iam::123456789012:role/analyst', permissionClass: 'no_pii' }],
        publishers: ['arn:aws:iam::123456789012:role/publisher'],
      },
      eventsPerDay: 1000,
    } satisfies Required<InfraConfig>),
  ).toEqual([]);
});

test.each([
  [{ scale: 'huge' }, 'scale'],
  [{ parts: { flinck: true } }, 'parts'],
  [{ parts: { flink: 'yes' } }, 'parts.flink'],
  [{ alarmEmails: ['shop'] }, 'alarmEmails.0'],
  [{ monthlyBudget: 0 }, 'monthlyBudget'],
  [{ catalog: 'none' }, 'catalog'],
  [{ stackName: '1shop' }, 'stackName'],
  [{ landing: 's3://shop-landing/raw/' }, 'landing'],
  [{ logBucket: 's3://shop-logs' }, 'logBucket'],
  [{ existingBuckets: 'shop-lake' }, 'existingBuckets'],
  [{ sacle: 'dev' }, 'sacle'],
  [{ flink: { jars: [] } }, 'flink.jars'],
  [{ flink: { jars: ['connector.zip'] } }, 'flink.jars.0'],
  [{ flink: { jars: ['connector.jar'], questions: ['all'] } }, 'flink.questions.0'],
  [{ lakeFormation: { by: 'names' } }, 'lakeFormation.by'],
  [{ lakeFormation: { publishers: ['publisher'] } }, 'lakeFormation.publishers.0'],
  ['dev', ''],
])('%j is refused at %s', (infra, field) => {
  expect(fieldsOf(infra).some((found) => found.startsWith(field))).toBe(true);
  expect(infraProblems(infra).every(({ problem, fix }) => problem !== '' && fix !== '')).toBe(true);
});

const problemOf = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    if (isHeadwaterError(error, 'INFRA_CONFIG_INVALID')) return error.message;
    throw error;
  }
  return 'none';
};

test('a part that the config has nothing for is refused, and says what it needs', () => {
  const { quicksight: _, ...config } = shopConfig({ parts: { quicksight: true } });
  expect(problemOf(() => platformFacts(config))).toMatch(/infra\.parts\.quicksight .*need quicksight/);
  const published = shopConfig({ catalog: 'published', parts: { lakeFormation: true } });
  expect(problemOf(() => platformFacts(published))).toMatch(/lakeFormation .*catalog: 'stack'/);
});

test('a lake that is a whole bucket has no place for raw files beside it', () => {
  const { aws, ...config } = shopConfig();
  if (!aws) throw new Error('no aws');
  const { crawler: _, dataBrew: __, ...rest } = aws;
  const whole = { ...config, aws: { ...rest, location: 's3://shop-lake', results: 's3://shop-results/x' } };
  expect(problemOf(() => platformFacts(whole))).toMatch(/infra\.landing has no default/);
  const beside = platformFacts({ ...config, aws: rest });
  expect(beside.landing('clickstream')).toBe('s3://example-shop-lake/_landing/events/clickstream/');
});

test('the name of a bucket that would be too long has to be given', () => {
  const { aws, ...config } = shopConfig();
  if (!aws) throw new Error('no aws');
  const long = { ...config, aws: { ...aws, location: `s3://${'a'.repeat(60)}/events` } };
  expect(problemOf(() => platformFacts(long))).toMatch(/infra\.logBucket .*65 characters/);
});

test('logs have a bucket of their own', () => {
  const problem = (logBucket: string) => problemOf(() => platformFacts(shopConfig({ parts: {}, logBucket })));
  expect(problem('example-shop-lake')).toMatch(
    /infra\.logBucket is example-shop-lake, which holds something else/,
  );
  expect(problem('shop-logs')).toBe('none');
});

test('addresses are refused where alarms go to a topic of another account', () => {
  const { aws, ...config } = shopConfig({ parts: {}, alarmEmails: ['shop@example.com'] });
  if (!aws?.stream) throw new Error('no stream');
  const topicArn = 'arn:aws:sns:eu-central-1:999999999999:alarms';
  const elsewhere = { ...aws, stream: { ...aws.stream, alarms: { topicArn } } };
  expect(problemOf(() => platformFacts({ ...config, aws: elsewhere }))).toMatch(
    /infra\.alarmEmails cannot be told/,
  );
  expect(problemOf(() => platformFacts({ ...config, aws }))).toBe('none');
});

test('parts follow from the config and from the scale', () => {
  const parts = (infra: InfraConfig) => platformFacts(shopConfig({ parts: {}, ...infra })).has;
  expect(parts({})('flink')).toBe(true);
  expect(parts({ flink: undefined })('flink')).toBe(false);
  expect(parts({ parts: { flink: false } })('flink')).toBe(false);
  expect(parts({})('studio')).toBe(false);
  expect(parts({})('lakeFormation')).toBe(false);
  expect(parts({})('dataBrew')).toBe(true);
  expect(parts({ catalog: 'published' })('dataBrew')).toBe(false);
  const { stream: _, ...aws } = shopConfig().aws ?? {};
  const batch = platformFacts({ ...shopConfig({ parts: {} }), aws: aws as never });
  expect(['stream', 'functions', 'flink'].filter((part) => batch.has(part as 'stream'))).toEqual([]);
});

test('types refuse what is no word', () => {
  expectTypeOf<{ scale: 'huge' }>().not.toExtend<InfraConfig>();
  // @ts-expect-error no part has this name
  const wrong: InfraConfig = { parts: { flinck: true } };
  expect(fieldsOf(wrong)).toHaveLength(1);
});
