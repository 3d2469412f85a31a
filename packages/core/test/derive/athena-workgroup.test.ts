import { deriveAthenaWorkgroup } from '@headwater/core';
import { byteSize } from '@headwater/core/internal';
import { expect, test } from 'vitest';
import { testTarget } from './aws-test-target.ts';

test('the cutoff is the budget, and never below the smallest that Athena takes', () => {
  const cutoff = (maxScan?: number) =>
    deriveAthenaWorkgroup(testTarget, maxScan).Configuration.BytesScannedCutoffPerQuery;
  expect(cutoff()).toBeUndefined();
  expect(cutoff(byteSize('maxScan', '5 GB'))).toBe(5_000_000_000);
  expect(cutoff(1000)).toBe(10_000_000);
});

test('the workgroup has its name and its results from the target', () => {
  expect(deriveAthenaWorkgroup(testTarget)).toMatchObject({
    Name: testTarget.workgroup,
    Configuration: { ResultConfiguration: { OutputLocation: 's3://shop-lake/_athena/events/' } },
  });
});

test.each([
  ['5 GB', 5e9],
  ['1.5GiB', 1.5 * 2 ** 30],
  ['10mb', 1e7],
  [1000, 1000],
])('%s is a size', (size, bytes) => {
  expect(byteSize('maxScan', size)).toBe(bytes);
});

test.each(['', 'much', '-1 GB', '0', '5 GX', 'Infinity', '1e9', '0.1 B'])('%j is no size', (size) => {
  expect(() => byteSize('maxScan', size)).toThrow('maxScan');
});

test('results are encrypted by the key of the target, and only its account owns their bucket', () => {
  const kmsKey = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd';
  expect(deriveAthenaWorkgroup({ ...testTarget, kmsKey, bucketOwner: '210987654321' })).toMatchObject({
    Configuration: {
      ResultConfiguration: {
        EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: kmsKey },
        ExpectedBucketOwner: '210987654321',
      },
    },
  });
});

test('a class of readers has a workgroup and a folder for results of its own', () => {
  expect(deriveAthenaWorkgroup(testTarget, undefined, 'no_pii')).toMatchObject({
    Name: 'headwater-shop-no-pii',
    Description: 'Queries of the lake s3://shop-lake/events, readers of no_pii',
    Configuration: { ResultConfiguration: { OutputLocation: 's3://shop-lake/_athena/events/no_pii/' } },
  });
});
