import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, expect, test } from 'vitest';
import { bucketRegion } from '../src/index.ts';

/**
 * Answers HeadBucket as S3 does: without a body, and with the bucket's region in a header, whether the request is granted,
 * denied, or sent to another region (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html).
 */
const server = createServer((request, response) => {
  const [, asked = ''] = /\/\d{8}\/([^/]+)\/s3\//.exec(request.headers.authorization ?? '') ?? [];
  const [, bucket = ''] = (request.url ?? '').split(/[/?]/);
  const region = 'eu-central-1';
  const [status, headers] = {
    'shop-lake': [asked === region ? 200 : 301, { 'x-amz-bucket-region': region }] as const,
    'foreign-lake': [403, { 'x-amz-bucket-region': region }] as const,
    'silent-lake': [200, {}] as const,
  }[bucket] ?? [404, {}];
  response.writeHead(status, headers).end();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
afterAll(() => server.close());

function clientOf(region: string, endpoint = `http://127.0.0.1:${port}`): S3Client {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new S3Client({ region, endpoint, credentials, forcePathStyle: true, maxAttempts: 1 });
}

test.each([
  ['shop-lake', 'eu-central-1', 'eu-central-1'],
  ['shop-lake', 'us-east-1', 'eu-central-1'],
  ['foreign-lake', 'us-east-1', 'eu-central-1'],
  ['silent-lake', 'us-east-1', undefined],
  ['missing-lake', 'us-east-1', undefined],
])('the region of %s, asked in %s, is %s', async (bucket, region, expected) => {
  const client = clientOf(region);
  expect(await bucketRegion(bucket, { region, client })).toBe(expected);
  client.destroy();
});

test('is unknown where nothing answers', async () => {
  const client = clientOf('us-east-1', 'http://127.0.0.1:1');
  expect(await bucketRegion('shop-lake', { region: 'us-east-1', client })).toBeUndefined();
});
