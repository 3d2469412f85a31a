import { GetDatabasesCommand, GlueClient } from '@aws-sdk/client-glue';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { expect, test, vi } from 'vitest';
import { verifyLive } from '../src/verify-live.ts';

const aws = useAwsSandbox('verify-live');

test('every rule holds on the stand-in, and nothing is left of it', async () => {
  const complaints = vi.spyOn(console, 'error');
  const { bucket } = aws;
  const outcomes = await verifyLive({ bucket, region: 'us-east-1', account: '123456789012' });
  expect(outcomes.filter(({ isMet }) => !isMet)).toEqual([]);
  expect(outcomes).toHaveLength(9);
  expect(complaints).not.toHaveBeenCalled();
  const [s3, glue] = [new S3Client(), new GlueClient()];
  expect((await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).KeyCount).toBe(0);
  const { DatabaseList = [] } = await glue.send(new GetDatabasesCommand({}));
  expect(DatabaseList.filter(({ Name }) => Name?.startsWith('headwater_verify_'))).toEqual([]);
  s3.destroy();
  glue.destroy();
});
