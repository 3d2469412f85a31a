import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openLakeStore, requestClass, requestsPrice } from '../src/index.ts';
import { temporaryFolder } from './store-contract.ts';

interface Seen {
  readonly path: string;
  readonly method: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const seen: Seen[] = [];
/** How many requests are still to be refused, to be repeated. */
let refusals = 0;
/** Takes every write, as S3 answers it, and keeps its headers. */
const server = createServer((request, response) => {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  seen.push({ path, method: request.method ?? '', query, headers: request.headers });
  request.resume().on('end', () => {
    if (refusals > 0) {
      refusals -= 1;
      response.writeHead(503).end();
      return;
    }
    const isCreate = request.method === 'POST' && /^uploads/.test(query);
    const isComplete = request.method === 'POST' && /uploadId=/.test(query);
    const body = isCreate
      ? '<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>'
      : isComplete
        ? '<CompleteMultipartUploadResult><ETag>"e"</ETag></CompleteMultipartUploadResult>'
        : request.headers['x-amz-copy-source']
          ? '<CopyObjectResult><ETag>"e"</ETag></CopyObjectResult>'
          : '';
    response.writeHead(200, { etag: '"e"', 'content-type': 'application/xml' }).end(body);
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const clientOptions = {
  region: 'eu-central-1',
  endpoint: `http://127.0.0.1:${port}`,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  forcePathStyle: true,
  maxAttempts: 1,
};
const client = new S3Client(clientOptions);
afterAll(() => {
  client.destroy();
  server.close();
});
beforeEach(() => {
  seen.length = 0;
});

const kmsKey = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd';
const location = 's3://shop-lake/events';
const aws = { location, region: 'eu-central-1', kmsKey };

const encryptionOf = ({ headers }: Seen) => [
  headers['x-amz-server-side-encryption'],
  headers['x-amz-server-side-encryption-aws-kms-key-id'],
  headers['x-amz-server-side-encryption-bucket-key-enabled'],
];

async function writeEverything(options: Parameters<typeof openLakeStore>[1]): Promise<void> {
  const store = openLakeStore(location, { client, ...options });
  const folder = await temporaryFolder();
  const [small, large] = [join(folder, 'small'), join(folder, 'large')];
  await writeFile(small, 'a');
  await writeFile(large, Buffer.alloc(9_000_000));
  await store.createText('_headwater/t/1.json', '{}');
  await store.replaceText('_headwater/t/checkpoint.jsonl', '{}');
  await store.put('t/small', small, { hash: '00' });
  await store.put('t/large', large, { hash: '00' });
  await store.copy('t/small', 't/copied');
}

/** The requests in which S3 takes the encryption of an object; the parts of an upload have that of the upload. */
const begun = () =>
  seen.filter(
    ({ method, query }) => (method === 'PUT' && !/partNumber=/.test(query)) || /^uploads/.test(query),
  );

describe('a key of KMS', () => {
  test.each([
    ['of the store', { kmsKey }],
    ['of the target in whose bucket the lake is', { aws }],
  ])('%s encrypts every put, copy and upload in parts', async (_, options) => {
    await writeEverything(options);
    expect(begun()).toHaveLength(5);
    for (const request of begun()) expect(encryptionOf(request)).toEqual(['aws:kms', kmsKey, 'true']);
  });

  test.each([
    ['no key', {}],
    ['a target with another bucket', { aws: { ...aws, location: 's3://other-lake/events' } }],
  ])('%s leaves the encryption to the bucket', async (_, options) => {
    await writeEverything(options);
    expect(begun()).toHaveLength(5);
    for (const request of begun()) expect(encryptionOf(request)).toEqual([undefined, undefined, undefined]);
  });
});

test('every request is reported with its operation, the parts of an upload and retries too, and the client stays as it is', async () => {
  const reported: string[] = [];
  const onRequest = (operation: string): void => void reported.push(operation);
  await writeEverything({ onRequest });
  expect(reported).toHaveLength(seen.length);
  expect(reported.toSorted()).toEqual([
    'CompleteMultipartUpload',
    'CopyObject',
    'CreateMultipartUpload',
    ...Array.from({ length: 3 }, () => 'PutObject'),
    ...Array.from({ length: 2 }, () => 'UploadPart'),
  ]);
  seen.length = 0;
  refusals = 2;
  const patient = new S3Client({ ...clientOptions, maxAttempts: 3 });
  await openLakeStore(location, { client: patient, onRequest }).replaceText('again', 'x');
  patient.destroy();
  expect(seen).toHaveLength(3);
  expect(reported.slice(-3)).toEqual(['PutObject', 'PutObject', 'PutObject']);
  const { length } = reported;
  await writeEverything({});
  expect(reported).toHaveLength(length);
});

test.each([
  ['PutObject', 'writes'],
  ['CopyObject', 'writes'],
  ['UploadPart', 'writes'],
  ['CompleteMultipartUpload', 'writes'],
  ['ListObjectsV2', 'writes'],
  ['ListMultipartUploads', 'writes'],
  ['GetObject', 'reads'],
  ['HeadObject', 'reads'],
  ['DeleteObjects', 'deletes'],
  ['AbortMultipartUpload', 'deletes'],
])('%s has the price of %s', (operation, name) => {
  expect(requestClass(operation)).toBe(name);
});

test('requests are priced by the thousand', () => {
  expect(requestsPrice({ writes: 1000, reads: 10_000, deletes: 5 })).toBeCloseTo(0.009, 10);
});

test('manifests are created conditionally, and nothing else is', async () => {
  await writeEverything({});
  const conditional = begun().filter(({ headers }) => headers['if-none-match'] !== undefined);
  expect(conditional.map(({ path, headers }) => [path, headers['if-none-match']])).toEqual([
    ['/shop-lake/events/_headwater/t/1.json', '*'],
  ]);
});

test('a lake in the bucket of the target is reached in its region, whatever the environment says', async () => {
  const environment = {
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'us-east-1',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const regionOf = async (options: Parameters<typeof openLakeStore>[1]): Promise<string | undefined> => {
    await openLakeStore(location, options).replaceText('a', 'a');
    return /\/\d{8}\/([^/]+)\/s3\//.exec(String(seen.at(-1)?.headers['authorization']))?.[1];
  };
  expect(await regionOf({ aws })).toBe('eu-central-1');
  expect(await regionOf({ aws, region: 'ap-south-1' })).toBe('ap-south-1');
  expect(await regionOf({})).toBe('us-east-1');
  vi.unstubAllEnvs();
});
