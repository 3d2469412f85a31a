import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Column,
  CreateTableCommand,
  DeleteTableCommand,
  GetTableCommand,
  GlueClient,
  type TableInput,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { decimal, type TableSchema } from '@headwater/core';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { findDrift, planPublish, publishSchema } from '../src/index.ts';
import { schemaWith, targetIn } from './publish-fixture.ts';

const aws = useAwsSandbox('drift');
const client = new GlueClient();
afterAll(() => client.destroy());
const target = targetIn(aws);

const columns = {
  kind: z.enum(['view', 'cart']).describe('What happened'),
  brand: z.string().optional(),
  price: decimal(8, 2),
};

/** What crawlers write beside the columns (https://docs.aws.amazon.com/glue/latest/dg/table-properties-crawler.html). */
const crawlerParameters = {
  CrawlerSchemaSerializerVersion: '1.0',
  CrawlerSchemaDeserializerVersion: '1.0',
  UPDATED_BY_CRAWLER: 'all-of-the-bucket',
  recordCount: '812',
  averageRecordSize: '40',
  sizeKey: '32480',
  objectCount: '3',
  compressionType: 'none',
  typeOfData: 'file',
};

/** Publishes a table, and lends what drift and publishing need. */
async function published(name: string, schema: TableSchema = schemaWith(name, columns)) {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-drift-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const publish = { schema, target, folder, client };
  await publishSchema(publish);
  const drift = () => findDrift({ tables: [schema], target, folder, client });
  expect((await drift()).tables).toEqual([]);
  return { publish, drift };
}

const liveTable = async (name: string) => {
  const { Table } = await client.send(new GetTableCommand({ DatabaseName: aws.database, Name: name }));
  if (!Table) throw new Error(`no table ${name}`);
  return Table;
};

/** Changes a table as another tool would: read, edit, written back with the version that was read. */
async function edit(name: string, change: (input: TableInput) => TableInput): Promise<void> {
  const { VersionId, StorageDescriptor, PartitionKeys, Parameters, TableType, Description } =
    await liveTable(name);
  const input = { Name: name, StorageDescriptor, PartitionKeys, Parameters, TableType, Description };
  await client.send(
    new UpdateTableCommand({ DatabaseName: aws.database, TableInput: change(input), VersionId }),
  );
}

const withColumns = (input: TableInput, change: (columns: Column[]) => Column[]): TableInput => ({
  ...input,
  StorageDescriptor: { ...input.StorageDescriptor, Columns: change(input.StorageDescriptor?.Columns ?? []) },
});

test('a crawler that adds columns is named, column by column, and publishing puts it right when it is allowed', async () => {
  const { publish, drift } = await published('crawled');
  await edit('crawled', (input) => ({
    ...withColumns(input, (live) => [...live, { Name: 'col7', Type: 'string' }]),
    Parameters: { ...input.Parameters, ...crawlerParameters },
  }));
  const allow = ['overwrite-drift:crawled'];
  expect((await drift()).tables).toEqual([
    {
      table: 'crawled',
      drifts: [
        {
          ...{ name: 'crawled', version: '1.0.0', crawler: 'all-of-the-bucket', release: null, allow },
          findings: [{ kind: 'column-added', part: 'col7', is: 'string', published: null }],
        },
      ],
    },
  ]);
  await expect(publishSchema(publish)).rejects.toMatchObject({
    code: 'CHANGES_NOT_ALLOWED',
    payload: { ids: allow },
  });
  await publishSchema({ ...publish, allow });
  expect((await drift()).tables).toEqual([]);
  // What the crawler counted stays: it is no part of the definition.
  expect((await liveTable('crawled')).Parameters).toMatchObject(crawlerParameters);
});

test('a crawler that updates tables takes the marks away, and everything that it does not know', async () => {
  const { publish, drift } = await published('overwritten');
  await edit('overwritten', (input) => ({
    ...input,
    Description: '',
    Parameters: { ...crawlerParameters, classification: 'parquet' },
    StorageDescriptor: {
      ...input.StorageDescriptor,
      Columns: [
        { Name: 'price', Type: 'double' },
        { Name: 'at', Type: 'timestamp' },
        { Name: 'kind', Type: 'string' },
        { Name: 'extra', Type: 'bigint' },
      ],
    },
    PartitionKeys: [
      { Name: 'dt', Type: 'date' },
      { Name: 'partition_1', Type: 'string' },
    ],
  }));
  const { tables } = await drift();
  const [{ drifts: [found] = [] } = {}] = tables;
  expect(found).toMatchObject({
    crawler: 'all-of-the-bucket',
    version: null,
    allow: ['adopt-table:overwritten'],
  });
  const named = found?.findings.map(({ kind, part, is }) => [kind, part, is]) ?? [];
  for (const finding of [
    ['marks-removed', 'parameters headwater.*', null],
    ['column-type', 'price', 'double'],
    ['column-parameters', 'price', null],
    ['column-comment', 'kind', null],
    ['column-removed', 'brand', null],
    ['column-added', 'extra', 'bigint'],
    ['column-order', 'order of columns', 'price, at, kind'],
    ['key-type', 'dt', 'date'],
    ['key-added', 'partition_1', 'string'],
    ['parameter', 'projection.enabled', null],
    ['parameter', 'projection.dt.range', null],
    ['parameter', 'storage.location.template', null],
  ])
    expect(named).toContainEqual(finding);
  await expect(publishSchema(publish)).rejects.toMatchObject({
    payload: { ids: ['adopt-table:overwritten'] },
  });
  await publishSchema({ ...publish, allow: ['adopt-table:overwritten'] });
  expect((await drift()).tables).toEqual([]);
  expect((await planPublish(publish)).isDone).toBe(true);
});

test('edits by hand are named: a comment, a place, a SerDe, a range, another layer', async () => {
  const { publish, drift } = await published('edited');
  await edit('edited', (input) => ({
    ...withColumns(input, (live) =>
      live.map((column) => (column.Name === 'kind' ? { ...column, Comment: 'Edited' } : column)),
    ),
    Parameters: { ...input.Parameters, 'projection.dt.range': '2020-01-01,NOW', owner_team: 'shop' },
  }));
  await edit('edited__quarantine', (input) => ({
    ...input,
    StorageDescriptor: {
      ...input.StorageDescriptor,
      Location: 's3://elsewhere/edited/',
      SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.orc.OrcSerde' },
    },
  }));
  await client.send(new DeleteTableCommand({ DatabaseName: aws.database, Name: 'edited__raw_json' }));
  const { tables } = await drift();
  const found = tables[0]?.drifts.map(({ name, crawler, findings, allow }) => ({
    ...{ name, crawler, allow },
    findings: findings.map(({ kind, part }) => `${kind} ${part}`),
  }));
  expect(found).toEqual([
    {
      name: 'edited',
      crawler: null,
      findings: ['column-comment kind', 'parameter projection.dt.range'],
      allow: ['overwrite-drift:edited'],
    },
    {
      name: 'edited__quarantine',
      crawler: null,
      findings: ['location location', 'format SerDe', 'format SerDe parameter serialization.format'],
      allow: ['overwrite-drift:edited__quarantine'],
    },
    { name: 'edited__raw_json', crawler: null, findings: ['table-missing edited__raw_json'], allow: [] },
  ]);
  const allow = tables.flatMap(({ drifts }) => drifts.flatMap((drift) => drift.allow));
  await expect(publishSchema({ ...publish, allow: allow.slice(0, 1) })).rejects.toMatchObject({
    payload: { ids: allow.slice(1) },
  });
  await publishSchema({ ...publish, allow });
  expect((await drift()).tables).toEqual([]);
  expect((await liveTable('edited')).Parameters).toMatchObject({ owner_team: 'shop' });
});

test('a definition that is not published yet is no drift, and drift beside it is found', async () => {
  const { publish } = await published('ahead');
  const schema = schemaWith('ahead', { ...columns, note: z.string().optional() });
  const drift = () => findDrift({ ...publish, tables: [schema] });
  expect((await drift()).tables).toEqual([]);
  await edit('ahead', (input) => withColumns(input, (live) => live.slice(0, -1)));
  expect((await drift()).tables[0]?.drifts[0]?.findings).toMatchObject([
    { kind: 'column-removed', part: 'price' },
  ]);
});

test('tables that others made over the lake, or that a crawler made, are listed; those of the project and others are not', async () => {
  const { drift } = await published('neighbour');
  const stray = (Name: string, Location: string, Parameters = {}) =>
    client.send(
      new CreateTableCommand({
        DatabaseName: aws.database,
        TableInput: { Name, StorageDescriptor: { Location }, Parameters },
      }),
    );
  await stray('dt_2019_10_01', `${aws.location}/neighbour/dt=2019-10-01`, crawlerParameters);
  await stray('raw_files', 's3://landing/raw/', { CrawlerSchemaSerializerVersion: '1.0' });
  await stray('by_hand', `${aws.location}/neighbour/`);
  await stray('elsewhere', 's3://other/');
  expect((await drift()).strays.filter(({ name }) => !/__|neighbour/.test(name))).toEqual([
    { name: 'by_hand', location: `${aws.location}/neighbour/`, crawler: null, isInLake: true },
    {
      name: 'dt_2019_10_01',
      location: `${aws.location}/neighbour/dt=2019-10-01`,
      crawler: 'all-of-the-bucket',
      isInLake: true,
    },
    { name: 'raw_files', location: 's3://landing/raw/', crawler: '', isInLake: false },
  ]);
});

test('what was never published is undecided, and a version that is missing here is a conflict', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-drift-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const schema = schemaWith('never', columns);
  expect(await findDrift({ tables: [schema], target, folder, client })).toMatchObject({
    tables: [],
    unpublished: ['never'],
  });
  const { publish } = await published('unknown');
  const other = schemaWith('unknown', { at2: z.string().optional() });
  await expect(findDrift({ ...publish, folder, tables: [other] })).rejects.toMatchObject({
    code: 'PUBLISH_CONFLICT',
  });
});

test('a catalog that does not answer is an error with a code', async () => {
  const deaf = new GlueClient({ endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
  const schema = schemaWith('deaf', columns);
  await expect(findDrift({ tables: [schema], target, folder: tmpdir(), client: deaf })).rejects.toMatchObject(
    {
      code: 'CATALOG_UNREADABLE',
      payload: { database: aws.database },
    },
  );
});
