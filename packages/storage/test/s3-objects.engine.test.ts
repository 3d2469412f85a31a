import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { inParallel } from '@headwater/core/internal';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { openS3Objects, type S3Object, type S3Objects, type S3Page } from '../src/index.ts';

const aws = useAwsSandbox('storage-objects');
const versioned = useAwsSandbox('storage-versions');
const client = new S3Client();
afterAll(async () => {
  // The sandbox removes objects, and not their versions.
  const Bucket = versioned.bucket;
  const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  client.destroy();
});

const put = (Key: string, Body: string | Buffer = Key, Bucket = aws.bucket) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body }));

async function pagesOf(objects: S3Objects, ...listing: Parameters<S3Objects['list']>): Promise<S3Page[]> {
  const pages: S3Page[] = [];
  for await (const page of objects.list(...listing)) pages.push(page);
  return pages;
}

async function only(objects: S3Objects, key: string): Promise<S3Object> {
  const [page] = await pagesOf(objects, key, { limit: 1 });
  const [object] = page?.objects ?? [];
  if (!object) throw new Error(`no ${key}`);
  return object;
}

async function bodyOf(objects: S3Objects, object: S3Object, first = 0) {
  const found = await objects.read(object, first);
  if (typeof found === 'string') return found;
  const parts: Uint8Array[] = [];
  for await (const part of found.bytes) parts.push(part);
  return { ...found, bytes: Buffer.concat(parts) };
}

describe('objects of a bucket', () => {
  test('have any key, and are read by it', async () => {
    const objects = openS3Objects(aws.bucket);
    const keys = [
      'a b',
      ' leading and trailing ',
      'a+b',
      'a%20b',
      '100%',
      'a&b<c>"d\'',
      'ü',
      '漢字',
      '🛒',
      'a//b',
      'tab\tkey',
      'quote"',
      "it's (a) key!*",
      'a?b=c#d',
      'a\\b',
      'e\u0301',
      'a:b;c,d=e@f',
    ].map((name) => `odd/${name}`);
    await Promise.all(keys.map((key) => put(key)));
    const pages = await pagesOf(objects, 'odd/');
    expect(pages.flatMap((page) => page.objects.map(({ key }) => key)).sort()).toEqual([...keys].sort());
    for (const key of keys) {
      const object = await only(objects, key);
      expect(object).toMatchObject({ key, bytes: Buffer.byteLength(key) });
      expect(await bodyOf(objects, object)).toMatchObject({ bytes: Buffer.from(key), md5: object.etag });
    }
  });

  test('are listed page by page, and one level at a time', async () => {
    const objects = openS3Objects(aws.bucket);
    const keys = Array.from({ length: 1005 }, (_, index) => `many/${index % 3} +/${index}`);
    await inParallel([...keys, 'many/x'], 16, (key) => put(key));
    const pages = await pagesOf(objects, 'many/');
    expect(pages.map((page) => page.objects.length)).toEqual([1000, 6]);
    expect(new Set(pages.flatMap((page) => page.objects.map(({ key }) => key))).size).toBe(1006);
    expect(await pagesOf(objects, 'many/', { isOneLevel: true })).toMatchObject([
      { objects: [{ key: 'many/x' }], folders: ['many/0 +/', 'many/1 +/', 'many/2 +/'] },
    ]);
    expect((await pagesOf(objects, 'many/', { limit: 2 })).map((page) => page.objects.length)).toEqual([2]);
  }, 60_000);

  test('are read from a byte on, as long as they have the ETag that was listed', async () => {
    const objects = openS3Objects(aws.bucket);
    await put('ranged', '0123456789');
    const object = await only(objects, 'ranged');
    expect(await bodyOf(objects, object, 7)).toMatchObject({
      bytes: Buffer.from('789'),
      versionId: undefined,
    });
    await put('ranged', '0123456780');
    expect(await bodyOf(objects, object)).toBe('changed');
    expect(await bodyOf(objects, object, 7)).toBe('changed');
    expect(await bodyOf(objects, { ...object, key: 'gone' })).toBe('missing');
  });

  test('that were uploaded in parts have an ETag that is no MD5', async () => {
    const objects = openS3Objects(aws.bucket);
    const object = { Bucket: aws.bucket, Key: 'parts' };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(object));
    const part = { ...object, UploadId, PartNumber: 1, Body: 'in parts' };
    const { ETag } = await client.send(new UploadPartCommand(part));
    await client.send(
      new CompleteMultipartUploadCommand({
        ...object,
        UploadId,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
      }),
    );
    const found = await only(objects, 'parts');
    expect(found.etag).toMatch(/^[0-9a-f]{32}-1$/);
    expect(await bodyOf(objects, found)).toMatchObject({ bytes: Buffer.from('in parts'), md5: undefined });
  });

  test('with a key of KMS have one that is not taken for an MD5', async () => {
    const objects = openS3Objects(aws.bucket);
    const encrypted = {
      Bucket: aws.bucket,
      Key: 'kms',
      Body: 'secret',
      ServerSideEncryption: 'aws:kms' as const,
    };
    await client.send(new PutObjectCommand(encrypted));
    expect(await bodyOf(objects, await only(objects, 'kms'))).toMatchObject({ md5: undefined });
  });

  test('of a bucket with versions have one', async () => {
    const objects = openS3Objects(versioned.bucket);
    await put('before', '0', versioned.bucket);
    await client.send(
      new PutBucketVersioningCommand({
        Bucket: versioned.bucket,
        VersioningConfiguration: { Status: 'Enabled' },
      }),
    );
    const { VersionId } = await put('a', '1', versioned.bucket);
    expect(await bodyOf(objects, await only(objects, 'a'))).toMatchObject({ versionId: VersionId });
    expect(await bodyOf(objects, await only(objects, 'before'))).toMatchObject({ versionId: undefined });
  });

  test('that are archived, and buckets that are not there, are named with what to do', async () => {
    const objects = openS3Objects(aws.bucket);
    await client.send(
      new PutObjectCommand({ Bucket: aws.bucket, Key: 'cold', Body: 'x', StorageClass: 'GLACIER' }),
    );
    await expect(bodyOf(objects, await only(objects, 'cold'))).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('restore it first'),
    });
    await expect(pagesOf(openS3Objects('no-such-bucket-anywhere'), '')).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('the bucket does not exist'),
    });
  });
});
