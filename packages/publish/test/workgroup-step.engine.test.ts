import {
  AthenaClient,
  CreateWorkGroupCommand,
  GetWorkGroupCommand,
  UpdateWorkGroupCommand,
} from '@aws-sdk/client-athena';
import { awsTarget } from '@headwater/core';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, expect, test } from 'vitest';
import { workgroupStep } from '../src/steps/workgroup-step.ts';

const aws = useAwsSandbox('workgroup');
const client = new AthenaClient();
afterAll(() => client.destroy());

const target = (name: string, lake = aws.location) =>
  awsTarget({
    region: 'us-east-1',
    account: '123456789012',
    database: aws.database,
    location: lake,
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
    differences: [{ what: 'maximum bytes of a query', was: '5000000000', becomes: '6000000000' }],
  });
  await larger.apply(none);
  expect((await live('own'))?.Configuration?.BytesScannedCutoffPerQuery).toBe(6e9);

  const WorkGroup = target('own').workgroup;
  const ConfigurationUpdates = { EnforceWorkGroupConfiguration: false };
  await client.send(new UpdateWorkGroupCommand({ WorkGroup, ConfigurationUpdates }));
  expect((await larger.plan()).differences).toMatchObject([
    { what: 'overrides client settings', was: 'false' },
  ]);
  await larger.apply(none);
  expect((await live('own'))?.Configuration?.EnforceWorkGroupConfiguration).toBe(true);

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

test("another lake's is taken over only when that is allowed", async () => {
  await workgroupStep(client, target('shared'), 5e9).apply(none);
  const second = workgroupStep(client, target('shared', `${aws.location}/second`), 6e9);
  const id = `adopt-workgroup:${target('shared').workgroup}`;
  expect(await second.plan()).toMatchObject({ action: 'update', needs: [id] });
  await expect(second.apply(none)).rejects.toMatchObject({
    code: 'CHANGES_NOT_ALLOWED',
    payload: { ids: [id] },
  });
  expect((await live('shared'))?.Configuration?.BytesScannedCutoffPerQuery).toBe(5e9);

  await second.apply(new Set([id]));
  expect(await live('shared')).toMatchObject({
    Description: `Queries of the lake ${aws.location}/second`,
    Configuration: {
      BytesScannedCutoffPerQuery: 6e9,
      ResultConfiguration: { OutputLocation: `${aws.location}/second/_athena/` },
    },
  });
  expect(await second.plan()).toMatchObject({ action: 'none', needs: [] });
});
