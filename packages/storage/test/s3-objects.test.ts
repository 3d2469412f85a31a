import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, expect, test } from 'vitest';
import { openS3Objects, type S3Page } from '../src/index.ts';

let answer: { status: number; body: string; headers?: Record<string, string> } = { status: 200, body: '' };
const requests: string[] = [];
const server = createServer((request, response) => {
  requests.push(request.url ?? '');
  request.resume().on('end', () => {
    response
      .writeHead(answer.status, { 'content-type': 'application/xml', ...answer.headers })
      .end(answer.body);
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const client = new S3Client({
  region: 'eu-central-1',
  endpoint: `http://127.0.0.1:${port}`,
  credentials: { accessKeyId: 'local', secretAccessKey: 'very-secret' },
  forcePathStyle: true,
  maxAttempts: 1,
});
afterAll(() => {
  client.destroy();
  server.close();
});
const objects = openS3Objects('shop-landing', { client });

async function list(): Promise<S3Page[]> {
  const pages: S3Page[] = [];
  for await (const page of objects.list('clicks/')) pages.push(page);
  return pages;
}

test('keys of a listing are decoded as S3 encodes them, with times in whole seconds', async () => {
  answer = {
    status: 200,
    body: `<ListBucketResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>
      <Contents><Key>clicks/a+b%2Bc%01%20%C3%BC.csv</Key><Size>3</Size><ETag>&quot;e-2&quot;</ETag>
      <LastModified>2026-11-27T10:00:00.734Z</LastModified></Contents>
      <CommonPrefixes><Prefix>clicks/x+y/</Prefix></CommonPrefixes></ListBucketResult>`,
  };
  expect(await list()).toEqual([
    {
      objects: [
        {
          key: 'clicks/a b+c\u0001 ü.csv',
          bytes: 3,
          etag: 'e-2',
          modifiedAt: new Date('2026-11-27T10:00:00.000Z'),
        },
      ],
      folders: ['clicks/x y/'],
    },
  ]);
  expect(requests.at(-1)).toContain('encoding-type=url');
});

test.each([
  ['AccessDenied', 403, 's3:ListBucket and s3:GetObject here, and kms:Decrypt'],
  ['ExpiredToken', 400, 'credentials have expired'],
  ['PermanentRedirect', 301, 'another region'],
  ['NoSuchBucket', 404, 'the bucket does not exist'],
])('%s says what to do, and nothing of the credentials', async (code, status, advice) => {
  answer = { status, body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>` };
  const listing = await list().catch((error: Error) => error);
  expect(listing).toMatchObject({ code: 'STORE_FAILED', message: expect.stringContaining(advice) });
  const reading = await objects.read({ key: 'clicks/a', etag: 'e' }, 0).catch((error: Error) => error);
  expect(reading).toMatchObject({ code: 'STORE_FAILED', message: expect.stringContaining(advice) });
  expect(JSON.stringify([listing, reading])).not.toContain('very-secret');
});

test('an object that is not the one that was listed is told apart from a failure', async () => {
  const read = () => objects.read({ key: 'clicks/a', etag: 'e' }, 0);
  answer = { status: 412, body: '<Error><Code>PreconditionFailed</Code></Error>' };
  expect(await read()).toBe('changed');
  answer = { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
  expect(await read()).toBe('missing');
});
