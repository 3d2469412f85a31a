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
    ResultConfiguration: { OutputLocation: `s3://${aws.bucket}/_athena/lake/` },
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
      ResultConfiguration: { OutputLocation: `s3://${aws.bucket}/_athena/lake/second/` },
    },
  });
  expect(await second.plan()).toMatchObject({ action: 'none', needs: [] });
});

test('keeps encryption, engine version, metrics and the owner of the bucket', async () => {
  const step = workgroupStep(client, target('drifted'));
  await step.apply(none);
  const Configuration = (await live('drifted'))?.Configuration;
  const changed = {
    PublishCloudWatchMetricsEnabled: false,
    ResultConfigurationUpdates: {
      EncryptionConfiguration: { EncryptionOption: 'CSE_KMS', KmsKey: 'a-key' },
      ExpectedBucketOwner: '210987654321',
    },
  } as const;
  await client.send(
    new UpdateWorkGroupCommand({ WorkGroup: target('drifted').workgroup, ConfigurationUpdates: changed }),
  );
  expect((await step.plan()).differences).toMatchObject([
    { what: 'publishes metrics to CloudWatch', was: 'false', becomes: 'true' },
    { what: 'encryption of results', was: 'CSE_KMS', becomes: 'SSE_S3' },
    { what: 'account of the bucket of results', was: '210987654321', becomes: '123456789012' },
  ]);
  await step.apply(none);
  expect((await live('drifted'))?.Configuration).toEqual(Configuration);
});

test('results that Athena manages stay so, until the config names a place for results', async () => {
  const step = workgroupStep(client, target('managed'), 5e9);
  await step.apply(none);
  const managed = {
    ManagedQueryResultsConfigurationUpdates: { Enabled: true },
    ResultConfigurationUpdates: { RemoveOutputLocation: true },
  };
  await client.send(
    new UpdateWorkGroupCommand({ WorkGroup: target('managed').workgroup, ConfigurationUpdates: managed }),
  );
  expect((await step.plan()).action).toBe('none');
  const larger = workgroupStep(client, target('managed'), 6e9);
  await larger.apply(none);
  expect((await live('managed'))?.Configuration).toMatchObject({
    BytesScannedCutoffPerQuery: 6e9,
    ManagedQueryResultsConfiguration: { Enabled: true },
  });

  const results = `s3://${aws.bucket}/elsewhere`;
  const placed = workgroupStep(client, { ...target('managed'), results }, 6e9);
  expect((await placed.plan()).differences).toMatchObject([
    { what: 'managed results', was: 'true', becomes: 'false' },
    { what: 'location of results', was: null, becomes: `${results}/` },
  ]);
  await placed.apply(none);
  expect((await live('managed'))?.Configuration).toMatchObject({
    ManagedQueryResultsConfiguration: { Enabled: false },
    ResultConfiguration: { OutputLocation: `${results}/` },
  });
  expect((await placed.plan()).action).toBe('none');
});
