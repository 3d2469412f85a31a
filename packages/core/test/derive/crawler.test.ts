import { describe, expect, test } from 'vitest';
import { awsTarget, type CrawlerOptions, crawlerPlace, derivations, deriveCrawler } from '../../src/index.ts';
import { testTarget } from './aws-test-target.ts';
import { shopEvents } from './shop-events.ts';

const { schema } = shopEvents;
const landing = 's3://shop-landing/raw/';
const crawlerWith = (options: CrawlerOptions) => () => deriveCrawler(schema, testTarget, options);

test('crawls new folders only, and changes no table that is there', () => {
  const crawler = deriveCrawler(schema, testTarget, { landing });
  expect(crawler).toMatchObject({
    Targets: { S3Targets: [{ Path: landing }] },
    RecrawlPolicy: { RecrawlBehavior: 'CRAWL_NEW_FOLDERS_ONLY' },
    SchemaChangePolicy: { UpdateBehavior: 'LOG', DeleteBehavior: 'LOG' },
  });
  expect(JSON.parse(crawler.Configuration)).toEqual({
    Version: 1,
    CrawlerOutput: {
      Partitions: { AddOrUpdateBehavior: 'InheritFromTable' },
      Tables: { TableThreshold: 10 },
    },
    Grouping: { TableGroupingPolicy: 'CombineCompatibleSchemas' },
    CreatePartitionIndex: false,
  });
  expect(crawler.Schedule).toBeUndefined();
});

test('writes to a database that is never that of the published tables', () => {
  expect(crawlerPlace(schema.name, testTarget)).toEqual({
    name: 'headwater-shop-shop_events-landing',
    database: 'shop_landing',
    tablePrefix: 'shop_events__',
    role: 'arn:aws:iam::123456789012:role/headwater-shop-crawler',
  });
  expect(deriveCrawler(schema, testTarget, { database: 'raw' }).DatabaseName).toBe('raw');
  expect(crawlerWith({ database: 'shop' })).toThrow('another one than that of the published tables');
  expect(crawlerWith({ database: 'Raw-Files' })).toThrow('lower-case');
});

test('reads the place of the raw layer, unless it is told of a folder outside the lake', () => {
  const pathOf = (options: CrawlerOptions) =>
    deriveCrawler(schema, testTarget, options).Targets.S3Targets[0]?.Path;
  expect(pathOf({})).toBe('s3://shop-lake/events/shop_events__raw_csv/');
  for (const folder of [
    's3://shop-lake/events/shop_events/',
    's3://shop-lake/',
    's3://shop-landing/raw',
    'raw/',
  ])
    expect(crawlerWith({ landing: folder })).toThrow('expected a folder');
});

test('takes its words from the config, and an option before them', () => {
  const role = 'arn:aws:iam::123456789012:role/crawls';
  const words = { landing: 's3://shop-landing', role, schedule: 'cron(0 3 * * ? *)' };
  const target = awsTarget({ ...testTarget, crawler: words });
  expect(deriveCrawler(schema, target)).toMatchObject({
    Targets: { S3Targets: [{ Path: 's3://shop-landing/shop_events/' }] },
    Role: role,
    Schedule: words.schedule,
  });
  const other = { landing, role: `${role}-too`, schedule: 'cron(0 4 * * ? *)' };
  expect(deriveCrawler(schema, target, other)).toMatchObject({
    Targets: { S3Targets: [{ Path: landing }] },
    Role: other.role,
    Schedule: other.schedule,
  });
  const inLake = awsTarget({ ...testTarget, crawler: { landing: `${testTarget.location}/landing` } });
  expect(() => deriveCrawler(schema, inLake)).toThrow('apart from s3://shop-lake/events');
  const json = awsTarget({ ...testTarget, crawler: { format: 'json' } });
  expect(deriveCrawler(schema, json).Targets.S3Targets[0]?.Path).toMatch(/__raw_json\/$/);
});

test.each([
  { sampleFiles: 0 },
  { sampleFiles: 250 },
  { sampleFiles: 1.5 },
  { maxTables: 0 },
  { maxTables: Number.NaN },
])('%o is no number that Glue takes', (options) => {
  expect(crawlerWith(options)).toThrow('a whole number from 1');
});

test('its role is assumed by Glue alone, and only for the account', () => {
  const { text } = derivations.crawler.derive(
    { schema, target: testTarget },
    { part: 'role', maxTables: 10 },
  );
  const { RoleName, AssumeRolePolicyDocument } = JSON.parse(text);
  expect(RoleName).toBe('headwater-shop-crawler');
  expect(JSON.parse(AssumeRolePolicyDocument).Statement).toMatchObject([
    {
      Principal: { Service: 'glue.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    },
  ]);
});

describe('a schedule', () => {
  test.each([
    'cron(0 10 * * ? *)',
    'cron(0 18 ? * MON-FRI *)',
    'cron(0/15 * * * ? *)',
    'cron(5,35 8-17 ? * 2-6 *)',
    'cron(0 8 L JAN,JUL ? 2026-2030)',
    'cron(0 8 15W * ? *)',
    'cron(0 8 ? * 6L *)',
    'cron(0 8 ? * 2#1 *)',
  ])('%s is taken', (schedule) => {
    expect(deriveCrawler(schema, testTarget, { schedule }).Schedule).toBe(schedule);
  });

  test.each([
    ['15 12 * * ? *', 'six fields'],
    ['cron(15 12 * * ?)', 'six fields'],
    ['rate(1 day)', 'six fields'],
    ['cron(60 12 * * ? *)', 'minutes from 0 to 59'],
    ['cron(0 24 * * ? *)', 'hours from 0 to 23'],
    ['cron(0 12 32 * ? *)', 'day of month from 1 to 31'],
    ['cron(0 12 ? * FUNDAY *)', 'day of week from 1 to 7'],
    ['cron(0 12 ? 13 MON *)', 'month from 1 to 12'],
    ['cron(0 12 * * ? 1969)', 'year from 1970'],
    ['cron(9-5 12 * * ? *)', 'minutes from 0 to 59'],
    ['cron(0/0 12 * * ? *)', 'minutes from 0 to 59'],
    ['cron(0 12 * * * *)', '? for one'],
    ['cron(0 12 ? * ? *)', '? for one'],
    ['cron(* 12 * * ? *)', 'at least 5 apart'],
    ['cron(0/4 12 * * ? *)', 'at least 5 apart'],
    ['cron(2,58 * * * ? *)', 'at least 5 apart'],
  ])('%s is refused: %s', (schedule, expected) => {
    expect(crawlerWith({ schedule })).toThrow(expected);
  });
});
