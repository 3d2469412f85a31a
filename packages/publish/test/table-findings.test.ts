import { deriveGlueTable } from '@headwater/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { tableFindings } from '../src/drift/table-findings.ts';
import { tableParts } from '../src/steps/table-parts.ts';
import { schemaWith } from './publish-fixture.ts';

const target = {
  ...{ region: 'eu-central-1', account: '123456789012', database: 'shop', location: 's3://shop-lake/events' },
  ...{ firstDay: '2019-10-01', workgroup: 'shop', registry: 'shop', partition: 'aws' },
};
const schema = schemaWith('t', {
  kind: z.enum(['a', 'b']).describe('What happened'),
  brand: z.string().optional(),
});
const table = deriveGlueTable(schema, target);
type Live = typeof table;

const storage = (change: object): Live => ({
  ...table,
  StorageDescriptor: { ...table.StorageDescriptor, ...change },
});
const { Columns } = table.StorageDescriptor;

test.each<[string, Live, readonly string[]]>([
  ['as it was published', table, []],
  [
    'in other spellings, with parameters of others',
    {
      ...storage({
        Location: table.StorageDescriptor.Location.replace(/\/$/, ''),
        Columns: Columns.map((column) => ({ ...column, Type: ` ${column.Type.toUpperCase()}` })),
      }),
      Parameters: { ...table.Parameters, EXTERNAL: 'true', recordCount: '5' },
    },
    [],
  ],
  ['with its columns in another order', storage({ Columns: Columns.toReversed() }), ['column-order']],
  [
    'with a column in between and one fewer',
    storage({ Columns: [{ Name: 'new', Type: 'int' }, ...Columns.slice(1)] }),
    ['column-removed', 'column-added'],
  ],
  [
    'with another type, comment and parameters',
    storage({ Columns: Columns.map(({ Name }) => ({ Name, Type: 'binary', Comment: 'x' })) }),
    Columns.flatMap(() => ['column-type', 'column-comment', 'column-parameters']),
  ],
  ['without partition keys', { ...table, PartitionKeys: [] }, ['key-removed']],
  ['elsewhere', storage({ Location: 's3://other/' }), ['location']],
  ['in another format', storage({ InputFormat: 'x', OutputFormat: 'y' }), ['format', 'format']],
  ['without a description', { ...table, Description: 'Other' }, ['description']],
  [
    'with another projection',
    {
      ...table,
      Parameters: { ...table.Parameters, 'projection.dt.range': 'NOW,NOW', 'projection.x.type': 'enum' },
    },
    ['parameter', 'parameter'],
  ],
])('a table %s', (_, live, kinds) => {
  expect(tableFindings(live, table).map(({ kind }) => kind)).toEqual(kinds);
  // Publishing sees a difference exactly where drift has a finding.
  const keys = new Set(Object.keys(table.Parameters));
  const isEqual =
    JSON.stringify([...tableParts(live, keys)].sort()) ===
    JSON.stringify([...tableParts(table, keys)].sort());
  expect(isEqual).toBe(kinds.length === 0);
});
