import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvents, deriveGlueTable, lake, timestamp } from '../../src/index.ts';
import { schemaFingerprint } from '../../src/internal.ts';
import { testTarget } from './aws-test-target.ts';

const commented = (description: string) => {
  const { schema } = defineEvents('t', {
    columns: { at: timestamp().register(lake, { description }) },
    roles: { time: 'at' },
  });
  return deriveGlueTable(schema, testTarget).StorageDescriptor.Columns[0]?.Comment ?? '';
};

test('a comment is cut at a character, in 255 UTF-16 units, and has no line ends', () => {
  expect(commented('x'.repeat(255))).toBe('x'.repeat(255));
  expect(commented('x'.repeat(256))).toBe(`${'x'.repeat(254)}…`);
  // An emoji is two units: 127 of them are 254, and the ellipsis makes 255.
  expect(commented('🛒'.repeat(128))).toBe(`${'🛒'.repeat(127)}…`);
  expect(commented(`x${'🛒'.repeat(127)}…`)).toBe(`x${'🛒'.repeat(126)}…`);
  expect(commented('one\r\n\ttwo\u0001')).toBe('one two ');
  expect(commented('half \ud83d of one')).toBe('half \ufffd of one');
});

test('an enum column by which a table is partitioned is a key and not a column', () => {
  const { schema } = defineEvents('t', {
    columns: { at: timestamp(), kind: z.enum(['view', 'cart']), id: z.int64() },
    roles: { time: 'at' },
    partitionBy: { hour: true, columns: ['kind'] },
  });
  const table = deriveGlueTable(schema, testTarget, { version: '1.2.0' });
  expect(table.StorageDescriptor.Columns.map(({ Name }) => Name)).toEqual(['at', 'id']);
  expect(table.PartitionKeys.map(({ Name, Type }) => `${Name} ${Type}`)).toEqual([
    'dt string',
    'hour int',
    'kind string',
  ]);
  expect(table.Parameters).toEqual({
    EXTERNAL: 'TRUE',
    classification: 'parquet',
    'parquet.compression': 'ZSTD',
    'projection.enabled': 'true',
    'projection.dt.type': 'date',
    'projection.dt.format': 'yyyy-MM-dd',
    'projection.dt.range': '2019-10-01,NOW+1DAYS',
    'projection.dt.interval': '1',
    'projection.dt.interval.unit': 'DAYS',
    'projection.hour.type': 'integer',
    'projection.hour.range': '0,23',
    'projection.hour.digits': '2',
    'projection.kind.type': 'enum',
    'projection.kind.values': 'view,cart',
    'storage.location.template': 's3://shop-lake/events/t/dt=$'.concat(
      '{dt}/hour=$',
      '{hour}/kind=$',
      '{kind}/',
    ),
    'headwater.fingerprint': schemaFingerprint(schema),
    'headwater.version': '1.2.0',
  });
});
