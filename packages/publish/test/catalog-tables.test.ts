import { awsTarget, derivations, lake, type TableLayer } from '@headwater/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { catalogTables } from '../src/steps/catalog-tables.ts';
import { schemaWith } from './publish-fixture.ts';

const target = awsTarget({
  region: 'eu-central-1',
  account: '123456789012',
  database: 'shop',
  location: 's3://shop-lake/events',
  firstDay: '2019-10-01',
  permissionClasses: ['no_pii'],
});
const schema = schemaWith('events', {
  label: z.string().register(lake, { renamedFrom: 'brand' }).optional(),
  email: z.string().register(lake, { pii: 'direct' }).optional(),
});
const published = (name: string) =>
  catalogTables('events', target)
    .find((table) => table.name === name)
    ?.derive({ layout: 1, table: 'events', number: 1, version: '1.0.0', schema });
const printed = (text: string): unknown => JSON.parse(text).TableInput;

test.each<[TableLayer, string]>([
  ['curated', 'events'],
  ['quarantine', 'events__quarantine'],
  ['raw-csv', 'events__raw_csv'],
  ['raw-json', 'events__raw_json'],
])('derive glue-table gives the table of the layer %s that publishing makes', (layer, name) => {
  const { text } = derivations['glue-table'].derive({ schema, target }, { layer });
  expect(printed(text)).toEqual(published(name));
  if (layer === 'curated') expect(text).toContain('"brand"');
});

test.each([
  [undefined, 'events__view'],
  ['no_pii', 'events__view_no_pii'],
] as const)(
  'derive glue-view gives the view for readers of %s that publishing makes',
  (permissionClass, name) => {
    const { text } = derivations['glue-view'].derive({ schema, target }, { permissionClass });
    expect(printed(text)).toEqual(published(name));
  },
);

test('the DDL of Athena and Trino has the same columns', () => {
  const columns = published('events')?.StorageDescriptor?.Columns?.map(({ Name }) => Name) ?? [];
  const athena = derivations['athena-ddl'].derive({ schema, target }, { layer: 'curated' }).text;
  const trino = derivations['trino-ddl'].derive({ schema, target }, { layer: 'curated' }).text;
  const named = (text: string, quote: string) =>
    [...text.matchAll(new RegExp(`^  ${quote}(\\w+)${quote} `, 'gm'))].map(([, name]) => name);
  expect(columns).toEqual(['at', 'label', 'email', 'brand']);
  expect(named(athena, '`')).toEqual([...columns, 'dt']);
  expect(named(trino, '"')).toEqual([...columns, 'dt']);
});
