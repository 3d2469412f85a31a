import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  decimal,
  defineEvents,
  deriveDataDictionary,
  deriveGlueTable,
  deriveParquetjsSchema,
  lake,
  timestamp,
} from '../../src/index.ts';
import { parseSnapshot, schemaFingerprint, snapshotText } from '../../src/internal.ts';
import { testTarget } from '../derive/aws-test-target.ts';
import { refusal } from '../support/refusal.ts';

const nested = (path: string, explode?: string) =>
  defineEvents('orders', {
    columns: {
      time: timestamp(),
      page: z
        .string()
        .optional()
        .register(lake, { path: 'context.page', aliases: ['url', 'Page-Url'] }),
      price: decimal(12, 2).optional().register(lake, { path }),
    },
    roles: { time: 'time' },
    ...(explode === undefined ? {} : { explode }),
  }).schema;
const schema = nested('order.items[].price', 'order.items');

test('paths are read once, into steps of the schema', () => {
  expect(schema.explode).toEqual(['order', 'items']);
  expect(schema.columns.map(({ path }) => path)).toEqual([
    undefined,
    [
      { step: 'member', name: 'context' },
      { step: 'member', name: 'page' },
    ],
    [
      { step: 'member', name: 'order' },
      { step: 'member', name: 'items' },
      { step: 'each' },
      { step: 'member', name: 'price' },
    ],
  ]);
  const flat = defineEvents('flat', { columns: { time: timestamp() }, roles: { time: 'time' } }).schema;
  expect(Object.keys(flat)).not.toContain('explode');
  expect(flat.columns.flatMap(Object.keys)).not.toContain('path');
});

test('a snapshot has them, and another path is another definition', () => {
  const snapshot = { layout: 1, table: 'orders', number: 1, version: '1.0.0', schema } as const;
  expect(parseSnapshot(snapshotText(snapshot), '1.json').schema).toEqual(schema);
  const fingerprints = [
    schema,
    nested('order.items[].amount', 'order.items'),
    nested('order.items[0].price'),
    nested('items[].price', 'items'),
  ].map(schemaFingerprint);
  expect(new Set(fingerprints).size).toBe(4);
});

test('the data dictionary says where values are read, and what becomes a row', () => {
  const text = deriveDataDictionary(schema);
  expect(text).toContain('| `price` | `order.items[].price` |');
  expect(text).toContain('Each element of `order.items` becomes a row.');
});

test('the table over raw JSON has the members that paths begin with, and the aliases', () => {
  const table = deriveGlueTable(schema, testTarget, { layer: 'raw-json' });
  expect(table.StorageDescriptor?.Columns?.map(({ Name }) => Name)).toEqual([
    'time',
    'url',
    'context',
    'order',
  ]);
});

test('a flat landing file has the columns by their own names, and none that a path would read', () => {
  expect(Object.keys(deriveParquetjsSchema(schema))).toEqual(['time', 'page', 'price']);
  const clashing = defineEvents('clashing', {
    columns: {
      time: timestamp().register(lake, { path: 'sent' }),
      sent: timestamp().register(lake, { path: 'received' }),
    },
    roles: { time: 'time' },
  });
  expect(refusal(() => deriveParquetjsSchema(clashing.schema)).message).toContain(
    'its path sent begins with sent, which is another column',
  );
});
