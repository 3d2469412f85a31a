import { describe, expect, test } from 'vitest';
import { parseLakeLocation } from '../src/index.ts';

describe('the address of a lake', () => {
  test.each([
    './lake',
    '/data/lake',
    'lake',
    'C:/lake',
    'C:\\lake',
    './gs:/lake',
    'a:b',
    'dt=2019-10-01/lake',
  ])('%s is a folder', (location) => {
    expect(parseLakeLocation(location)).toEqual({ kind: 'folder', folder: location });
  });

  test.each([
    ['s3://shop-events', ''],
    ['S3://shop-events/a/b/', 'a/b'],
  ])('%s is on S3', (location, prefix) => {
    expect(parseLakeLocation(location)).toEqual({ kind: 's3', bucket: 'shop-events', prefix });
  });

  test.each([
    'gs://bucket/lake',
    'http://host/lake',
    'https://host/lake',
    'file:///data/lake',
    'abfss://container@account/lake',
    's3:/bucket/lake',
    's3a://bucket/lake',
    's3://',
    's3://Bucket/lake',
    's3://bucket/../lake',
    's3://lake--euc1-az1--x-s3/events',
  ])('%s is refused', (location) => {
    expect(() => parseLakeLocation(location)).toThrow(
      expect.objectContaining({
        code: 'OPTION_INVALID',
        payload: expect.objectContaining({ value: location }),
      }),
    );
  });
});
