import { AthenaClient, CreateWorkGroupCommand, GetWorkGroupCommand } from '@aws-sdk/client-athena';
import { awsTarget } from '@headwater/core';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, expect, test } from 'vitest';
import { workgroupStep } from '../src/publish/workgroup-step.ts';

const aws = useAwsSandbox('workgroup');
const client = new AthenaClient();
afterAll(() => client.destroy());

const target = (name: string) =>
  awsTarget({
    region: 'us-east-1',
    account: '123456789012',
    database: aws.database,
    location: aws.location,
    firstDay: '2019-10-01',
    workgroup: `${aws.database}-${name}`,
  });
const live = async (name: string) =>
  (await client.send(new GetWorkGroupCommand({ WorkGroup: target(name).workgroup }))).WorkGroup;
const none: ReadonlySet<string> = new Set();

test('is made once, and follows the budget', async () => {
  const first = workgroupStep(client, target('own'), 5e9);
  expect((await first.plan()).action).toBe('create');
  await first.apply(none);
  expect((await first.plan()).action).toBe('none');
  expect((await live('own'))?.Configuration).toMatchObject({
    BytesScannedCutoffPerQuery: 5e9,
    ResultConfiguration: { OutputLocation: `${aws.location}/_athena/` },
  });

  const larger = workgroupStep(client, target('own'), 6e9);
  expect(await larger.plan()).toMatchObject({
    action: 'update',
    differences: [{ what: 'bytes a query may read', was: '5000000000', becomes: '6000000000' }],
  });
  await larger.apply(none);
  expect((await live('own'))?.Configuration?.BytesScannedCutoffPerQuery).toBe(6e9);

  const unbounded = workgroupStep(client, target('own'));
  expect((await unbounded.plan()).action).toBe('none');
});

test("stays as it is when it is somebody else's", async () => {
  await client.send(new CreateWorkGroupCommand({ Name: target('other').workgroup, Description: 'Finance' }));
  const step = workgroupStep(client, target('other'), 5e9);
  expect((await step.plan()).action).toBe('none');
  await step.apply(none);
  expect((await live('other'))?.Configuration?.BytesScannedCutoffPerQuery).toBeUndefined();
});
