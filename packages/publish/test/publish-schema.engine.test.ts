import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteTableCommand,
  GetSchemaCommand,
  GetTableCommand,
  GlueClient,
  type TableInput,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { type ColumnShape, decimal, lake, type TableSchema } from '@headwater/core';
import { trinoRows, useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { planPublish, publishSchema } from '../src/index.ts';
import { schemaWith, targetIn } from './publish-fixture.ts';

const aws = useAwsSandbox('publish');
const client = new GlueClient();
afterAll(() => client.destroy());

const target = targetIn(aws);

const columns = {
  kind: z.enum(['view', 'cart']).describe('What happened'),
  brand: z.string().optional(),
  price: decimal(8, 2),
};

const schemaOf = (name: string, shape: ColumnShape = columns): TableSchema => schemaWith(name, shape);

async function snapshots(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-schema-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const liveTable = async (name: string) => {
  const { Table } = await client.send(new GetTableCommand({ DatabaseName: aws.database, Name: name }));
  if (!Table) throw new Error(`no table ${name}`);
  return Table;
};

/** Changes a table as another tool would: read, edit, written back with the version that was read. */
async function editTable(name: string, edit: (input: TableInput) => TableInput): Promise<void> {
  const { VersionId, StorageDescriptor, PartitionKeys, Parameters, TableType, Description } =
    await liveTable(name);
  const input = { Name: name, StorageDescriptor, PartitionKeys, Parameters, TableType, Description };
  await client.send(
    new UpdateTableCommand({ DatabaseName: aws.database, TableInput: edit(input), VersionId }),
  );
}

const actions = (plan: Awaited<ReturnType<typeof planPublish>>): string[] =>
  plan.steps.filter(({ action }) => action !== 'none').map(({ step, action }) => `${action} ${step}`);

test('the first publication makes everything, and the second changes nothing', async () => {
  const folder = await snapshots();
  const options = { schema: schemaOf('first'), target, folder, client };
  const plan = await publishSchema(options);
  expect(actions(plan)).toEqual([
    'create table first',
    'create snapshot first/1.json',
    'create table first__quarantine',
    'create table first__raw_csv',
    'create table first__raw_json',
    `create registry schema ${aws.database}/first`,
    `create workgroup ${aws.database}`,
  ]);
  const before = await liveTable('first');
  expect(before.Parameters).toMatchObject({ 'projection.enabled': 'true', 'headwater.version': '1.0.0' });
  const again = await publishSchema(options);
  expect(again).toMatchObject({ isDone: true, needs: [], snapshot: { number: 1, version: '1.0.0' } });
  expect((await liveTable('first')).VersionId).toBe(before.VersionId);
  expect(await readdir(join(folder, 'first'))).toEqual(['1.json']);
});

test('before a deployment, it changes what exists and leaves what is missing to the stack', async () => {
  const folder = await snapshots();
  const options = { schema: schemaOf('staged'), target, folder, client };
  const leaving = { ...options, leavesMissing: true };
  expect(actions(await publishSchema(leaving))).toEqual(['create snapshot staged/1.json']);
  await expect(liveTable('staged')).rejects.toMatchObject({ name: 'EntityNotFoundException' });
  expect(await planPublish(leaving)).toMatchObject({ isDone: true, needs: [] });

  await publishSchema(options);
  await client.send(new DeleteTableCommand({ DatabaseName: aws.database, Name: 'staged__quarantine' }));
  const changed = { ...leaving, schema: schemaOf('staged', { ...columns, coupon: z.string().optional() }) };
  expect(actions(await publishSchema(changed))).toContain('update table staged');
  expect((await liveTable('staged')).Parameters).toMatchObject({ 'headwater.version': '1.1.0' });
  await expect(liveTable('staged__quarantine')).rejects.toMatchObject({ name: 'EntityNotFoundException' });
  expect(actions(await planPublish({ ...changed, leavesMissing: false }))).toEqual([
    'create table staged__quarantine',
  ]);
});

test('a last day of the target is a change of the days that tables project, and nothing has to be allowed for it', async () => {
  const options = { schema: schemaOf('ended'), folder: await snapshots(), client };
  await publishSchema({ ...options, target });
  const ended = { ...target, lastDay: '2024-12-31' };
  const plan = await publishSchema({ ...options, target: ended });
  expect(actions(plan)).toEqual(['update table ended']);
  expect(plan).toMatchObject({ needs: [], projectedPartitions: 1919 });
  expect((await liveTable('ended')).Parameters).toMatchObject({
    'projection.dt.range': '2019-10-01,2024-12-31',
  });
  expect((await planPublish({ ...options, target: ended })).isDone).toBe(true);
  // An edit of the days by somebody else is drift all the same.
  await editTable('ended', (input) => ({
    ...input,
    Parameters: { ...input.Parameters, 'projection.dt.range': '2020-01-01,2024-12-31' },
  }));
  expect((await planPublish({ ...options, target })).needs).toEqual(['overwrite-drift:ended']);
  await publishSchema({ ...options, target: ended, allow: ['overwrite-drift:ended'] });
  const moving = await publishSchema({ ...options, target });
  expect(moving.needs).toEqual([]);
  expect((await liveTable('ended')).Parameters).toMatchObject({
    'projection.dt.range': '2019-10-01,NOW+1DAYS',
  });
});

test('a region that the lake is not in creates nothing', async () => {
  const elsewhere = { ...target, region: 'eu-central-1' };
  const folder = await snapshots();
  await expect(
    publishSchema({ schema: schemaOf('elsewhere'), target: elsewhere, folder }),
  ).rejects.toMatchObject({
    code: 'AWS_CONFIG_INVALID',
    message: expect.stringContaining(
      `aws.region is eu-central-1, and the bucket of ${aws.location} is in us-east-1`,
    ),
  });
  expect(await readdir(folder)).toEqual([]);
  const inRegion = new GlueClient({ region: 'eu-central-1' });
  const table = { DatabaseName: aws.database, Name: 'elsewhere' };
  await expect(inRegion.send(new GetTableCommand(table))).rejects.toThrow(/not found/i);
  inRegion.destroy();
});

test('what the service writes beside, and other spellings, are no drift', async () => {
  const options = { schema: schemaOf('spelt'), target, folder: await snapshots(), client };
  await publishSchema(options);
  await editTable('spelt', (input) => ({
    ...input,
    Parameters: {
      transient_lastDdlTime: '1571961600',
      ...Object.fromEntries(Object.entries(input.Parameters ?? {}).reverse()),
      EXTERNAL: 'true',
    },
    StorageDescriptor: {
      ...input.StorageDescriptor,
      Location: input.StorageDescriptor?.Location?.replace(/\/$/, ''),
      Columns: input.StorageDescriptor?.Columns?.map((column) => ({
        ...column,
        Type: column.Type?.replace(',', ', ').toUpperCase(),
        ...(column.Comment ? { Comment: ` ${column.Comment} ` } : {}),
      })),
    },
  }));
  expect(await planPublish(options)).toMatchObject({ isDone: true, needs: [] });
});

test('parameters of others survive, and their edits of what is ours are shown and have to be allowed', async () => {
  const folder = await snapshots();
  await publishSchema({ schema: schemaOf('shared'), target, folder, client });
  await editTable('shared', (input) => ({
    ...input,
    Retention: 30,
    Parameters: { ...input.Parameters, owner_team: 'shop', 'projection.dt.range': '2020-01-01,NOW' },
  }));
  const options = {
    schema: schemaOf('shared', { ...columns, note: z.string().optional() }),
    target,
    folder,
    client,
  };
  const plan = await planPublish(options);
  expect(plan.needs).toEqual(['overwrite-drift:shared']);
  const drifts = plan.steps
    .flatMap(({ differences }) => differences)
    .filter(({ cause }) => cause === 'drift');
  expect(drifts).toEqual([
    {
      what: 'parameter projection.dt.range',
      was: '2020-01-01,NOW',
      becomes: expect.stringContaining('2019-10-01'),
      cause: 'drift',
    },
  ]);
  await expect(publishSchema(options)).rejects.toMatchObject({
    code: 'CHANGES_NOT_ALLOWED',
    payload: { ids: ['overwrite-drift:shared'] },
  });
  await publishSchema({ ...options, allow: ['overwrite-drift:shared'] });
  const live = await liveTable('shared');
  expect(live.Parameters).toMatchObject({ owner_team: 'shop', 'headwater.version': '1.1.0' });
  expect(live.Parameters?.['projection.dt.range']).toContain('2019-10-01');
  expect(live.Retention).toBe(30);
  expect(live.StorageDescriptor?.Columns?.map(({ Name }) => Name)).toContain('note');
});

test('a table that is not ours is taken over only when that is allowed', async () => {
  const folder = await snapshots();
  const options = { schema: schemaOf('theirs'), target, folder, client };
  const { CreateTableCommand } = await import('@aws-sdk/client-glue');
  await client.send(
    new CreateTableCommand({
      DatabaseName: aws.database,
      TableInput: { Name: 'theirs', Parameters: { kept: 'yes' } },
    }),
  );
  await expect(publishSchema(options)).rejects.toMatchObject({ payload: { ids: ['adopt-table:theirs'] } });
  await publishSchema({ ...options, allow: ['adopt-table:theirs'] });
  expect((await liveTable('theirs')).Parameters).toMatchObject({ kept: 'yes', 'headwater.version': '1.0.0' });
});

test('a change that breaks something is published only when its id is allowed, and the registry goes on from there', async () => {
  const folder = await snapshots();
  await publishSchema({ schema: schemaOf('broken'), target, folder, client });
  const { brand: _, ...rest } = columns;
  const options = { schema: schemaOf('broken', rest), target, folder, client };
  await expect(publishSchema(options)).rejects.toMatchObject({
    code: 'CHANGES_NOT_ALLOWED',
    payload: { ids: ['drop-column:brand'] },
  });
  expect(await readdir(join(folder, 'broken'))).toEqual(['1.json']);
  await publishSchema({ ...options, allow: ['drop-column:brand'] });
  expect(JSON.parse(await readFile(join(folder, 'broken', '2.json'), 'utf8'))).toMatchObject({
    version: '2.0.0',
  });
  const SchemaId = { RegistryName: aws.database, SchemaName: 'broken' };
  const schema = await client.send(new GetSchemaCommand({ SchemaId }));
  expect(schema).toMatchObject({ Compatibility: 'BACKWARD', LatestSchemaVersion: 2 });
});

test('a rename keeps both names in the table, with a view over them', async () => {
  const folder = await snapshots();
  await publishSchema({ schema: schemaOf('renamed'), target, folder, client });
  const { brand: _, ...rest } = columns;
  const label = z.string().register(lake, { renamedFrom: 'brand' }).optional();
  const schema = schemaOf('renamed', { ...rest, label });
  const allow = ['rename-column:brand:label'];
  await publishSchema({ schema, target, folder, client, allow });
  const names = (await liveTable('renamed')).StorageDescriptor?.Columns?.map(({ Name }) => Name);
  expect(names).toEqual(['at', 'kind', 'price', 'label', 'brand']);
  expect(await liveTable('renamed__view')).toMatchObject({ TableType: 'VIRTUAL_VIEW' });
  expect(await planPublish({ schema, target, folder, client })).toMatchObject({ isDone: true });
});

test('readers who may not see every column get a view and a workgroup of their own', async () => {
  const folder = await snapshots();
  const label = z.string().register(lake, { renamedFrom: 'brand' }).optional();
  const email = z.string().register(lake, { pii: 'direct' }).optional();
  const { brand: _, ...rest } = columns;
  const schema = schemaOf('restricted', { ...rest, label, email });
  const options = {
    schema,
    target: { ...target, permissionClasses: ['no_pii'] as const },
    folder,
    client,
  };
  const made = actions(await publishSchema(options));
  expect(made).toContain('create table restricted__view_no_pii');
  expect(made).toContain(`create workgroup ${aws.database}-no-pii`);
  const shown = async (name: string) =>
    (await trinoRows(`describe ${name}`, aws.database)).map(([column]) => column);
  const all = await shown('restricted__view');
  expect(all).toContain('email');
  expect(await shown('restricted__view_no_pii')).toEqual(all.filter((name) => name !== 'email'));
  expect(await planPublish(options)).toMatchObject({ isDone: true });
});

describe('a publication that dies', () => {
  const stepNames = async (): Promise<string[]> => {
    const options = { schema: schemaOf('probe'), target, folder: await snapshots(), client };
    return (await planPublish(options)).steps.map(({ step }) => step.replaceAll('probe', 'TABLE'));
  };

  test('before any step says what is done, and the next one finishes it', async () => {
    const steps = await stepNames();
    for (const [index, dying] of steps.entries()) {
      const name = `died_${index}`;
      const folder = await snapshots();
      await publishSchema({ schema: schemaOf(name), target, folder, client });
      const { brand: _, ...rest } = columns;
      const label = z.string().register(lake, { renamedFrom: 'brand' }).optional();
      const options = {
        schema: schemaOf(name, { ...rest, label }),
        target,
        folder,
        client,
        allow: ['rename-column:brand:label'],
      };
      const at = dying.replaceAll('TABLE', name).replace('/1.json', '/2.json');
      const died = publishSchema({
        ...options,
        beforeStep: (step) => {
          if (step === at) throw new Error('the plug was pulled');
        },
      });
      const done = steps
        .slice(0, index)
        .map((step) => step.replaceAll('TABLE', name).replace('/1.json', '/2.json'));
      await expect(died).rejects.toMatchObject({
        code: 'PUBLISH_INCOMPLETE',
        payload: { failed: at, done, problem: 'the plug was pulled' },
      });
      await publishSchema(options);
      expect(await planPublish(options)).toMatchObject({ isDone: true, snapshot: { number: 2 } });
      expect((await liveTable(`${name}__view`)).Parameters).toMatchObject({ presto_view: 'true' });
    }
  });
  test('before its snapshot, and whose definition is edited then, is told what to publish first', async () => {
    const folder = await snapshots();
    const withColumn = (name: string) => ({
      schema: schemaOf('edited', { ...columns, [name]: z.string().optional() }),
      target,
      folder,
      client,
    });
    await publishSchema({ schema: schemaOf('edited'), target, folder, client });
    const died = publishSchema({
      ...withColumn('meant_first'),
      beforeStep: (step) => {
        if (step.startsWith('snapshot')) throw new Error('the plug was pulled');
      },
    });
    await expect(died).rejects.toMatchObject({ code: 'PUBLISH_INCOMPLETE' });

    const edited = withColumn('meant_then');
    const conflict = { code: 'PUBLISH_CONFLICT', payload: { published: '1.1.0', known: '1.0.0' } };
    await expect(publishSchema(edited)).rejects.toMatchObject(conflict);
    await expect(publishSchema(edited)).rejects.toThrow('publish that definition once more');

    await publishSchema(withColumn('meant_first'));
    await publishSchema({ ...edited, allow: ['drop-column:meant_first'] });
    expect(await planPublish(edited)).toMatchObject({ isDone: true, snapshot: { number: 3 } });
  });
});
