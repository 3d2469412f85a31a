import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { useAwsSandbox } from '../../src/testing/index.ts';

const aws = useAwsSandbox('s3-proxy');
const s3 = new S3Client();
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

it('passes files through in parts and as streams, whole', async () => {
  const parts = [randomBytes(8 << 20), randomBytes(8 << 20), randomBytes(12_345)];
  const object = { Bucket: aws.bucket, Key: 'folder/large +&=.bin' };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(object));
  const Parts = await Promise.all(
    parts.map(async (Body, index) => {
      const PartNumber = index + 1;
      const { ETag } = await s3.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body }));
      return { ETag, PartNumber };
    }),
  );
  await s3.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts } }));
  const whole = Buffer.concat(parts);
  const { Body } = await s3.send(new GetObjectCommand(object));
  expect(sha256((await Body?.transformToByteArray()) ?? new Uint8Array())).toBe(sha256(whole));
  const range = await s3.send(new GetObjectCommand({ ...object, Range: 'bytes=100-199' }));
  expect(await range.Body?.transformToByteArray()).toEqual(new Uint8Array(whole.subarray(100, 200)));

  // A stream goes in chunks with a trailing checksum.
  const streamed = { ...object, Key: 'streamed', ContentLength: whole.length };
  await s3.send(new PutObjectCommand({ ...streamed, Body: Readable.from([whole]) }));
  const head = await s3.send(new HeadObjectCommand({ Bucket: aws.bucket, Key: 'streamed' }));
  expect(head.ContentLength).toBe(whole.length);
});

it('passes conditions and refusals through', async () => {
  const once = { Bucket: aws.bucket, Key: 'once', IfNoneMatch: '*' };
  await s3.send(new PutObjectCommand({ ...once, Body: 'a' }));
  await expect(s3.send(new PutObjectCommand({ ...once, Body: 'b' }))).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  await expect(s3.send(new GetObjectCommand({ Bucket: aws.bucket, Key: 'none' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
});
