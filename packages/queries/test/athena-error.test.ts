import { expect, test } from 'vitest';
import { callError, executionError } from '../src/engines/athena/athena-error.ts';
import { trinoError } from '../src/engines/trino/trino-error.ts';

test.each([1004, 1109, 1110])(
  'a database or table that is missing (%i) may be in another region',
  (ErrorType) => {
    const Status = {
      State: 'FAILED',
      AthenaError: { ErrorType, ErrorMessage: 'Schema shop does not exist' },
    } as const;
    expect(executionError('select 1', { Status }, 1)).toMatchObject({
      code: 'QUERY_FAILED',
      payload: { advice: expect.stringMatching(/its own region: check `region` and `database`/) },
    });
  },
);

test('so may a missing workgroup', () => {
  const cause = Object.assign(new Error('WorkGroup shop is not found.'), { name: 'InvalidRequestException' });
  expect(callError('select 1', undefined, cause)).toMatchObject({
    payload: { advice: expect.stringContaining('Check `region` and `workgroup`') },
  });
});

const file = 's3://shop/lake/shop/dt=2019-10-01/part-0123456789abcdef-00000001-aaaaaaaa.parquet';

test.each([
  `HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split ${file} (offset=0, length=4123): com.amazonaws.services.s3.model.AmazonS3Exception: The specified key does not exist. (Service: Amazon S3; Status Code: 404; Error Code: NoSuchKey)`,
  `HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split ${file} (offset=0, length=4123): ${file}: not found`,
])('a query that a compaction took a file from may be asked again: %s', (message) => {
  const lost = { code: 'LAKE_CHANGED', payload: { file } };
  const Status = { State: 'FAILED', AthenaError: { ErrorType: 1, ErrorMessage: message } } as const;
  expect(executionError('select 1', { Status }, 1)).toMatchObject(lost);
  const failure = { message, errorName: 'HIVE_CANNOT_OPEN_SPLIT', errorType: 'EXTERNAL' };
  expect(trinoError('select 1', 'id', failure)).toMatchObject(lost);
});

test('a file that is there and damaged is no reason to ask again', () => {
  const message = `Error opening Hive split ${file} (offset=0, length=9): Not valid Parquet file: expected magic number: PAR1`;
  const failure = { message, errorName: 'HIVE_BAD_DATA', errorType: 'EXTERNAL' };
  expect(trinoError('select 1', 'id', failure)).toMatchObject({ code: 'QUERY_FAILED' });
});
