import { expect, test } from 'vitest';
import { deriveS3Lifecycle } from '../../src/index.ts';
import { permissionClasses, queryPlace } from '../../src/internal.ts';
import { testTarget } from './aws-test-target.ts';

/** Whether a rule of the bucket lets an object expire. */
function expires(url: string, target = testTarget): boolean {
  const { Bucket, LifecycleConfiguration } = deriveS3Lifecycle(target);
  return LifecycleConfiguration.Rules.some(
    ({ Filter, Expiration }) => Expiration !== undefined && url.startsWith(`s3://${Bucket}/${Filter.Prefix}`),
  );
}

test.each([
  ['beside the lake', testTarget],
  ['elsewhere', { ...testTarget, results: 's3://results/athena' }],
  ['in a bucket of its own', { ...testTarget, results: 's3://results' }],
])('results %s expire, those of every class of readers, and nothing of the lake does', (_, target) => {
  for (const readers of [undefined, ...permissionClasses])
    expect(expires(`${queryPlace(target, readers).results}/a.csv`, target)).toBe(true);
  expect(expires(`${target.location}/shop_events/dt=2019-10-01/part-1.parquet`, target)).toBe(false);
  expect(expires(`${target.location}/_headwater/shop_events/00000001.json`, target)).toBe(false);
});

test('only the account of the target may own the bucket, and the days can be chosen', () => {
  const lifecycle = deriveS3Lifecycle({ ...testTarget, bucketOwner: '210987654321' }, { resultDays: 1 });
  expect(lifecycle).toMatchObject({
    Bucket: 'shop-lake',
    ExpectedBucketOwner: '210987654321',
    LifecycleConfiguration: { Rules: [{ Expiration: { Days: 1 } }] },
  });
});
