import { GetDatabaseCommand, GlueClient } from '@aws-sdk/client-glue';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { useAwsSandbox } from '../src/testing/index.ts';

const aws = useAwsSandbox('sandbox');

it('has a bucket and a database that clients find by the environment alone', async () => {
  const s3 = new S3Client();
  await s3.send(new PutObjectCommand({ Bucket: aws.bucket, Key: 'a b/ü', Body: 'text' }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: aws.bucket, Key: 'a b/ü' }));
  expect(await Body?.transformToString()).toBe('text');
  const { Database } = await new GlueClient().send(new GetDatabaseCommand({ Name: aws.database }));
  expect(Database?.Name).toBe(aws.database);
});
