import { awsTarget, lake } from '@headwater/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { tableDrift } from '../src/drift/table-drift.ts';
import { publishedTables, withoutColumnParameters } from '../src/index.ts';
import { catalogTables } from '../src/steps/catalog-tables.ts';
import { schemaWith } from './publish-fixture.ts';

const target = awsTarget({
  region: 'eu-central-1',
  account: '123456789012',
  database: 'shop',
  location: 's3://shop-lake/events',
  firstDay: '2019-10-01',
});
const schema = schemaWith('events', {
  label: z.string().register(lake, { renamedFrom: 'brand', pii: 'direct' }).optional(),
});
const snapshot = { layout: 1, table: 'events', number: 1, version: '1.0.0', schema } as const;
const [table] = catalogTables('events', target);
const [ours] = publishedTables(snapshot, target);
if (!table || !ours) throw new Error('no table');

test('a version has its tables and its view, each with the marks of a publication', () => {
  const tables = publishedTables(snapshot, target);
  expect(tables.map(({ Name }) => Name)).toEqual([
    'events',
    'events__view',
    'events__quarantine',
    'events__raw_csv',
    'events__raw_json',
  ]);
  for (const { Parameters } of tables)
    expect(Parameters).toMatchObject({
      'headwater.version': '1.0.0',
      'headwater.snapshot': expect.any(String),
    });
});

test('a table of which no column has parameters, as CloudFormation writes it, is as it was published', () => {
  expect(ours.StorageDescriptor.Columns[0]?.Parameters).toBeDefined();
  const live = withoutColumnParameters(ours);
  expect(JSON.stringify(live)).not.toContain('headwater.kind');
  expect(tableDrift(table, live, [snapshot], snapshot)).toBeUndefined();
});

test('one column without its parameters is a change by somebody', () => {
  const live = structuredClone(ours);
  Reflect.deleteProperty(live.StorageDescriptor.Columns[0] ?? {}, 'Parameters');
  expect(tableDrift(table, live, [snapshot], snapshot)?.findings).toMatchObject([
    { kind: 'column-parameters', part: 'at' },
  ]);
});
