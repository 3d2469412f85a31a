import { expect, test } from 'vitest';
import { z } from 'zod';
import { decimal, defineEvents, lake, lowerCase, timestamp } from '../../src/index.ts';
import { manifestSchemaOf, schemaFingerprint } from '../../src/internal.ts';

const columns = {
  at: timestamp(),
  kind: z.enum(['view', 'cart']),
  price: decimal(10, 2).min(0),
  note: z.string().optional(),
};
const roles = { time: 'at', action: 'kind' } as const;
const fingerprint = (config: object): string =>
  schemaFingerprint(defineEvents('events', { columns, roles, ...config }).schema);
const base = fingerprint({});

test('sixteen hex digits, which do not change from release to release', () => {
  expect(base).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprint({})).toBe(base);
  // Stored in every manifest: another value here would refuse every lake there is.
  expect(base).toMatchInlineSnapshot(`"bd6bcc2d072f14cc"`);
});

test.each<[string, object]>([
  ['a type', { columns: { ...columns, price: decimal(11, 2).min(0) } }],
  ['an enum value', { columns: { ...columns, kind: z.enum(['view', 'cart', 'buy']) } }],
  ['the order of enum values', { columns: { ...columns, kind: z.enum(['cart', 'view']) } }],
  ['a name', { columns: { at: columns.at, kind: columns.kind, amount: columns.price, note: columns.note } }],
  [
    'the order of columns',
    { columns: { at: columns.at, kind: columns.kind, note: columns.note, price: columns.price } },
  ],
  ['whether a column may be null', { columns: { ...columns, note: z.string() } }],
  ['a bound', { columns: { ...columns, price: decimal(10, 2).min(1) } }],
  ['an exclusive bound', { columns: { ...columns, price: decimal(10, 2).gt(0) } }],
  [
    'a text step',
    {
      columns: {
        ...columns,
        note: z
          .string()
          .register(lake, { clean: [lowerCase()] })
          .optional(),
      },
    },
  ],
  ['the folders', { partitionBy: { hour: true } }],
  ['the partition columns', { partitionBy: { columns: ['kind'] } }],
  ['the duplicate key', { duplicateKey: ['at', 'kind'] }],
  ['whether all rows stay', { duplicates: { keep: 'all' } }],
  ['the order of rows', { sortOrder: ['at'] }],
])('%s counts', (_name, config) => {
  expect(fingerprint(config)).not.toBe(base);
});

test.each<[string, object]>([
  ['the description', { description: 'what happened' }],
  [
    'a column description, unit, sensitivity or alias',
    {
      columns: {
        ...columns,
        note: z
          .string()
          .register(lake, { description: 'd', unit: 'u', pii: 'direct', aliases: ['n'] })
          .optional(),
      },
    },
  ],
  ['a role', { roles: { ...roles, amount: 'price' } }],
  ['which of rows that are equal in every column stays', { duplicates: { keep: 'last' } }],
])('%s does not count', (_name, config) => {
  expect(fingerprint(config)).toBe(base);
});

test('a manifest remembers name, type and whether it may be null', () => {
  expect(manifestSchemaOf(defineEvents('events', { columns, roles }).schema).columns).toEqual([
    { name: 'at', type: 'TIMESTAMP', nullable: false },
    { name: 'kind', type: "ENUM('view', 'cart')", nullable: false },
    { name: 'price', type: 'DECIMAL(10,2)', nullable: false },
    { name: 'note', type: 'VARCHAR', nullable: true },
  ]);
});
