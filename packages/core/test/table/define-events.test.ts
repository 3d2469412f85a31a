import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  always,
  decimal,
  defineEvents,
  deriveDataDictionary,
  lake,
  type TableSchema,
  timestamp,
} from '../../src/index.ts';
import {
  columnOf,
  hasRole,
  isWholeRowKey,
  parseSnapshot,
  schemaFingerprint,
  snapshotText,
  tableActions,
} from '../../src/internal.ts';

const snapshotOf = (schema: TableSchema) =>
  ({ layout: 1, table: schema.name, number: 1, version: '1.0.0', schema }) as const;
const at = timestamp();
const roles = { time: 'at' } as const;

test('metadata on an outer type wins over the same key on an inner one, and the rest is kept', () => {
  const { schema } = defineEvents('events', {
    columns: {
      at,
      both: z
        .string()
        .register(lake, { description: 'inner', unit: 'EUR' })
        .optional()
        .register(lake, { description: 'outer', aliases: ['other'] }),
      outer: z.string().optional().register(lake, { pii: 'direct' }),
      checked: z.string().register(lake, { description: 'before a check' }).min(2),
      described: z.string().describe('by zod').optional(),
      meta: z.string().meta({ description: 'by meta' }).readonly(),
    },
    roles,
  });
  expect(columnOf(schema, 'both')).toMatchObject({
    description: 'outer',
    unit: 'EUR',
    aliases: ['other'],
    nullable: true,
  });
  expect(columnOf(schema, 'outer')).toMatchObject({ pii: 'direct', description: '' });
  expect(columnOf(schema, 'checked').description).toBe('before a check');
  expect(columnOf(schema, 'described').description).toBe('by zod');
  expect(columnOf(schema, 'meta').description).toBe('by meta');
});

test('an optional column may be null or absent in a row, however it is wrapped, and comes out as null', () => {
  const table = defineEvents('events', {
    columns: {
      at,
      optional: z.string().optional(),
      nullable: z.string().nullable(),
      nullish: z.int64().nullish(),
      readonly: z.string().optional().readonly(),
      wide: decimal(20, 2).optional(),
      registered: z.boolean().optional().register(lake, { description: 'outer' }),
      exact: z.exactOptional(z.string()),
      required: z.string().optional().nonoptional(),
    },
    roles,
  });
  const nulls = {
    optional: null,
    nullable: null,
    nullish: null,
    readonly: null,
    wide: null,
    registered: null,
    exact: null,
  };
  const whole = { at: new Date(0), required: 'here' };
  expect(table.row.parse(whole)).toEqual({ ...whole, ...nulls });
  expect(table.row.parse({ ...whole, ...nulls })).toEqual({ ...whole, ...nulls });
  expect(table.row.parse({ ...whole, optional: 'x', wide: '1.20', nullish: 1n })).toMatchObject({
    optional: 'x',
    wide: '1.20',
    nullish: 1n,
  });
  expect(table.row.safeParse({ ...whole, required: null }).success).toBe(false);
  expect(table.row.safeParse({ ...whole, wide: '1.234' }).success).toBe(false);
  const nullable = table.schema.columns.filter((column) => column.nullable).map((column) => column.name);
  expect(nullable).toEqual(Object.keys(nulls));
});

test('actions have one value, several, or every row', () => {
  const columns = { at, kind: z.enum(['pv', 'detail', 'cart', 'buy', 'begin']) };
  const named = defineEvents('events', {
    columns,
    roles: { ...roles, action: 'kind' },
    actions: { view: ['pv', 'detail'], purchase: 'buy', checkout: 'begin' },
  });
  // The default of remove_from_cart is no action: the column has no such value.
  expect([...tableActions(named.schema)]).toEqual([
    ['view', ['pv', 'detail']],
    ['cart', 'cart'],
    ['purchase', 'buy'],
    ['checkout', 'begin'],
  ]);
  expect(named.actions).toEqual(['view', 'cart', 'purchase', 'checkout']);
  expect([named.derivedRoles, hasRole(named.schema, 'action')]).toEqual([[], true]);

  const claimed = defineEvents('events', {
    columns,
    roles: { ...roles, action: 'kind' },
    actions: { wish: 'cart' },
  });
  expect(claimed.actions).toEqual(['wish']);

  const lines = defineEvents('lines', { columns, roles, actions: { purchase: always } });
  expect(lines.schema.actions).toEqual({ purchase: { always: true } });
  expect([lines.actions, lines.derivedRoles]).toEqual([['purchase'], ['action']]);
  expect([hasRole(lines.schema, 'action'), hasRole(lines.schema, 'actor')]).toEqual([true, false]);

  const bought = defineEvents('events', {
    columns: { ...columns, sku: z.string().optional(), visit: z.string() },
    roles: { ...roles, action: 'kind', item: 'sku', session: 'visit' },
    actions: { view: ['pv', 'detail'], purchase: 'buy' },
    purchases: { items: 'cart' },
  });
  expect(bought.schema.purchaseItems).toBe('cart');
  expect(named.schema).not.toHaveProperty('purchaseItems');
  for (const { schema } of [named, lines, bought])
    expect(parseSnapshot(snapshotText(snapshotOf(schema)), '1.json').schema).toEqual(schema);
  expect(deriveDataDictionary(named.schema)).toContain(
    '| view | `pv`, `detail` | The product was looked at |',
  );
  expect(deriveDataDictionary(named.schema)).toContain('| checkout | `begin` |');
  expect(deriveDataDictionary(named.schema)).not.toContain('remove_from_cart');
  expect(deriveDataDictionary(lines.schema)).toContain('| purchase | every row | The product was bought |');
  expect(deriveDataDictionary(bought.schema)).toContain(
    "Purchases: a purchase without a product is of each product in its session's cart, with the amounts of the cart.",
  );

  const none = defineEvents('lines', { columns, roles });
  expect([none.actions, hasRole(none.schema, 'action')]).toEqual([[], false]);
});

test('what is not said follows from the definition', () => {
  const { schema } = defineEvents('events', {
    columns: { who: z.int64(), kind: z.enum(['view', 'buy']), at },
    roles: { ...roles, actor: 'who', action: 'kind' },
    actions: { purchase: 'buy' },
  });
  expect(schema).toMatchObject({
    description: '',
    actions: { view: 'view', cart: 'cart', removeFromCart: 'remove_from_cart', purchase: 'buy' },
    partitioning: { time: 'at', hour: false, columns: [] },
    duplicateKey: ['who', 'kind', 'at'],
    sortOrder: ['kind', 'who', 'at'],
  });
  expect(columnOf(schema, 'who').steps).toEqual([
    { step: 'trim' },
    { step: 'empty-to-null' },
    { step: 'required' },
    { step: 'parse' },
  ]);
  expect(() => columnOf(schema, 'what')).toThrow('events has no column what');
});

test('a key that names a column twice is not the whole row', () => {
  const columns = { at, who: z.int64() };
  const keyed = (duplicateKey: readonly ['at' | 'who', ...('at' | 'who')[]]) =>
    isWholeRowKey(defineEvents('events', { columns, roles, duplicateKey }).schema);
  expect(keyed(['at', 'at'])).toBe(false);
  expect(keyed(['who', 'at'])).toBe(true);
});

test('a value is listed once in an enum', () => {
  const { schema } = defineEvents('events', {
    columns: { at, kind: z.enum({ Seen: 'view', View: 'view' }), one: z.literal(['a', 'a', 'b']) },
    roles,
  });
  expect(columnOf(schema, 'kind').type).toEqual({ kind: 'enum', values: ['view'] });
  expect(columnOf(schema, 'one').type).toEqual({ kind: 'enum', values: ['a', 'b'] });
});

test('a column keeps its former names and its default, as text that engines cast', () => {
  const { schema } = defineEvents('events', {
    columns: {
      at,
      name: z.string().register(lake, { renamedFrom: ['title', 'label'], default: "it's" }),
      price: decimal(10, 2).register(lake, { renamedFrom: 'cost', default: 2.5 }),
      wide: decimal(20, 4).register(lake, { default: '12345.0001' }),
      id: z.int64().register(lake, { default: 9007199254740993n }),
      seen: timestamp().register(lake, { default: '2019-10-01T00:00:00Z' }),
      kind: z.enum(['a', 'b']).register(lake, { default: 'b' }),
    },
    roles,
  });
  const read = (name: string) => [columnOf(schema, name).renamedFrom, columnOf(schema, name).default];
  expect(read('at')).toEqual([[], undefined]);
  expect(read('name')).toEqual([['title', 'label'], "it's"]);
  expect(read('price')).toEqual([['cost'], '2.50']);
  expect(read('wide')).toEqual([[], '12345.0001']);
  expect(read('id')).toEqual([[], '9007199254740993']);
  expect(read('seen')).toEqual([[], '2019-10-01 00:00:00.000']);
  expect(read('kind')).toEqual([[], 'b']);
});

test.each([
  ['a value that its checks refuse', { price: decimal(10, 2).min(0).register(lake, { default: -1 }) }],
  ['more decimals than are stored', { price: decimal(10, 2).register(lake, { default: 0.125 }) }],
  ['more digits than are stored', { price: decimal(4, 2).register(lake, { default: 100 }) }],
  ['a value that is no member', { kind: z.enum(['a', 'b']).register(lake, { default: 'c' }) }],
  ['a time that is none', { seen: timestamp().register(lake, { default: 'soon' }) }],
  ['a column that may be null', { brand: z.string().register(lake, { default: 'none' }).optional() }],
  [
    'a former name that another column has',
    { a: z.string(), b: z.string().register(lake, { renamedFrom: 'a' }) },
  ],
  ['a former name that no file can hold', { b: z.string().register(lake, { renamedFrom: 'B c' }) }],
])('refuses %s', (_what, columns) => {
  expect(() => defineEvents('events', { columns: { at, ...columns }, roles })).toThrow(
    /default|renamedFrom|already names/,
  );
});

test('the row schema holds a wide decimal to its bounds, to the last digit', () => {
  const { row } = defineEvents('events', {
    columns: { at, v: decimal(20, 2, { min: '0', lt: '100000000000000000.01' }) },
    roles,
  });
  const accepts = (v: unknown) => row.safeParse({ at: new Date(0), v }).success;
  expect(['0.00', '0', '100000000000000000.00'].filter((v) => !accepts(v))).toEqual([]);
  expect(['-0.01', '100000000000000000.01', 'one', '', 1].filter(accepts)).toEqual([]);
});

test('a table says that its amount is the price of one unit, and says nothing where it is that of the event', () => {
  const define = (amountPer?: 'event' | 'unit') =>
    defineEvents('events', {
      columns: { at, price: decimal(10, 2), units: z.int32() },
      roles: { ...roles, amount: 'price', quantity: 'units' },
      ...(amountPer ? { amountPer } : {}),
    }).schema;
  expect(define('unit').amountPer).toBe('unit');
  expect(define('event')).toEqual(define());
  expect(Object.keys(define())).not.toContain('amountPer');
  expect(parseSnapshot(snapshotText(snapshotOf(define('unit'))), '1.json').schema).toEqual(define('unit'));
  expect(snapshotText(snapshotOf(define()))).not.toContain('amountPer');
  expect(schemaFingerprint(define('unit'))).toBe(schemaFingerprint(define()));
  const dictionary = deriveDataDictionary(define('unit'));
  expect(dictionary).toContain('the amount of an event is `price` x `units`');
  expect(deriveDataDictionary(define())).not.toContain('price` x `');
});
