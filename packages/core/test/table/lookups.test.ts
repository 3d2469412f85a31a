import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  assessSchemas,
  createRecordCleaner,
  decimal,
  defineEvents,
  defineLookup,
  deriveDataDictionary,
  lake,
  timestamp,
} from '../../src/index.ts';
import { parseSnapshot, schemaFingerprint, snapshotText } from '../../src/internal.ts';
import { refusal } from '../support/refusal.ts';

type Loose = Parameters<typeof defineLookup>[1];

const pages = (rest: object = {}) =>
  defineLookup('pages', {
    key: 'page_id',
    columns: { page_name: z.string(), kind: z.enum(['a', 'b']), note: z.string().optional() },
    ...rest,
  } as unknown as Loose);

/** Events with a column `v` of a lookup. */
const events = (
  v: z.core.$ZodType,
  lookups: unknown = { page: { table: pages(), on: 'page_id' } },
  columns: object = {},
) =>
  defineEvents('events', {
    columns: { at: timestamp(), page_id: z.int32(), price: z.number().optional(), v, ...columns },
    lookups: lookups ?? undefined,
    roles: { time: 'at' },
  } as unknown as Parameters<typeof defineEvents>[1]);

const name = z.string().register(lake, { lookup: 'page.page_name' });
const optional = z.string().optional().register(lake, { lookup: 'page.page_name' });
const use = (rest: object) => ({ page: { table: pages(), on: 'page_id', ...rest } });

test.each<[string, () => unknown, string]>([
  [
    'a name of a table',
    () => defineLookup('Pages', { key: 'id', columns: { a: z.string() } }),
    'Pages: not a valid table name',
  ],
  ['another word', () => pages({ on: 'id' }), 'pages: has "on". A lookup has key, columns, many, none'],
  ['an empty key', () => pages({ key: ' ' }), 'pages: key is not the name of a field'],
  ['another rule for many', () => pages({ many: 'last' }), 'pages: many is "last"'],
  ['another rule for none', () => pages({ none: 'first' }), 'pages: none is "first"'],
  [
    'nothing beside its key',
    () => pages({ key: 'a', columns: { a: z.string() } }),
    'pages: has no column beside its key',
  ],
  [
    'a null for a bad value',
    () => pages({ columns: { name: z.string().optional().register(lake, { invalid: 'null' }) } }),
    "pages: name has invalid: 'null'",
  ],
  ['a lookup of a lookup', () => pages({ columns: { name } }), 'pages: name is itself a column of a lookup'],
  [
    'a lookup that no column reads',
    () => events(z.string(), use({})),
    'events: no column reads the lookup page',
  ],
  [
    'a column of no lookup',
    () => events(name, null),
    'events.v: its lookup "page.page_name" names no lookup',
  ],
  [
    'a lookup without a point',
    () => events(z.string().register(lake, { lookup: 'page' as 'a.b' }), use({})),
    'events.v: its lookup "page." names no column',
  ],
  [
    'a column of no column',
    () => events(z.string().register(lake, { lookup: 'page.title' })),
    'names no column of pages. Columns of pages: page_name, kind, note',
  ],
  [
    'a column of the key',
    () => events(z.int32().register(lake, { lookup: 'page.page_id' })),
    'names no column of pages',
  ],
  [
    'another type',
    () => events(z.int32().register(lake, { lookup: 'page.page_name' })),
    'events.v: its type is int32, and that of pages.page_name',
  ],
  [
    'a null for a bad value',
    () => events(z.string().optional().register(lake, { lookup: 'page.page_name', invalid: 'null' })),
    "events.v: has invalid: 'null', and is read from no field",
  ],
  [
    'aliases',
    () => events(z.string().register(lake, { lookup: 'page.page_name', aliases: ['x'] })),
    'events.v: has aliases, and is read from no field',
  ],
  [
    'a null text',
    () =>
      events(
        z
          .string()
          .optional()
          .register(lake, { lookup: 'page.page_name', nullTexts: ['-'] }),
      ),
    'events.v: has nullTexts, and is read from no field',
  ],
  [
    'a required column of an optional one',
    () => events(z.string().register(lake, { lookup: 'page.note' })),
    'events.v: is null where pages.note is, and is required',
  ],
  [
    'a required column without a row',
    () => events(name, use({ table: pages({ none: 'null' }) })),
    'events.v: is null where pages has no row',
  ],
  [
    'a required column without a key',
    () => events(name, use({ on: 'no' }), { no: z.int32().optional() }),
    'events.v: is null where no is',
  ],
  [
    'no column to compare',
    () => events(name, use({ on: 'page' })),
    'events: lookups.page.on names the column "page"',
  ],
  [
    'a column of a lookup to compare',
    () => events(name, use({ on: 'v' })),
    'events.v: lookups.page compares it, and it is itself of a lookup',
  ],
  [
    'doubles to compare',
    () => events(optional, use({ on: 'price' })),
    'events.price: lookups.page compares it, and it is a double',
  ],
  [
    'keys of another type',
    () =>
      events(optional, use({ table: pages({ columns: { page_id: z.string(), page_name: z.string() } }) })),
    'events.page_id: lookups.page compares it with pages.page_id, which has another type',
  ],
  ['no table', () => events(name, { page: { on: 'page_id' } }), 'events: lookups.page.table is no lookup'],
  [
    'a name that no engine takes',
    () => events(name, { 'a-b': use({}).page }),
    'events: "a-b" is not a valid name of a lookup',
  ],
])('%s is refused', (_what, define, message) => {
  expect(refusal(define).message).toContain(message);
});

test('a source cannot give the value of a lookup', () => {
  const config = { sources: { app: { constants: { v: 'x' } } } };
  const define = () =>
    defineEvents('events', {
      columns: { at: timestamp(), page_id: z.int32(), v: optional },
      roles: { time: 'at' },
      lookups: use({}),
      ...config,
    } as unknown as Parameters<typeof defineEvents>[1]);
  expect(define).toThrow('events.v: sources.app names it, and it is of a lookup');
});

test('a lookup is part of the snapshot and of the fingerprint, and not of the default key', () => {
  const { schema } = events(optional);
  const snapshot = { layout: 1, table: 'events', number: 1, version: '1.0.0', schema } as const;
  expect(parseSnapshot(snapshotText(snapshot), 'a.json').schema).toEqual(schema);
  expect(schema.duplicateKey).toEqual(['at', 'page_id', 'price']);
  expect(schema.lookups?.['page']).toMatchObject({
    table: 'pages',
    on: 'page_id',
    many: 'refuse',
    none: 'refuse',
  });
  expect(schema.lookups?.['page']?.key).toMatchObject({
    name: 'page_id',
    type: { kind: 'int32' },
    nullable: false,
  });
  const other = events(optional, use({ table: pages({ none: 'null' }) })).schema;
  expect(schemaFingerprint(other)).not.toBe(schemaFingerprint(schema));
});

test('each word that changes is a change with a verdict', () => {
  const before = events(optional).schema;
  const idsTo = (now: ReturnType<typeof events>) =>
    assessSchemas({ version: '1.2.3', schema: before }, now.schema).changes.map(
      ({ id, needsAllow, verdicts }) => {
        for (const verdict of Object.values(verdicts)) expect(verdict.reason).toMatch(/^[A-Z].*\.$/);
        return `${id} ${needsAllow}`;
      },
    );
  expect(idsTo(events(optional))).toEqual([]);
  expect(idsTo(events(optional, use({ table: pages({ many: 'first', none: 'null' }) })))).toEqual([
    'change-lookup-many:page true',
    'change-lookup-none:page true',
  ]);
  const other = pages({ columns: { page_name: z.string().min(2), kind: z.enum(['a', 'b']) } });
  expect(idsTo(events(optional, use({ table: other })))).toEqual(['change-lookup-columns:page true']);
  const keyed = pages({
    columns: {
      page_id: z.int64(),
      page_name: z.string(),
      kind: z.enum(['a', 'b']),
      note: z.string().optional(),
    },
  });
  expect(idsTo(events(optional, use({ table: keyed })))).toEqual(['change-lookup-key:page true']);
  const note = z.string().optional().register(lake, { lookup: 'page.note' });
  expect(idsTo(events(note))).toEqual(['change-origin:v true']);
  expect(idsTo(events(z.string().optional(), null))).toEqual([
    'change-text-steps:v false',
    'change-duplicate-key true',
    'remove-lookup:page false',
    'change-origin:v true',
  ]);
});

test('the data dictionary has the rules of lookups, their own cleaning, and the sources', () => {
  const { schema } = events(optional);
  const text = deriveDataDictionary({
    ...schema,
    sources: {
      app: { columns: { Page: 'page_id' }, where: [{ column: 'price', rule: 'is-not', texts: [null] }] },
    },
  });
  for (const line of [
    '| `page` | page_id = pages.page_id; a key with several rows is refused; an event without a row is rejected |',
    '| `v` | `page.page_name` |',
    '| `pages.kind` | white space at both ends is removed; an empty text becomes null; a null is rejected; must be one of the values, letter for letter |',
    '| `v` | kept as text |',
    '| `app` | page_id from "Page"; only rows where price is not null |',
  ])
    expect(text).toContain(line);
});

describe('the record cleaner', () => {
  const table = defineEvents('events', {
    columns: {
      at: timestamp(),
      page_id: z.int32().optional(),
      name: z.string().max(5).optional().register(lake, { lookup: 'page.page_name' }),
      price: decimal(12, 7).optional().register(lake, { lookup: 'page.price' }),
    },
    lookups: {
      page: {
        table: defineLookup('pages', {
          key: 'page_id',
          columns: { page_name: z.string(), price: decimal(12, 7).optional() },
          none: 'null',
        }),
        on: 'page_id',
      },
    },
    roles: { time: 'at' },
  });
  const at = '2019-10-01 00:00:00';

  test('looks rows of texts up', () => {
    const clean = createRecordCleaner(table.schema, {
      lookups: {
        page: [
          { page_id: ' +1', page_name: ' Home ', price: '0.0000001' },
          { page_id: '2', page_name: 'Checkout' },
        ],
      },
    });
    const row = { at: new Date('2019-10-01T00:00:00Z'), page_id: 1, name: 'Home', price: 1e-7 };
    expect(clean({ at, page_id: '01', name: 'from the record' })).toEqual({ accepted: true, row });
    expect(clean({ at, page_id: '2' })).toEqual({
      accepted: false,
      reasons: [{ column: 'name', code: 'too_long' }],
    });
    const nulls = { ...row, name: null, price: null };
    expect(clean({ at, page_id: '3' })).toEqual({
      accepted: true,
      row: { ...nulls, page_id: 3 },
      unmatched: ['page'],
    });
    expect(clean({ at })).toEqual({ accepted: true, row: { ...nulls, page_id: null } });
  });

  test('reads a map at each record', () => {
    const page = new Map([['1', { page_name: 'Home', price: null }]]);
    const clean = createRecordCleaner(table.schema, { lookups: { page } });
    expect(clean({ at, page_id: '2' })).toMatchObject({ unmatched: ['page'] });
    page.set('2', { page_name: 'Cart', price: null });
    expect(clean({ at, page_id: '2' })).toMatchObject({ row: { name: 'Cart' } });
  });

  test('refuses rows that are not valid, and needs them', () => {
    const rows =
      (...page: Record<string, string>[]) =>
      () =>
        createRecordCleaner(table.schema, { lookups: { page } });
    expect(rows({ page_id: '1', page_name: 'a' }, { page_id: 'x', page_name: 'a' })).toThrow(
      'the given rows line 2: cannot be used as the lookup page: page_id: not a whole number',
    );
    expect(rows({ page_id: '1', page_name: 'a' }, { page_id: '01', page_name: 'b' })).toThrow(
      'the same key is in line 1',
    );
    expect(() => createRecordCleaner(table.schema)).toThrow('no rows are given for the lookup page');
    expect(() => createRecordCleaner(table.schema, { lookups: { page: [], pages: [] } })).toThrow(
      'lookup pages: expected one of page',
    );
  });
});
