import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AthenaClient } from '@aws-sdk/client-athena';
import { awsTarget, lake as columnOptions, defineEvents, timestamp } from '@headwater/core';
import { awsRuleProblems } from '@headwater/local-aws/testing';
import { createLake } from '@headwater/queries';
import { athenaEngine } from '@headwater/queries/athena';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { planTextScans } from '../src/guard/cost/text-scan-plan.ts';
import { shop } from './support/shop.ts';

const started: Record<string, unknown>[] = [];
/** Keeps what it is asked to start, and starts nothing. */
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  started.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify({ __type: 'InvalidRequestException', message: 'not here' }));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const client = new AthenaClient({
  region: 'eu-central-1',
  endpoint: `http://127.0.0.1:${port}`,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
});
afterAll(() => {
  client.destroy();
  server.close();
});

const config = {
  region: 'eu-central-1',
  account: '123456789012',
  database: 'shop',
  location: 's3://shop-lake/events',
  firstDay: '2024-03-01',
};
const results = 's3://results/athena';
const kmsKey = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd';

async function requestOf(given: Partial<Parameters<typeof awsTarget>[0]>): Promise<Record<string, unknown>> {
  const lake = createLake({
    tables: [shop],
    engine: athenaEngine({ ...awsTarget({ ...config, ...given }), client }),
  });
  const query = lake.shop.between('2024-03-03', '2024-03-04').select('brand').limit(1);
  await expect(query.execute()).rejects.toMatchObject({ code: 'QUERY_FAILED' });
  const input = started.at(-1) ?? {};
  expect(awsRuleProblems({ service: 'athena', operation: 'StartQueryExecution', input })).toEqual([]);
  return input;
}

test.each([
  ['the config has no place for results', { workgroup: 'ad-hoc' }],
  ['the workgroup is the one that publishing makes', { results }],
  ['it is the one of a class of readers', { results, workgroup: 'headwater-shop-no-pii' }],
])('no place for results is sent when %s', async (_, given) => {
  expect(await requestOf(given)).not.toHaveProperty('ResultConfiguration');
});

test("a workgroup of the user's own gets the place, its encryption and the account of its bucket", async () => {
  expect(await requestOf({ results, workgroup: 'ad-hoc' })).toMatchObject({
    WorkGroup: 'ad-hoc',
    ResultConfiguration: {
      OutputLocation: 's3://results/athena/',
      EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
      ExpectedBucketOwner: '123456789012',
    },
  });
  const keyed = { results, kmsKey, workgroup: 'ad-hoc', bucketOwner: '210987654321' };
  expect((await requestOf(keyed))['ResultConfiguration']).toEqual({
    OutputLocation: 's3://results/athena/',
    EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: kmsKey },
    ExpectedBucketOwner: '210987654321',
  });
});

const renamed = defineEvents('renamed', {
  columns: {
    at: timestamp(),
    label: z.string().register(columnOptions, { renamedFrom: 'brand' }).optional(),
    email: z.string().register(columnOptions, { pii: 'direct' }).optional(),
  },
  roles: { time: 'at' },
});

test.each([
  [undefined, '"renamed__view"', 'headwater-shop'],
  ['no_pii', '"renamed__view_no_pii"', 'headwater-shop-no-pii'],
] as const)('readers of %s read %s in the workgroup %s', async (permissionClass, view, workgroup) => {
  const engine = athenaEngine({ ...awsTarget(config), results, permissionClass, client });
  const query = createLake({ tables: [renamed], engine }).renamed.between('2024-03-03', '2024-03-04');
  await expect(query.select('label').execute()).rejects.toMatchObject({ code: 'QUERY_FAILED' });
  expect(started.at(-1)).toMatchObject({
    WorkGroup: workgroup,
    QueryString: expect.stringContaining(`from ${view}`),
  });
  expect(started.at(-1)).not.toHaveProperty('ResultConfiguration');
});

test('a statement on the view of a class of readers reads the table, for the estimate and its limit', () => {
  const scans = planTextScans('select label from renamed__view_no_pii', [renamed.schema]);
  expect(scans).toMatchObject([{ table: 'renamed' }]);
});

test('readers of different workgroups share no cached answer', () => {
  const places = [undefined, 'no_pii', 'no_direct_pii'] as const;
  const keys = places.map(
    (permissionClass) => athenaEngine({ ...awsTarget(config), permissionClass }).open([shop.schema]).place,
  );
  expect(new Set(keys).size).toBe(3);
});
