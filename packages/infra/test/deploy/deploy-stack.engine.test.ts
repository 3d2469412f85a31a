// A small stack on the stand-in: deployed, changed, interrupted, deleted, taken over again, and its data deleted at last.
import { randomBytes } from 'node:crypto';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateDatabaseCommand,
  CreateTableCommand,
  DeleteDatabaseCommand,
  DeleteTableCommand,
  GetDatabaseCommand,
  GlueClient,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { CreateStreamCommand, DeleteStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { HeadwaterError } from '@headwater/core';
import { alone } from '@headwater/local-aws/testing';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, describe, expect, it } from 'vitest';
import type { DeployStep } from '../../src/deploy/aws/stack-activities.ts';
import { type DeployStackOptions, deployStack } from '../../src/deploy/deploy-stack.ts';
import { deleteData } from '../../src/deploy/destroy/delete-data.ts';
import { destroyStack } from '../../src/deploy/destroy/destroy-stack.ts';
import { diffStack } from '../../src/deploy/diff-stack.ts';
import { type SmallStack, synthesizeSmallStack } from './small-stack.ts';

const name = `small-${randomBytes(3).toString('hex')}`;
const held: Disposable[] = [];
const s3 = new S3Client();
const glue = new GlueClient();
// The client's own handler speaks HTTP/2, which the stand-in does not.
const kinesis = new KinesisClient({ requestHandler: new NodeHttpHandler() });
const cloudFormation = new CloudFormationClient();
afterAll(() => {
  for (const one of held) one[Symbol.dispose]();
  for (const client of [s3, glue, kinesis, cloudFormation]) client.destroy();
});

function small(settings: Omit<SmallStack, 'name'> = {}) {
  const made = synthesizeSmallStack({ name, ...settings });
  held.push(made);
  return made;
}

const pace = 100;
const deploy = (settings: Omit<SmallStack, 'name'>, options: DeployStackOptions = {}) =>
  deployStack(small(settings), { pace, ...options });
const place = { stack: name, account: '123456789012', region: 'us-east-1' };
const lake = `${name}-lake`;

async function stackId(stack: string): Promise<string | undefined> {
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack }));
  return Stacks?.[0]?.StackId;
}

const refused = (problem: string) =>
  expect.objectContaining({ code: 'DEPLOY_REFUSED', message: expect.stringContaining(problem) });

describe('a stack', () => {
  it('is refused where the account has no bootstrap stack, or is another one', async () => {
    await expect(deploy({ region: 'eu-south-2' })).rejects.toEqual(
      refused('has no bootstrap stack of the CDK in eu-south-2. Give --bootstrap'),
    );
    await expect(deployStack({ ...small(), account: '210987654321' })).rejects.toEqual(
      refused('the config says 210987654321'),
    );
  });

  it('is deployed, with a step for each resource, and has its outputs', async () => {
    const doing: string[] = [];
    const asked: boolean[] = [];
    const report = await alone(() =>
      deploy(
        {},
        {
          bootstrap: true,
          approve: async () => asked.push(true) > 0,
          onStep: (step) => void (step.isComplete && doing.push(step.doing)),
        },
      ),
    );
    expect(report).toMatchObject({ outcome: 'deployed', outputs: { LakeBucket: lake }, leftovers: [] });
    expect(asked).toEqual([true]);
    expect(doing).toEqual(
      expect.arrayContaining([`creating bucket ${lake}`, `creating function ${name}-counter`]),
    );
    await s3.send(new PutObjectCommand({ Bucket: lake, Key: 'events/1.parquet', Body: 'rows' }));
  });

  it('has nothing to do the second time', async () => {
    const never = async (): Promise<boolean> => Promise.reject(new Error('nobody is asked'));
    expect(await deploy({}, { approve: never, reviewed: ['none'] })).toMatchObject({
      outcome: 'unchanged',
      digest: 'none',
    });
  });

  it('changes by the plan that was reviewed, and by no other', async () => {
    const { plan, digest } = await diffStack(small({ writes: true }));
    expect(plan.isBroader).toBe(true);
    await expect(deploy({ writes: true, versioned: true }, { reviewed: [digest] })).rejects.toMatchObject({
      code: 'PLAN_CHANGED',
    });
    expect(await deploy({ writes: true }, { reviewed: ['of another stack', digest] })).toMatchObject({
      outcome: 'deployed',
    });
  });

  it('loses no data that nobody allowed to be lost', async () => {
    const without = { writes: true, versioned: true, stream: null } as const;
    const { plan } = await diffStack(small(without));
    const [id = ''] = plan.needs;
    await expect(deploy(without)).rejects.toEqual(
      refused(
        `The records of Kinesis stream ${name}-events would be lost. If that is meant, give --allow ${id}.`,
      ),
    );
    expect(await deploy(without, { allow: [id] })).toMatchObject({ outcome: 'deployed' });
  });

  it('writes no table of another version than the published one', async () => {
    const now = { writes: true, versioned: true, stream: null } as const;
    await expect(deploy({ ...now, version: '2.0.0' })).rejects.toEqual(
      refused(
        `${name}.clicks has version 1.0.0 in Glue, and the stack would write version 2.0.0. Run headwater schema publish`,
      ),
    );
    const Parameters = { 'headwater.version': '2.0.0', 'headwater.snapshot': 'digest of 2.0.0' };
    const TableInput = { Name: 'clicks', TableType: 'EXTERNAL_TABLE', Parameters };
    await glue.send(new UpdateTableCommand({ DatabaseName: name, TableInput }));
    expect(await deploy({ ...now, version: '2.0.0' })).toMatchObject({ outcome: 'deployed' });
  });

  it('names the resource that failed, with the reason of its service, and is made from nothing the next time, interrupted or not', async () => {
    const failing = `${name}-failing`;
    const stack = synthesizeSmallStack({ name: failing });
    held.push(stack);
    // Nothing looks for streams before: CloudFormation meets it.
    await kinesis.send(new CreateStreamCommand({ StreamName: `${failing}-events`, ShardCount: 1 }));
    const error = await deployStack(stack, { pace }).then(
      () => undefined,
      (caught: HeadwaterError<'DEPLOY_FAILED'>) => caught,
    );
    expect(error).toMatchObject({
      code: 'DEPLOY_FAILED',
      payload: { stack: failing, status: 'ROLLBACK_COMPLETE' },
    });
    expect(error?.payload.failed).toEqual([
      {
        resource: `Kinesis stream ${failing}-events`,
        reason: expect.stringContaining('already exists'),
        advice: expect.stringContaining('give --adopt'),
      },
    ]);
    await kinesis.send(new DeleteStreamCommand({ StreamName: `${failing}-events` }));

    const stop = new AbortController();
    const onStep = ({ doing }: DeployStep): void => {
      if (doing === `creating bucket ${failing}-lake`) stop.abort();
    };
    await expect(deployStack(stack, { pace, onStep, signal: stop.signal })).rejects.toMatchObject({
      code: 'INTERRUPTED',
      message: expect.stringContaining('CloudFormation goes on'),
    });
    const begun = await stackId(failing);
    // It waits for what was begun, and finds that there is nothing left to do.
    expect(await deployStack(stack, { pace })).toMatchObject({ outcome: 'unchanged' });
    expect(await stackId(failing)).toBe(begun);

    const { plan } = await destroyStack({ ...place, stack: failing });
    await destroyStack({ ...place, stack: failing }, { token: plan.token, pace });
    const left = await deleteData(stack, failing);
    await deleteData(stack, failing, { token: left.plan.token });
  });

  it('is deleted in two steps, and its data stays', async () => {
    const { isDeleted, plan } = await destroyStack(place);
    expect(isDeleted).toBe(false);
    expect(plan.keeps).toMatchObject([
      { what: `bucket ${lake}`, size: { count: 1, unit: 'object', bytes: 4, isMore: false } },
    ]);
    expect(plan.deletes.map(({ what }) => what)).toContain(`function ${name}-counter`);
    await expect(destroyStack(place, { token: '00000000' })).rejects.toMatchObject({ code: 'PLAN_CHANGED' });
    await expect(deleteData(small(), name)).rejects.toEqual(refused('Delete the stack first'));
    expect(await destroyStack(place, { token: plan.token, pace })).toMatchObject({ isDeleted: true });
    await expect(destroyStack(place)).rejects.toMatchObject({ code: 'STACK_UNKNOWN' });
    await expect(
      s3.send(new GetObjectCommand({ Bucket: lake, Key: 'events/1.parquet' })),
    ).resolves.toBeDefined();
  });

  it('takes over what a deleted stack left', async () => {
    await expect(deploy({})).rejects.toEqual(
      refused(`The bucket ${lake} exists, and is not in the stack. Give --adopt`),
    );
    expect(await deploy({}, { adopt: true })).toMatchObject({ outcome: 'deployed' });
    await expect(
      s3.send(new GetObjectCommand({ Bucket: lake, Key: 'events/1.parquet' })),
    ).resolves.toBeDefined();
    const { plan } = await destroyStack(place);
    await destroyStack(place, { token: plan.token, pace });
  });

  it('takes over no table of Glue: CloudFormation would fail halfway', async () => {
    const Parameters = { 'headwater.version': '1.0.0', 'headwater.snapshot': 'digest of 1.0.0' };
    const outside = `${name}_outside`;
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: outside } }));
    await glue.send(
      new CreateTableCommand({ DatabaseName: outside, TableInput: { Name: 'clicks', Parameters } }),
    );
    for (const adopt of [false, true])
      await expect(deploy({ tableDatabase: outside }, { adopt })).rejects.toEqual(
        refused(
          `${outside}.clicks exists in Glue, and is not in the stack. CloudFormation cannot take it over`,
        ),
      );
    await glue.send(new DeleteDatabaseCommand({ Name: outside }));
  });

  it('deletes a table that was published, and a database that has nothing else', async () => {
    const kept = `${name}_kept`;
    const stack = small({ tableDatabase: kept, keepsCatalog: true });
    const table = (Name: string, Parameters = {}) => ({
      DatabaseName: kept,
      TableInput: { Name, Parameters },
    });
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: kept } }));
    await glue.send(new CreateTableCommand(table('clicks')));
    await glue.send(new CreateTableCommand(table('of_others')));
    const planned = async () => {
      const { plan } = await deleteData(stack, name);
      return {
        token: plan.token,
        deletes: plan.deletes.map(({ what }) => what).filter((what) => what.startsWith('Glue')),
        spares: plan.spares.map(({ what, reason }) => `${what} ${reason}`),
      };
    };
    expect(await planned()).toMatchObject({
      deletes: [],
      spares: [
        'Glue table clicks has no parameter headwater.snapshot, so the platform did not make it',
        `Glue database ${kept} has other tables, such as clicks`,
      ],
    });
    const marked = table('clicks', { 'headwater.snapshot': 'digest of 1.0.0' });
    await glue.send(new UpdateTableCommand(marked));
    expect(await planned()).toMatchObject({
      deletes: ['Glue table clicks'],
      spares: [`Glue database ${kept} has other tables, such as of_others`],
    });
    await glue.send(new DeleteTableCommand({ DatabaseName: kept, Name: 'of_others' }));
    const both = await planned();
    expect(both).toMatchObject({
      deletes: ['Glue table clicks', `Glue database ${kept}`],
      spares: [],
    });
    // The lake stays: by its tag, it is of another database.
    const other = 'a database whose tag no bucket has';
    const { plan } = await deleteData(stack, other);
    expect(await deleteData(stack, other, { token: plan.token })).toMatchObject({ isDeleted: true });
    await expect(glue.send(new GetDatabaseCommand({ Name: kept }))).rejects.toMatchObject({
      name: 'EntityNotFoundException',
    });
  });

  it('deletes the data that was left in two steps, and only what has its tag', async () => {
    const { plan } = await deleteData(small(), name);
    expect(plan.deletes).toMatchObject([{ what: `bucket ${lake}`, size: { count: 1 } }]);
    expect(await deleteData(small(), name, { token: plan.token })).toMatchObject({ isDeleted: true });
    await expect(s3.send(new HeadBucketCommand({ Bucket: lake }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await s3.send(new CreateBucketCommand({ Bucket: `${name}-other-lake` }));
    const other = synthesizeSmallStack({ name: `${name}-other` });
    held.push(other);
    expect((await deleteData(other, name)).plan).toMatchObject({
      deletes: [],
      spares: [
        {
          what: `bucket ${name}-other-lake`,
          reason: expect.stringContaining('has no tag headwater:database'),
        },
      ],
    });
    await s3.send(new DeleteBucketCommand({ Bucket: `${name}-other-lake` }));
  });
});
