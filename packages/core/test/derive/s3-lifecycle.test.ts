import { expect, test } from 'vitest';
import { type AwsTarget, deriveS3Lifecycle, type S3LifecycleOptions } from '../../src/index.ts';
import { lifecycleBuckets, permissionClasses, queryPlace, stagingPath } from '../../src/internal.ts';
import { byKind } from './aws-tables.ts';
import { testTarget } from './aws-test-target.ts';
import { shopEvents } from './shop-events.ts';

const tables = [shopEvents.schema, byKind.schema];

const places = [
  ['beside the lake', testTarget],
  ['elsewhere', { ...testTarget, results: 's3://results/athena' }],
  ['in a bucket of its own', { ...testTarget, results: 's3://results' }],
  ['in the bucket that is the lake', { ...testTarget, location: 's3://shop-lake' }],
] as const;

/** What the rules of its bucket do to an object, by the part of a rule. */
function actionsOn(url: string, target: AwsTarget, options?: S3LifecycleOptions): object[] {
  return lifecycleBuckets
    .map((bucket) => deriveS3Lifecycle(tables, target, { ...options, bucket }))
    .filter(({ Bucket }, index, all) => all.findIndex((one) => one.Bucket === Bucket) === index)
    .flatMap(({ Bucket, LifecycleConfiguration }) =>
      LifecycleConfiguration.Rules.filter(({ Filter }) => url.startsWith(`s3://${Bucket}/${Filter.Prefix}`)),
    )
    .map(({ ID, Status, Filter, ...actions }) => actions);
}

test.each(places)('results %s expire, those of every class of readers', (_, target) => {
  for (const readers of [undefined, ...permissionClasses])
    expect(actionsOn(`${queryPlace(target, readers).results}/a.csv`, target)).toContainEqual({
      Expiration: { Days: 7 },
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    });
});

test.each(places)('with results %s nothing of the lake expires, and its uploads are aborted', (_, target) => {
  for (const path of [
    'shop_events/dt=2019-10-01/part-1.parquet',
    'shop_events__quarantine/dt=2019-10-01/part-1.parquet',
    '_headwater/shop_events/00000001.json',
    '_headwater/shop_events/checkpoint.jsonl',
    '_headwater/shop_events/staging.json',
    // A table that the config does not have.
    `${stagingPath('other_events')}/sync/a.parquet`,
  ])
    expect(actionsOn(`${target.location}/${path}`, target, { uploadDays: 3 }), path).toEqual([
      { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 } },
    ]);
});

test.each(places)('with results %s old versions of staging expire, and no present object', (_, target) => {
  for (const { name } of tables)
    expect(actionsOn(`${target.location}/${stagingPath(name)}/sync/a.parquet`, target)).toEqual([
      { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
      { Expiration: { ExpiredObjectDeleteMarker: true }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
    ]);
});

test('a bucket has the rules of what is in it', () => {
  const idsOf = (target: AwsTarget, bucket: 'lake' | 'results'): string[] =>
    deriveS3Lifecycle(tables, target, { bucket }).LifecycleConfiguration.Rules.map(({ ID }) => ID);
  const results = ['headwater-shop-results'];
  const lake = ['headwater-shop-uploads', 'shop-shop_events-staging', 'shop-by_kind-staging'];
  for (const bucket of lifecycleBuckets) expect(idsOf(testTarget, bucket)).toEqual([...results, ...lake]);
  const apart = { ...testTarget, results: 's3://results/athena' };
  expect(idsOf(apart, 'lake')).toEqual(lake);
  expect(idsOf(apart, 'results')).toEqual(results);
});

test('the longest names give an id that S3 takes', () => {
  const longest = { ...shopEvents.schema, name: 't'.repeat(128) };
  const { Rules } = deriveS3Lifecycle([longest], {
    ...testTarget,
    database: 'd'.repeat(118),
  }).LifecycleConfiguration;
  expect(Math.max(...Rules.map(({ ID }) => ID.length))).toBe(255);
});

test.each([
  '/shop_events',
  '/shop_events__quarantine/results',
  '/_headwater',
  '/_headwater/by_kind/staging',
  '',
])('results at %s of the lake are refused: what is there would expire', (folder) => {
  const inside = { ...testTarget, results: `${testTarget.location}${folder}` };
  expect(() => deriveS3Lifecycle(tables, inside)).toThrow(/results.*must be apart from/s);
});

test('only the account of the target may own the bucket, and the days can be chosen', () => {
  const owned = { ...testTarget, bucketOwner: '210987654321' };
  expect(deriveS3Lifecycle(tables, owned, { resultDays: 1 })).toMatchObject({
    Bucket: 'shop-lake',
    ExpectedBucketOwner: '210987654321',
    LifecycleConfiguration: { Rules: [{ Expiration: { Days: 1 } }, {}, {}, {}] },
  });
});
