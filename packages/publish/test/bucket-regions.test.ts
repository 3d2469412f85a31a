import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AthenaClient } from '@aws-sdk/client-athena';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { type AwsConfig, awsTarget } from '@headwater/core';
import { afterAll, expect, test } from 'vitest';
import { planPublish, publishSchema } from '../src/index.ts';
import { schemaWith } from './publish-fixture.ts';

// S3 sends a bucket's region with every response (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html).
const buckets = { 'shop-frankfurt': 'eu-central-1', 'shop-dublin': 'eu-west-1' };
const server = createServer((request, response) => {
  const bucket = (request.url ?? '').split(/[/?]/)[1] ?? '';
  const region = Object.entries(buckets).find(([name]) => name === bucket)?.[1];
  response.writeHead(region ? 301 : 404, region ? { 'x-amz-bucket-region': region } : {}).end();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const s3 = new S3Client({ region: 'us-east-1', endpoint, credentials, forcePathStyle: true, maxAttempts: 1 });
const folder = mkdtempSync(join(tmpdir(), 'headwater-regions-'));
afterAll(() => {
  s3.destroy();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What publishing says when the catalogue must not be reached before the regions are checked. */
async function outcome(place: Partial<AwsConfig>, allow: readonly string[] = []) {
  const calls: string[] = [];
  const refuse = (client: GlueClient | AthenaClient): void => {
    client.send = async (command: object) => {
      calls.push(command.constructor.name);
      throw new Error('the catalogue was reached');
    };
  };
  const client = new GlueClient({ region: 'us-east-1' });
  const athena = new AthenaClient({ region: 'us-east-1' });
  for (const one of [client, athena]) refuse(one);
  const target = awsTarget({
    region: 'us-east-1',
    account: '123456789012',
    database: 'shop',
    location: 's3://shop-frankfurt/lake',
    firstDay: '2019-10-01',
    ...place,
  });
  const options = { schema: schemaWith('events', {}), target, folder, client, athena, s3, allow };
  const errors = [];
  for (const run of [planPublish, publishSchema])
    errors.push(await run(options).then(String, (error: Error) => error.message));
  expect(readdirSync(folder)).toEqual([]);
  expect(new Set(errors).size).toBe(1);
  return { calls, error: errors[0] ?? '' };
}

test('a region that the bucket is not in is refused before the catalogue is reached', async () => {
  const { calls, error } = await outcome({});
  expect(calls).toEqual([]);
  expect(error).toBe(
    'aws.region is us-east-1, and the bucket of s3://shop-frankfurt/lake is in eu-central-1. Set it to eu-central-1, or change ' +
      'aws.location. If Athena is to read the lake across regions, which AWS charges for, pass --allow bucket-in-another-region',
  );
});

test('reading across regions may be allowed; writing results there may not', async () => {
  const allow = ['bucket-in-another-region'];
  expect(await outcome({}, allow)).toEqual({
    calls: [],
    error:
      'aws.results is s3://shop-frankfurt/_athena/lake, whose bucket is in eu-central-1. Athena in us-east-1 cannot write its results ' +
      'there: set it to a place in a bucket of us-east-1',
  });
  const { error } = await outcome({ region: 'eu-west-1', results: 's3://shop-dublin/results' }, allow);
  expect(error).toContain('the catalogue was reached');
});

test.each([
  ['the region of the bucket', { region: 'eu-central-1' }],
  ['a bucket that S3 says nothing about', { location: 's3://not-there/lake' }],
])('goes on with %s', async (_, place) => {
  expect((await outcome(place)).error).toContain('the catalogue was reached');
});

test('results in another region are refused', async () => {
  const { error } = await outcome({ region: 'eu-central-1', results: 's3://shop-dublin/results' });
  expect(error).toContain('aws.results is s3://shop-dublin/results, whose bucket is in eu-west-1');
});
