import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createRecordCleaner, decimal, defineEvents, lake, timestamp } from '../../src/index.ts';
import { parseSnapshot, schemaFingerprint, snapshotText } from '../../src/internal.ts';
import { refusal } from '../support/refusal.ts';

const columns = {
  at: timestamp(),
  who: z.int64(),
  kind: z.enum(['view', 'cart']).register(lake, { clean: [] }),
  price: decimal(10, 2).min(0).optional(),
  note: z.string().optional(),
};
const roles = { time: 'at' } as const;

/** A definition as JavaScript without types could write it. */
const define = (sources: unknown) =>
  defineEvents('events', { columns, roles, sources } as unknown as Parameters<typeof defineEvents>[1]);

test.each<[string, unknown, string]>([
  ['no source', {}, 'sources is empty'],
  ['a name that shells split', { 'a b': {} }, '"a b" is not a valid name of a source'],
  ['another word', { a: { constant: {} } }, 'sources.a has "constant". A source has positions, columns'],
  ['both words for fields', { a: { positions: ['at'], columns: {} } }, 'has both positions and columns'],
  ['positions of no column', { a: { positions: [null] } }, 'sources.a.positions names no column'],
  ['a column that is none', { a: { positions: ['when'] } }, 'names the column "when", which does not exist'],
  [
    'a column twice',
    { a: { positions: ['at', 'at', 'who', 'kind'] } },
    'events.at: sources.a reads it from two fields',
  ],
  [
    'a field for a constant',
    { a: { columns: { x: 'who' }, constants: { who: 1n } } },
    'has a constant for it',
  ],
  [
    'a constant that is none',
    { a: { constants: { kind: 'buy' } } },
    'events.kind: the constant of sources.a is not a valid value',
  ],
  ['a constant of another type', { a: { constants: { who: '7' } } }, 'events.who: the constant of sources.a'],
  [
    'a constant that a check rejects',
    { a: { constants: { price: -1 } } },
    'events.price: the constant of sources.a',
  ],
  ['no constant', { a: { constants: { price: null } } }, 'events.price: the constant of sources.a'],
  [
    'a required column without a field',
    { a: { positions: ['at', 'who'] } },
    'events.kind: is required, and sources.a gives it no value',
  ],
  [
    'a condition that is no text',
    { a: { where: { who: 7 } } },
    'events.who: sources.a.where has a condition that is no text',
  ],
  [
    'a condition of no text',
    { a: { where: { who: [] } } },
    'events.who: sources.a.where has a condition that is no text',
  ],
  [
    'a condition of a value that the column does not have',
    { a: { where: { kind: ['view', 'veiw'] } } },
    'events.kind: sources.a.where has "veiw", which is not one of its values',
  ],
  [
    'a condition on a constant',
    { a: { where: { kind: 'view' }, constants: { kind: 'view' } } },
    'events.kind: sources.a.where compares it, and it is a constant',
  ],
  [
    'a condition on no field',
    { a: { positions: ['at', 'who', 'kind'], where: { note: 'x' } } },
    'events.note: sources.a.where compares it, and no field',
  ],
])('%s is refused', (_what, sources, message) => {
  expect(refusal(() => define(sources)).message).toContain(message);
});

describe('a source', () => {
  const sources = {
    app: {
      columns: { Visitor: 'who' },
      constants: { kind: 'view', price: 2.5 },
      where: { note: { not: 'test' } },
    },
  };
  const table = define(sources);
  const { schema } = table;

  test('is part of the snapshot and of the fingerprint, and absent without', () => {
    const plain = defineEvents('events', { columns, roles }).schema;
    expect(plain).not.toHaveProperty('sources');
    expect(schemaFingerprint(schema)).not.toBe(schemaFingerprint(plain));
    const snapshot = { layout: 1, table: 'events', number: 1, version: '1.0.0', schema } as const;
    expect(parseSnapshot(snapshotText(snapshot), 'a.json').schema).toEqual(schema);
    expect(schema.sources).toEqual({
      app: {
        columns: { Visitor: 'who' },
        constants: { kind: 'view', price: '2.50' },
        where: [{ column: 'note', rule: 'is-not', texts: ['test'] }],
      },
    });
  });

  test('cleans records by the names of its fields, with its constants and conditions', () => {
    const clean = createRecordCleaner(schema, { source: 'app' });
    const record = { at: '2019-10-01 00:00:00', Visitor: '7', who: '8', kind: 'cart', note: ' test ' };
    expect(clean(record)).toEqual({ accepted: false, reasons: [], filtered: true });
    expect(clean({ ...record, note: 'x' })).toEqual({
      accepted: true,
      row: { at: new Date('2019-10-01T00:00:00Z'), who: 7n, kind: 'view', price: 2.5, note: 'x' },
    });
    expect(clean({ at: 'never', note: null })).toEqual({
      accepted: false,
      reasons: [
        { column: 'at', code: 'not_a_timestamp' },
        { column: 'who', code: 'missing' },
      ],
    });
  });

  test('has a name that is checked', () => {
    expect(() => createRecordCleaner(schema, { source: 'web' })).toThrow('source web: expected one of app');
  });
});

test('a condition may leave out a value that the column does not have', () => {
  const { schema } = define({ a: { where: { kind: { not: ['noise', null] } } } });
  expect(schema.sources?.['a']?.where).toEqual([{ column: 'kind', rule: 'is-not', texts: ['noise', null] }]);
});
