import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type AwsConfig, awsTarget, isHeadwaterError } from '../../src/index.ts';
import { partitionOf, publishesTable, queryPlace } from '../../src/internal.ts';
import { hasBotocore, python } from './aws-requests.ts';

const least = {
  region: 'eu-central-1',
  account: '123456789012',
  database: 'shop',
  location: 's3://shop-lake/events',
  firstDay: '2019-10-01',
};

test('what the config leaves out is filled in', () => {
  expect(awsTarget(least)).toEqual({
    ...least,
    workgroup: 'headwater-shop',
    registry: 'headwater-shop',
    partition: 'aws',
  });
});

test('two lakes of one account share neither a workgroup nor a registry, however long the names', () => {
  const longest = 'a'.repeat(118);
  for (const name of ['workgroup', 'registry'] as const) {
    expect(awsTarget({ ...least, database: 'shop_eu' })[name]).not.toBe(awsTarget(least)[name]);
    expect(awsTarget({ ...least, [name]: awsTarget({ ...least, database: longest })[name] })).toBeDefined();
  }
});

test('what the config says wins, without slashes at the end', () => {
  const given = {
    ...least,
    location: 's3://b.c-d/',
    results: 's3://results/athena/',
    workgroup: 'ad-hoc',
    registry: 'events',
    region: 'us-gov-west-1',
    partition: 'aws-us-gov',
  };
  expect(awsTarget(given)).toEqual({ ...given, location: 's3://b.c-d', results: 's3://results/athena' });
});

function problemsOf(
  config: Readonly<Record<string, unknown>>,
): readonly { field: string; problem: string }[] {
  try {
    // As a config in plain JavaScript would have it.
    awsTarget(config as unknown as AwsConfig);
  } catch (error) {
    if (isHeadwaterError(error, 'AWS_CONFIG_INVALID')) return error.payload.problems;
    throw error;
  }
  return [];
}

test.each([
  ['region', 'Frankfurt'],
  ['region', 'eu-central-1\n'],
  ['account', 123456789012],
  ['account', '12345678901'],
  ['database', 'Shop'],
  ['database', 'my-shop'],
  ['database', 'a'.repeat(119)],
  ['location', undefined],
  ['location', './lake'],
  ['location', 's3://Bucket/events'],
  ['location', 's3://b/events'],
  ['location', 's3://shop-lake//events'],
  ['location', 's3://shop-lake/../events'],
  ['location', 's3://shop-lake/$' + '{dt}'],
  ['location', 's3://shop-lake/*'],
  ['firstDay', '2019-02-30'],
  ['firstDay', '2019-10-01T00:00:00Z'],
  ['lastDay', '2019-10-32'],
  ['lastDay', '2019-09-30'],
  ['lastDay', 'NOW'],
  ['lastDay', 20191031],
  ['lastDay', null],
  ['workgroup', 'a/b'],
  ['results', 'https://results'],
  ['registry', 'a b'],
  ['kmsKey', 'alias/lake'],
  ['kmsKey', 'arn:aws:kms:us-east-1:123456789012:key/1234abcd'],
  ['bucketOwner', '1'],
  ['partition', 'azure'],
  ['partition', 'aws-cn'],
  ['region', 'mars-north-1'],
  ['location', 's3://shop-lake--euc1-az1--x-s3/events'],
  ['results', 's3://shop-lake'],
  ['results', 's3://shop-lake/events'],
  ['results', 's3://shop-lake--euc1-az1--x-s3'],
])('%s is named when it is %j', (field, value) => {
  expect(problemsOf({ ...least, [field]: value })).toMatchObject([{ field }]);
});

test('the last day is kept, may be the first one, and is absent when it is not given', () => {
  expect(awsTarget({ ...least, lastDay: '2019-10-01' }).lastDay).toBe('2019-10-01');
  expect(awsTarget(least)).not.toHaveProperty('lastDay');
  expect(problemsOf({ ...least, lastDay: '2019-09-30' })).toEqual([
    { field: 'lastDay', problem: 'must not be before firstDay, 2019-10-01' },
  ]);
});

test('a class of readers that is not known is refused', () => {
  expect(problemsOf({ ...least, permissionClasses: ['everyone'] })).toEqual([
    { field: 'permissionClasses.0', problem: 'must be no_pii or no_direct_pii' },
  ]);
});

test('what is published beside the tables is absent when it is not asked for, and kept as it was given', () => {
  expect(awsTarget(least)).not.toHaveProperty('dataBrew');
  const dataBrew = {
    role: 'arn:aws:iam::123456789012:role/databrew',
    landing: 's3://shop-landing/raw',
    format: 'json',
    schedule: 'cron(0 3 * * ? *)',
    project: true,
  } as const;
  expect(awsTarget({ ...least, dataBrew, dataQuality: {} })).toMatchObject({ dataBrew, dataQuality: {} });
});

test.each([
  ['dataBrew', true],
  ['dataBrew.role', 'databrew'],
  ['dataBrew.landing', './raw'],
  ['dataBrew.format', 'excel'],
  ['dataBrew.output', least.location],
  ['dataBrew.schedule', 'daily'],
  ['dataBrew.schedule', 'cron(0 3 * * * *)'],
  ['dataBrew.schedule', 'cron(0 3 ? * ? *)'],
  ['dataBrew.schedule', 'cron(0 3 * * ?)'],
  ['dataBrew.project', 'yes'],
  ['dataBrew.tables', 'clickstream'],
  ['dataQuality.tables', 'clickstream'],
  ['crawler.landing', `${least.location}/`],
  ['crawler.role', 'arn:aws:iam::1:role/crawler'],
  ['dataQuality', true],
])('%s is named when it is %j', (field, value) => {
  const [service = '', setting] = field.split('.');
  const given = { [service]: setting === undefined ? value : { [setting]: value } };
  expect(problemsOf({ ...least, ...given })).toMatchObject([{ field }]);
});

const stream = { name: 'shop-clicks', sessionsTable: 'shop-sessions' };
const transform = 'arn:aws:lambda:eu-central-1:123456789012:function:shop-transform';

test('the names of a stream are kept as they were given, and absent without one', () => {
  expect(awsTarget(least)).not.toHaveProperty('stream');
  const given = {
    ...stream,
    tables: ['clicks'],
    topicArn: 'arn:aws:sns:eu-central-1:123456789012:shop-incidents',
    deliveryStream: 'shop-clicks-to-s3',
    landing: 's3://shop-landing/stream',
    transform: `${transform}:live`,
    role: 'arn:aws:iam::123456789012:role/firehose',
    bufferSize: 64,
    bufferSeconds: 60,
    alarms: {
      topicArn: 'arn:aws:sns:eu-central-1:123456789012:shop-alarms',
      namespace: 'Shop',
      functions: { sessions: 'shop-sessions' },
      flinkApplication: 'shop-flink',
      unusualDays: [{ from: '2026-11-27', to: '2026-11-30' }],
      silentMinutes: 30,
      rejectedShare: 0.1,
    },
  };
  expect(awsTarget({ ...least, stream: given }).stream).toEqual(given);
});

test.each([
  ['name', undefined],
  ['name', 'a b'],
  ['name', 'a'.repeat(129)],
  ['sessionsTable', 'ab'],
  ['tables', ['clicks', 'buys']],
  ['tables', []],
  ['topicArn', 'shop-incidents'],
  ['topicArn', 'arn:aws:sns:us-east-1:123456789012:shop-incidents'],
  ['deliveryStream', 'a'.repeat(65)],
  ['landing', least.location],
  ['landing', './landing'],
  ['transform', 'shop-transform'],
  ['transform', transform.replace('eu-central-1', 'us-east-1')],
  ['role', 'firehose'],
  ['bufferSize', 63],
  ['bufferSize', 129],
  ['bufferSize', '64'],
  ['bufferSeconds', 59],
  ['bufferSeconds', 901],
  ['bufferSeconds', 60.5],
  ['alarms', { unusualDays: [{ from: '2026-11-30', to: '2026-11-27' }] }],
  ['alarms', { unusualDays: [{ from: '2026-11-31', to: '2026-12-01' }] }],
  ['alarms', { unusualDays: Array.from({ length: 11 }, () => ({ from: '2026-11-27', to: '2026-11-27' })) }],
  ['alarms', { topicArn: 'arn:aws:sns:eu-central-1:123456789012:shop.fifo' }],
  ['alarms', { topicArn: 'arn:aws:sns:us-east-1:123456789012:shop-alarms' }],
  ['alarms', { functions: { session: 'shop-sessions' } }],
  ['alarms', { silentMinutes: 12 }],
  ['alarms', { lateShare: 1.5 }],
  ['alarms', { off: ['noise'] }],
  ['alarms', { threshold: 1 }],
])('stream.%s is named when it is %j', (field, value) => {
  const given = { ...stream, deliveryStream: 'to-s3', [field]: value };
  const problems = problemsOf({ ...least, stream: given });
  expect(problems).toHaveLength(1);
  expect(problems[0]?.field).toMatch(new RegExp(`^stream\\.${field}`));
});

test('what is of the delivery stream needs its name', () => {
  expect(problemsOf({ ...least, stream: { ...stream, transform } })).toEqual([
    { field: 'stream.transform', problem: 'is of the delivery stream; set stream.deliveryStream as well' },
  ]);
});

test('a service is published for every table of the config, or for those that it names', () => {
  const target = awsTarget({ ...least, dataBrew: { tables: ['clicks'] }, crawler: {} });
  expect(['clicks', 'buys'].map((table) => publishesTable(target, 'dataBrew', table))).toEqual([true, false]);
  expect(publishesTable(target, 'crawler', 'buys')).toBe(true);
  expect(publishesTable(target, 'dataQuality', 'buys')).toBe(false);
});

test('a job of DataBrew does not write where it reads, and a setting that is not known is named', () => {
  const folder = 's3://shop-landing/raw';
  expect(problemsOf({ ...least, dataBrew: { landing: folder, output: `${folder}/` } })).toMatchObject([
    { field: 'dataBrew.output' },
  ]);
  expect(problemsOf({ ...least, crawler: { output: folder } })).toMatchObject([{ field: 'crawler' }]);
});

test('every wrong field is named at once, and so is one that is not known', () => {
  const problems = problemsOf({ ...least, region: '', account: '', bucket: 'shop-lake' });
  expect(problems.map(({ field }) => field)).toEqual(['region', 'account', '']);
  expect(problems[2]?.problem).toContain('bucket');
  expect(() => awsTarget({ ...least, region: '', account: '' })).toThrow(
    'aws.region must be a region such as eu-central-1; aws.account must be the account, twelve digits as text',
  );
});

test.each([
  ['s3://shop-lake/events', 's3://shop-lake/_athena/events'],
  ['s3://shop-lake/a/b/', 's3://shop-lake/_athena/a/b'],
  ['s3://shop-lake', 's3://shop-lake/_athena'],
])('results of %s lie in %s, beside the lake', (location, expected) => {
  expect(queryPlace(awsTarget({ ...least, location })).results).toBe(expected);
  const given = awsTarget({ ...least, location, results: 's3://other/a/' });
  expect(queryPlace(given).results).toBe('s3://other/a');
});

test('a region outside of the list needs its partition', () => {
  expect(awsTarget({ ...least, region: 'mars-north-1', partition: 'aws-mars' }).partition).toBe('aws-mars');
  expect(awsTarget({ ...least, region: 'eusc-de-east-1' }).partition).toBe('aws-eusc');
});

const mayLack = process.env['HEADWATER_ENGINES'] !== 'all';

test.skipIf(mayLack && !hasBotocore())('every region of botocore is in its partition', () => {
  const script =
    'import json, botocore.session as s; t = s.Session(); print(json.dumps([[p, t.get_available_regions("s3", p, True)] for p in t.get_available_partitions()]))';
  const { stdout } = spawnSync(python, ['-c', script], { encoding: 'utf8' });
  const listed = z.array(z.tuple([z.string(), z.array(z.string())])).parse(JSON.parse(stdout));
  const regions = listed.flatMap(([partition, names]) =>
    // Names such as aws-global and s3-external-1 are endpoints, not regions.
    names
      .filter((name) => !/^(aws|s3|fips|dualstack)-|-(global|fips)$|^accesspoint-/.test(name))
      .map((name) => [name, partition]),
  );
  expect(regions.length).toBeGreaterThan(30);
  expect(regions.map(([name = '']) => [name, partitionOf(name)])).toEqual(regions);
});
