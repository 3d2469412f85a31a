import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import {
  assessSchemas,
  type ColumnShape,
  calendarDate,
  decimal,
  lake,
  type TableSchema,
  timestamp,
  trim,
} from '../../src/index.ts';
import { diffSchemas, schemaFingerprint } from '../../src/internal.ts';
import { changed, shop, shopColumns, shopRest } from './shop.ts';

const old = shop();
const ids = (now: TableSchema): string[] => diffSchemas(old, now).map(({ id }) => id);
const { roles } = shopRest;
const { amount: _amount, ...withoutAmount } = roles;

test('the same definition has no changes, whatever its words are made of', () => {
  expect(ids(shop())).toEqual([]);
  expect(assessSchemas({ version: '1.2.3', schema: old }, shop())).toMatchObject({
    version: '1.2.3',
    verdict: 'compatible',
    changes: [],
  });
});

test('the first version is 1.0.0', () => {
  expect(assessSchemas(undefined, old)).toMatchObject({ from: null, version: '1.0.0', changes: [] });
});

/** What is changed, the ids it has, the version it makes, and whether it is destructive. */
const cases: readonly [string, TableSchema, readonly string[], string, boolean?][] = [
  ['an optional column', shop(changed([], { note: z.string().optional() })), ['add-column:note'], '1.3.0'],
  ['a required column', shop(changed([], { note: z.string() })), ['add-column:note'], '2.0.0'],
  [
    'a required column with a default',
    shop(changed([], { note: z.string().register(lake, { default: '-' }) })),
    ['add-column:note'],
    '2.0.0',
  ],
  ['a column that is gone', shop(changed(['brand'])), ['drop-column:brand'], '2.0.0', true],
  [
    'a declared rename',
    shop(
      changed(['brand'], { label: z.string().max(50).register(lake, { renamedFrom: 'brand' }).optional() }),
    ),
    ['rename-column:brand:label', 'reorder-columns'],
    '2.0.0',
  ],
  [
    'a rename that is not declared',
    shop(changed(['brand'], { label: z.string().max(50).optional() })),
    ['add-column:label', 'drop-column:brand'],
    '2.0.0',
    true,
  ],
  ['a wider integer', shop(changed([], { product_id: z.int64() })), ['widen-column:product_id'], '2.0.0'],
  [
    'a wider decimal',
    shop(changed([], { price: decimal(12, 2).min(0).register(lake, { unit: 'EUR' }) })),
    ['widen-column:price'],
    '2.0.0',
  ],
  ['a narrower integer', shop(changed([], { stock: z.int32() })), ['narrow-column:stock'], '2.0.0', true],
  ['another type', shop(changed([], { stock: calendarDate() })), ['retype-column:stock'], '2.0.0', true],
  ['an enum that becomes text', shop(changed([], { size: z.string() })), ['widen-column:size'], '1.3.0'],
  [
    'text that becomes an enum',
    shop(changed([], { brand: z.enum(['a']).optional() })),
    ['narrow-column:brand'],
    '2.0.0',
  ],
  ['an enum value', shop(changed([], { size: z.enum(['s', 'm', 'l']) })), ['add-enum-value:size:l'], '1.3.0'],
  ['an enum value less', shop(changed([], { size: z.enum(['s']) })), ['remove-enum-value:size:m'], '2.0.0'],
  [
    'enum values in another order',
    shop(changed([], { size: z.enum(['m', 's']) })),
    ['reorder-enum-values:size'],
    '1.2.4',
  ],
  [
    'a column that may be null',
    shop(changed([], { size: z.enum(['s', 'm']).optional() })),
    ['make-optional:size'],
    '1.3.0',
  ],
  [
    'a column that may not',
    shop(changed([], { user_session: z.string() })),
    ['make-required:user_session'],
    '2.0.0',
  ],
  ['hours', shop(shopColumns, { partitionBy: { hour: true } }), ['change-partitioning'], '2.0.0', true],
  [
    'a PII class that is raised',
    shop(changed([], { brand: z.string().max(50).register(lake, { pii: 'direct' }).optional() })),
    ['change-pii:brand'],
    '1.3.0',
  ],
  [
    'a PII class that is lowered',
    shop(changed([], { user_id: z.int64().register(lake, { aliases: ['visitor'] }) })),
    ['change-pii:user_id'],
    '1.3.0',
    true,
  ],
  [
    'words',
    shop(changed([], { size: z.enum(['s', 'm']).describe('Of clothes') })),
    ['change-description:size'],
    '1.2.4',
  ],
  [
    'another unit',
    shop(changed([], { price: decimal(10, 2).min(0).register(lake, { unit: 'USD' }) })),
    ['change-unit:price'],
    '2.0.0',
  ],
  [
    'an alias for another',
    shop(changed([], { user_id: z.int64().register(lake, { pii: 'pseudonymous', aliases: ['uid'] }) })),
    ['add-alias:user_id:uid', 'remove-alias:user_id:visitor'],
    '2.0.0',
  ],
  [
    'other text steps',
    shop(
      changed([], {
        brand: z
          .string()
          .max(50)
          .register(lake, { clean: [trim()] })
          .optional(),
      }),
    ),
    ['change-text-steps:brand'],
    '1.3.0',
  ],
  [
    'null texts',
    shop(
      changed([], {
        brand: z
          .string()
          .max(50)
          .register(lake, { nullTexts: ['NULL'] })
          .optional(),
      }),
    ),
    ['change-null-texts:brand'],
    '1.3.0',
  ],
  [
    'a map of codes',
    shop(changed([], { size: z.enum(['s', 'm']).register(lake, { map: { small: 's' } }) })),
    ['change-map:size'],
    '1.3.0',
  ],
  [
    'a zone for times without one',
    shop(changed([], { event_time: timestamp({ zone: 'Europe/London' }) })),
    ['change-time-format:event_time'],
    '2.0.0',
  ],
  [
    'a number format',
    shop(
      changed([], {
        price: decimal(10, 2)
          .min(0)
          .register(lake, { unit: 'EUR', numberFormat: { decimal: ',' } }),
      }),
    ),
    ['change-number-format:price'],
    '2.0.0',
  ],
  [
    'a null for a bad value',
    shop(changed([], { user_session: z.string().optional().register(lake, { invalid: 'null' }) })),
    ['change-invalid:user_session'],
    '1.3.0',
  ],
  [
    'looser checks',
    shop(changed([], { brand: z.string().max(60).optional() })),
    ['change-checks:brand'],
    '1.3.0',
  ],
  [
    'tighter checks',
    shop(changed([], { brand: z.string().min(1).max(50).optional() })),
    ['change-checks:brand'],
    '2.0.0',
  ],
  [
    'no role for the amount',
    shop(shopColumns, { roles: withoutAmount }),
    ['remove-role:amount:price'],
    '2.0.0',
  ],
  [
    'another amount',
    shop(shopColumns, { roles: { ...roles, amount: 'stock' } }),
    ['move-role:amount'],
    '2.0.0',
  ],
  [
    'another role',
    shop(shopColumns, { roles: { ...roles, brand: 'brand' } }),
    ['add-role:brand:brand'],
    '1.3.0',
  ],
  [
    'an order',
    shop(shopColumns, { roles: { ...roles, order: 'user_session' } }),
    ['add-role:order:user_session'],
    '2.0.0',
  ],
  [
    'a price per unit',
    shop(shopColumns, { roles: { ...roles, quantity: 'stock' }, amountPer: 'unit' }),
    ['add-role:quantity:stock', 'change-amount-per'],
    '2.0.0',
  ],
  ['a zone', shop(shopColumns, { zone: 'Asia/Shanghai' }), ['change-zone'], '2.0.0'],
  ['a longest session', shop(shopColumns, { sessions: { longest: '4h' } }), ['change-sessions'], '2.0.0'],
  ['the longest session by default', shop(shopColumns, { sessions: { longest: '24h' } }), [], '1.2.3'],
  [
    'a session within an actor',
    shop(shopColumns, { roles: { ...roles, session: ['user_id', 'user_session'] } }),
    ['change-sessions'],
    '2.0.0',
  ],
  ['UTC by name, which is the default', shop(shopColumns, { zone: 'UTC' }), [], '1.2.3'],
  ['UTC as an offset', shop(shopColumns, { zone: '+00:00' }), [], '1.2.3'],
  [
    'a path',
    shop(changed([], { brand: z.string().max(50).optional().register(lake, { path: 'product.brand' }) })),
    ['change-path:brand'],
    '2.0.0',
  ],
  [
    'a list that is exploded',
    shop(changed([], { brand: z.string().max(50).optional().register(lake, { path: 'items[].brand' }) }), {
      explode: 'items',
    }),
    ['change-path:brand', 'change-explode'],
    '2.0.0',
  ],
  [
    'another action',
    shop(shopColumns, { actions: { cart: 'remove_from_cart' } }),
    ['change-action:cart', 'remove-action:removeFromCart'],
    '2.0.0',
  ],
  [
    'several values for an action, and an action of their own',
    shop(shopColumns, { actions: { view: ['view', 'cart'], taken: 'remove_from_cart' } }),
    ['change-action:view', 'remove-action:cart', 'remove-action:removeFromCart', 'add-action:taken'],
    '2.0.0',
  ],
  ['the same values in another order', shop(shopColumns, { actions: { view: ['view'] } }), [], '1.2.3'],
  [
    'purchases that name their product',
    shop(shopColumns, { purchases: { items: 'own' } }),
    ['change-purchase-items'],
    '2.0.0',
  ],
  [
    'a coarser duplicate key',
    shop(shopColumns, { duplicateKey: ['event_time', 'user_id'] }),
    ['change-duplicate-key'],
    '2.0.0',
    true,
  ],
  [
    'a key without the time, and the last row',
    shop(shopColumns, {
      duplicateKey: undefined,
      duplicates: { key: ['user_id', 'product_id'], keep: 'last' },
    }),
    ['change-duplicate-rule', 'change-duplicate-key'],
    '2.0.0',
    true,
  ],
  [
    'another row of an event that stays',
    shop(shopColumns, { duplicateKey: undefined, duplicates: { key: shopRest.duplicateKey, by: 'price' } }),
    ['change-duplicate-rule'],
    '2.0.0',
  ],
  [
    'every row',
    shop(shopColumns, { duplicateKey: undefined, duplicates: { keep: 'all' } }),
    ['change-duplicate-key'],
    '2.0.0',
  ],
  ['a source', shop(shopColumns, { sources: { plain: {} } }), ['add-source:plain'], '1.3.0'],
  ['another order of rows', shop(shopColumns, { sortOrder: ['event_time'] }), ['change-sort-order'], '1.2.4'],
];

describe('changes', () => {
  it.each(cases)('%s', (_what, now, expected, version, destructive = false) => {
    const diff = assessSchemas({ version: '1.2.3', schema: old }, now);
    expect(diff.changes.map(({ id }) => id)).toEqual(expected);
    expect(diff).toMatchObject({ version, destructive });
    expect(new Set(diff.changes.map(({ id }) => id)).size).toBe(diff.changes.length);
    for (const { verdicts } of diff.changes)
      for (const verdict of Object.values(verdicts)) expect(verdict.reason).toMatch(/^[A-Z].*\.$/);
  });
});

test('a rename carries the other changes of its column, roles and keys with it', () => {
  const columns = changed(['price'], {
    amount: decimal(12, 2)
      .min(0)
      .register(lake, { unit: 'EUR', renamedFrom: ['price'] }),
  });
  expect(ids(shop(columns, { roles: { ...roles, amount: 'amount' } }))).toEqual([
    'rename-column:price:amount',
    'widen-column:amount',
    'reorder-columns',
  ]);
});

test('to gain, lose or recount what refines the amount and the order changes the meaning of metrics', () => {
  const without = shop();
  const withBoth = shop(shopColumns, { roles: { ...roles, quantity: 'stock', order: 'user_session' } });
  const perUnit = shop(shopColumns, {
    roles: { ...roles, quantity: 'stock', order: 'user_session' },
    amountPer: 'unit',
  });
  const meanings = (before: TableSchema, now: TableSchema) =>
    assessSchemas({ version: '1.0.0', schema: before }, now).changes.map(({ id, verdicts }) => [
      id,
      verdicts.metrics.verdict,
      verdicts.dashboards.verdict,
      verdicts.queries.verdict,
    ]);
  const change = (id: string) => [id, 'incompatible', 'incompatible', 'compatible'];
  expect(meanings(without, withBoth)).toEqual([
    change('add-role:quantity:stock'),
    change('add-role:order:user_session'),
  ]);
  expect(meanings(withBoth, without)).toEqual([
    change('remove-role:quantity:stock'),
    change('remove-role:order:user_session'),
  ]);
  expect(meanings(withBoth, perUnit)).toEqual([change('change-amount-per')]);
  expect(diffSchemas(perUnit, withBoth)).toMatchObject([
    { text: 'the amount was per unit and is per event' },
  ]);
});

test('another zone moves days of answers, and no file', () => {
  const [london, moscow] = ['Europe/London', 'Europe/Moscow'].map((zone) => shop(shopColumns, { zone }));
  if (!london || !moscow) throw new Error('Two zones');
  const [change] = assessSchemas({ version: '1.0.0', schema: london }, moscow).changes;
  expect(change).toMatchObject({
    id: 'change-zone',
    text: 'days of answers were those of Europe/London and are those of Europe/Moscow',
    verdicts: {
      duckdb: { verdict: 'compatible' },
      athena: { verdict: 'compatible' },
      producers: { verdict: 'compatible' },
      queries: { verdict: 'compatible' },
      metrics: { verdict: 'incompatible' },
      dashboards: { verdict: 'incompatible' },
    },
  });
  expect(schemaFingerprint(london)).toBe(schemaFingerprint(shop()));
});

test('a former name that is taken off is a change of its own', () => {
  const before = shop(
    changed(['brand'], {
      label: z
        .string()
        .register(lake, { renamedFrom: ['brand', 'mark'] })
        .optional(),
    }),
  );
  const after = shop(
    changed(['brand'], { label: z.string().register(lake, { renamedFrom: 'brand' }).optional() }),
  );
  const { changes, destructive } = assessSchemas({ version: '1.0.0', schema: before }, after);
  expect(changes.map(({ id }) => id)).toEqual(['remove-former-name:label:mark']);
  expect(destructive).toBe(false);
  expect(changes[0]?.needsAllow).toBe(true);
});

test('what the registry would take follows from the direction of each change', () => {
  const takenBy = (now: TableSchema) => assessSchemas({ version: '1.0.0', schema: old }, now).registry;
  expect(takenBy(shop(changed([], { note: z.string().optional() })))).toEqual({
    NONE: true,
    BACKWARD: true,
    FORWARD: false,
    FULL: false,
  });
  expect(takenBy(shop(changed(['brand'])))).toEqual({
    NONE: true,
    BACKWARD: false,
    FORWARD: true,
    FULL: false,
  });
  expect(takenBy(shop(changed([], { size: z.enum(['m', 's']) }))).FULL).toBe(true);
});

test('under FULL an optional column breaks consumers; under BACKWARD they take it first', () => {
  const now = shop(changed([], { note: z.string().optional() }));
  const under = (mode: 'BACKWARD' | 'FULL') => assessSchemas({ version: '1.0.0', schema: old }, now, mode);
  expect(under('BACKWARD')).toMatchObject({ verdict: 'compatible', version: '1.1.0' });
  expect(under('BACKWARD').changes[0]?.verdicts.consumers.reason).toContain('consumers must upgrade first');
  expect(under('FULL')).toMatchObject({ verdict: 'incompatible', version: '2.0.0' });
});

test('a drop that may be a rename says how to declare one', () => {
  const { brand } = shopColumns;
  const textOf = (columns: ColumnShape): string | undefined =>
    diffSchemas(old, shop(changed(['brand'], columns))).find(({ id }) => id === 'drop-column:brand')?.text;
  expect(textOf({ make: brand })).toBe(
    "brand: was removed; if it was renamed to make, declare renamedFrom: 'brand' there",
  );
  expect(textOf({})).toBe('brand: was removed');
  expect(textOf({ make: z.int32() })).toBe('brand: was removed');
  expect(textOf({ make: brand, model: brand })).toBe('brand: was removed');
});

describe('sources', () => {
  const withSource = (source: object, columns: ColumnShape = shopColumns) =>
    shop(columns, { sources: { app: source } });
  const before = withSource({
    columns: { label: 'brand', at: 'event_time' },
    constants: { size: 's' },
    where: { user_session: { not: [null, 'bot'] } },
  });
  const idsFrom = (now: TableSchema) =>
    assessSchemas({ version: '1.2.3', schema: before }, now).changes.map(
      ({ id, needsAllow }) => `${id} ${needsAllow}`,
    );

  test('the order of their words is no change', () => {
    const same = withSource({
      where: { user_session: { not: [null, 'bot'] } },
      constants: { size: 's' },
      columns: { at: 'event_time', label: 'brand' },
    });
    expect(idsFrom(same)).toEqual([]);
  });

  test('each word that changes is a change with a verdict', () => {
    expect(idsFrom(shop())).toEqual(['remove-source:app true']);
    expect(idsFrom(withSource({ columns: { label: 'brand' }, constants: { size: 'm' } }))).toEqual([
      'change-source-fields:app true',
      'change-source-constants:app true',
      'change-source-filter:app true',
    ]);
  });

  test('a rename carries them with it', () => {
    const renamed = changed(['brand', 'size'], {
      label: z.string().max(50).register(lake, { renamedFrom: 'brand' }).optional(),
      fit: z.enum(['s', 'm']).register(lake, { renamedFrom: 'size' }),
    });
    const now = withSource(
      {
        columns: { label: 'label', at: 'event_time' },
        constants: { fit: 's' },
        where: { user_session: { not: [null, 'bot'] } },
      },
      renamed,
    );
    expect(
      diffSchemas(before, now)
        .map(({ kind }) => kind)
        .filter((kind) => kind.includes('source')),
    ).toEqual([]);
  });
});
