import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  always,
  calendarDate,
  decimal,
  defaultText,
  defineEvents,
  lake,
  lowerCase,
  nullTexts,
  timestamp,
  trim,
  wholeNumber,
} from '../../src/index.ts';
import { refusal } from '../support/refusal.ts';

const at = timestamp();
const kind = z.enum(['view', 'cart', 'purchase']);

/** A definition as JavaScript without types could write it. */
const define = (name: string, config: object): unknown =>
  defineEvents(name, config as unknown as Parameters<typeof defineEvents>[1]);

const withColumn = (type: z.core.$ZodType) => () =>
  defineEvents('events', { columns: { at, v: type }, roles: { time: 'at' } });

test.each<[string, z.core.$ZodType, string]>([
  ['a default', z.string().default('x'), "events.v: zod's .default() does not state which raw text"],
  ['a default inside an optional', z.string().default('x').optional(), "zod's .default()"],
  ['a prefault', z.string().prefault('x'), "zod's .prefault()"],
  ['a text format', z.email(), 'events.v: z.email() has no column type. Use z.string() with a regex'],
  ['an ISO date-time text', z.iso.datetime(), 'z.datetime() has no column type'],
  ['z.int()', z.int(), 'z.int() has no column type. Use z.int32()'],
  ['z.uint32()', z.uint32(), 'z.uint32() has no column type'],
  ['z.float32()', z.float32(), 'z.float32() has no column type'],
  ['a UUID of one version', z.uuidv4(), 'no engine checks the version v4 of a UUID. Use z.uuid()'],
  [
    'an enum value that trimming changes',
    z.enum(['a', ' b']),
    'the value " b" can never match: the trim step',
  ],
  ['an enum value that is empty', z.enum(['a', '']), 'the value "" can never match: the empty-to-null step'],
  [
    'an enum value that lower-casing changes',
    z.enum(['view', 'Cart']).register(lake, { clean: [trim(), lowerCase()] }),
    'the value "Cart" can never match: the lower-case step',
  ],
  ['an enum value with a null byte', z.enum(['a\0b']), 'a text contains a null byte'],
  [
    'a description with a null byte',
    z.string().register(lake, { description: '\0' }),
    'contains a null byte',
  ],
  [
    'a text with a null byte in place of none',
    z.string().register(lake, { clean: [defaultText('a\0')] }),
    'contains a null byte',
  ],
  ['.int() on a double', z.number().int(), '.int() does not make a double column an integer column'],
  ['.int() on a decimal', decimal(10, 2).int(), '.int() does not make a decimal column'],
  ['an unsigned bigint', z.uint64(), 'z.uint64() exceeds a signed 64-bit integer. Use z.int64()'],
  ['an enum of numbers', z.enum({ A: 1, B: 2 }), 'an enum column has text values only'],
  ['an enum of nothing', z.enum([]), 'an enum column has text values only'],
  ['a literal that is no text', z.literal(1), 'a literal column has text values only'],
  ['a literal that is partly text', z.literal(['a', 1]), 'a literal column has text values only'],
  [
    'a list',
    z.array(z.string()),
    'z.array() has no column type: a lake stores flat rows. Give each value a column',
  ],
  [
    'an object',
    z.object({ city: z.string() }),
    "Give each value a column with a path, such as path: 'order.city'",
  ],
  [
    'a record',
    z.record(z.string(), z.string()).optional(),
    'z.record() has no column type: a lake stores flat rows',
  ],
  ['a union', z.union([z.string(), z.number()]), 'z.union() has no column type. Use a plain type'],
  ['a transform', z.string().transform(Number), 'z.pipe() has no column type'],
  ['any', z.any(), 'z.any() has no column type'],
  ['a check in JavaScript', z.string().refine(() => true), 'the zod check "custom" runs only in JavaScript'],
  ['a change of the value', z.string().trim(), 'the zod check "overwrite" runs only in JavaScript'],
  ['a multiple', z.int32().multipleOf(5), 'the zod check "multiple_of" runs only in JavaScript'],
  [
    'startsWith',
    z.string().startsWith('a'),
    'the format "starts_with" is not checked in the same way by every engine',
  ],
  [
    'a length of a wide decimal',
    decimal(20, 2).min(0),
    'the zod check "min_length" needs text, and the column is decimal',
  ],
  [
    'a pattern of a wide decimal',
    decimal(20, 2).regex(/^1/),
    '"string_format" needs text, and the column is decimal',
  ],
  ['a length of a date', calendarDate().min(3), '"min_length" needs text, and the column is date'],
  ['a length of a uuid', z.uuid().max(3), '"max_length" needs text, and the column is uuid'],
  ['a bound that is no number', z.number().min(Number.NaN), 'the bound NaN is not a finite number'],
  ['an endless bound', z.number().max(Number.POSITIVE_INFINITY), 'the bound Infinity is not a finite number'],
  ['a bound that is no date', z.date().min(new Date('no')), 'a bound is not a date from year 1 to 9999'],
  ['a bound after year 9999', z.date().max(new Date(253402300800000)), 'not a date from year 1 to 9999'],
])('%s is refused, with the column', (_name, type, message) => {
  const error = refusal(withColumn(type));
  expect(error.column).toBe('v');
  expect(error.message).toContain(message);
});

test('clean takes text steps only', () => {
  const error = refusal(
    withColumn(z.string().register(lake, { clean: [trim(), { step: 'required' } as never] })),
  );
  expect(error).toMatchObject({
    column: 'v',
    message: expect.stringContaining(
      'events.v: clean contains "required", which is not a text step. Express it in zod',
    ),
  });
  expect(withColumn(z.string().register(lake, { clean: [defaultText('x')] }))).not.toThrow();
});

const roles = { time: 'at' };
test.each<[string, string, object, string | undefined, string]>([
  [
    'a table name in capitals',
    'Events',
    { columns: { at }, roles },
    undefined,
    'Events: not a valid table name. Use a lower-case letter',
  ],
  ['a double underscore', 'a__b', { columns: { at }, roles }, undefined, 'a__b: not a valid table name'],
  [
    'a column name in capitals',
    'events',
    { columns: { At: at }, roles: { time: 'At' } },
    'At',
    'events.At: not a valid column name',
  ],
  [
    'a name of 129 characters',
    'events',
    { columns: { at, ['v'.repeat(129)]: at }, roles },
    'v'.repeat(129),
    'not a valid column name',
  ],
  [
    'the folder name dt',
    'events',
    { columns: { at, dt: z.string() }, roles },
    'dt',
    '"dt" is reserved for a partition folder. Choose another name',
  ],
  [
    'a former name that is a folder',
    'events',
    { columns: { at, day: z.string().register(lake, { renamedFrom: 'dt' }) }, roles },
    'day',
    '"dt" is reserved for a partition folder',
  ],
  [
    'the folder name hour',
    'events',
    { columns: { at, hour: z.int32() }, roles },
    'hour',
    'is reserved for a partition folder',
  ],
  [
    'an alias that is given twice',
    'events',
    { columns: { at, v: z.string().register(lake, { aliases: ['V', 'V'] }) }, roles },
    'v',
    '"V" already names v. Remove one of the two',
  ],
  [
    'an alias that is a column',
    'events',
    { columns: { at, v: z.string().register(lake, { aliases: ['AT'] }) }, roles },
    'v',
    '"AT" already names at. Remove one of the two',
  ],
  [
    'an unknown role',
    'events',
    { columns: { at }, roles: { ...roles, shopper: 'at' } },
    undefined,
    '"shopper" is not a role. Roles: time, actor',
  ],
  [
    'a price per unit without a quantity',
    'events',
    { columns: { at, price: decimal(10, 2) }, roles: { ...roles, amount: 'price' }, amountPer: 'unit' },
    undefined,
    "no column has the role quantity. Add quantity: '<column>' to roles",
  ],
  [
    'a price per unit without a price',
    'events',
    { columns: { at, units: z.int32() }, roles: { ...roles, quantity: 'units' }, amountPer: 'unit' },
    undefined,
    'no column has the role amount',
  ],
  [
    'a price per something else',
    'events',
    { columns: { at }, roles, amountPer: 'dozen' },
    undefined,
    'amountPer is "dozen". Expected event or unit',
  ],
  ...(
    [
      [
        'a length without a unit',
        { sessions: { longest: '90' } },
        'sessions.longest is "90". Write a length',
      ],
      ['a length of nothing', { sessions: { inactivity: '0m' } }, 'sessions.inactivity is "0m"'],
      ['sessions of months', { sessions: { longest: '40d' } }, 'sessions.longest is more than 31 days'],
      ['an inactivity beyond the session', { sessions: { inactivity: '2d' } }, 'inactivity is longer than'],
      ['sessions within a browser', { sessions: { within: 'browser' } }, 'sessions.within is "browser"'],
      ['a word that sessions do not have', { sessions: { idle: '30m' } }, 'sessions.idle is not known'],
      [
        'sessions of an id that are derived as well',
        { sessions: { within: 'actor' } },
        "write session: ['who', 'visit'] in roles",
      ],
      [
        'a session of three columns',
        { roles: { ...roles, session: ['who', 'visit', 'at'] } },
        'names the columns',
      ],
      [
        'a session of a price',
        { roles: { ...roles, session: ['price', 'visit'] } },
        'cannot tell sessions apart',
      ],
      ['sessions of nobody', { roles, sessions: { inactivity: '30m' } }, 'no column has the role actor'],
      [
        'a longest session without sessions',
        { roles: { ...roles, actor: 'who' }, sessions: { longest: '4h' } },
        'sessions has no inactivity, and no column has the role session',
      ],
    ] as const
  ).map(([title, rest, message]): [string, string, object, string | undefined, string] => [
    title,
    'events',
    {
      columns: { at, who: z.string(), visit: z.string(), price: decimal(10, 2) },
      roles: { ...roles, actor: 'who', session: 'visit' },
      ...rest,
    },
    title === 'a session of a price' ? 'price' : undefined,
    message,
  ]),
  [
    'a zone that is spelt wrong',
    'events',
    { columns: { at }, roles, zone: 'Europe/Londn' },
    undefined,
    '"Europe/Londn" is not a time zone. Did you mean Europe/London?',
  ],
  [
    'a zone that is no text',
    'events',
    { columns: { at }, roles, zone: 8 },
    undefined,
    '"8" is not a time zone',
  ],
  [
    'a quantity that cannot be added up',
    'events',
    { columns: { at, units: z.string() }, roles: { ...roles, quantity: 'units' } },
    'units',
    'cannot have the role quantity: its type is string. The role needs one of decimal, double, int32, int64',
  ],
  [
    'an order that is not an id',
    'events',
    { columns: { at }, roles: { ...roles, order: 'at' } },
    'at',
    'cannot have the role order: its type is timestamp. The role needs one of string, int32, int64, uuid',
  ],
  [
    'a role for no column',
    'events',
    { columns: { at }, roles: { ...roles, actor: 'who' } },
    undefined,
    'the role actor names the column "who", which does not exist. Columns: at',
  ],
  [
    'a role for the wrong kind',
    'events',
    { columns: { at }, roles: { ...roles, amount: 'at' } },
    'at',
    'cannot have the role amount: its type is timestamp. The role needs one of decimal, double',
  ],
  [
    'a time that is a date',
    'events',
    { columns: { at: calendarDate() }, roles },
    'at',
    'cannot have the role time: its type is date',
  ],
  [
    'an optional time',
    'events',
    { columns: { at: at.optional() }, roles },
    'at',
    'is the time column and cannot be optional. Remove .optional()',
  ],
  [
    'partitions by text',
    'events',
    { columns: { at, v: z.string() }, roles, partitionBy: { columns: ['v'] } },
    'v',
    'is not a required enum',
  ],
  [
    'partitions by an optional enum',
    'events',
    { columns: { at, kind: kind.optional() }, roles, partitionBy: { columns: ['kind'] } },
    'kind',
    'is not a required enum. Partition by required enum columns only',
  ],
  [
    'partitions by no column',
    'events',
    { columns: { at }, roles, partitionBy: { columns: ['v'] } },
    undefined,
    'partitionBy.columns names the column "v"',
  ],
  [
    'partitions by personal data',
    'events',
    {
      columns: { at, kind: z.enum(['a', 'b']).register(lake, { pii: 'pseudonymous' }) },
      roles,
      partitionBy: { columns: ['kind'] },
    },
    'kind',
    'is personal data. It would name folders',
  ],
  [
    'partitions by a column twice',
    'events',
    { columns: { at, kind }, roles, partitionBy: { columns: ['kind', 'kind'] } },
    'kind',
    'is named twice in partitionBy.columns',
  ],
  ...['a b', 'a/b', 'a,b', 'a=b', 'a%20', '', '.', '..', '_a', 'ä', "a'b"].map(
    (value): [string, string, object, string, string] => [
      `partitions by the value ${JSON.stringify(value)}`,
      'events',
      {
        columns: { at, kind: z.enum(['view', value]).register(lake, { clean: [] }) },
        roles,
        partitionBy: { columns: ['kind'] },
      },
      'kind',
      `the value "${value}" cannot be the name of a folder. Use only letters, digits and . _ -`,
    ],
  ),
  [
    'partitions by too many values',
    'events',
    {
      columns: { at, v: z.enum(Array.from({ length: 101 }, (_, index) => `v${index}`)) },
      roles,
      partitionBy: { columns: ['v'] },
    },
    'v',
    'has 101 values, and each adds a folder to every day',
  ],
  [
    'a duplicate key of no column',
    'events',
    { columns: { at }, roles, duplicateKey: ['v'] },
    undefined,
    'duplicateKey names the column "v"',
  ],
  [
    'duplicates and the short form at once',
    'events',
    { columns: { at, v: z.string() }, roles, duplicateKey: ['v'], duplicates: { key: ['at'] } },
    undefined,
    'both duplicateKey and duplicates are set',
  ],
  [
    'a rule that keeps no known row',
    'events',
    { columns: { at }, roles, duplicates: { keep: 'newest' } },
    undefined,
    'duplicates.keep is "newest". Expected first, last or all',
  ],
  [
    'a key where all rows stay',
    'events',
    { columns: { at }, roles, duplicates: { keep: 'all', key: ['at'] } },
    undefined,
    "keep: 'all' has no key",
  ],
  [
    'duplicates by no column',
    'events',
    { columns: { at, id: z.int64() }, roles, duplicates: { key: ['id'], by: 'when' } },
    undefined,
    'duplicates.by names the column "when"',
  ],
  [
    'duplicates by a text',
    'events',
    { columns: { at, id: z.int64(), v: z.string() }, roles, duplicates: { key: ['id'], by: 'v' } },
    'v',
    'duplicates.by is a string. Order by a column of one of the types timestamp, date, int32, int64, decimal',
  ],
  [
    'duplicates by a column of the key',
    'events',
    { columns: { at, id: z.int64() }, roles, duplicates: { key: ['id', 'at'], by: 'at' } },
    'at',
    'duplicates.by is part of the key',
  ],
  [
    'duplicates by a column where the key is the whole row',
    'events',
    { columns: { at, id: z.int64() }, roles, duplicates: { keep: 'last', by: 'at' } },
    'at',
    'duplicates.by is part of the key',
  ],
  [
    'an order by no column',
    'events',
    { columns: { at }, roles, sortOrder: ['v'] },
    undefined,
    'sortOrder names the column "v"',
  ],
  [
    'an action column without an action',
    'events',
    { columns: { at, kind: z.enum(['seen']) }, roles: { ...roles, action: 'kind' } },
    'kind',
    "has the role action, and no value of it means an action. Name the values: actions: { view: '<value>'",
  ],
  [
    'a text as action column whose values have no names',
    'events',
    { columns: { at, kind: z.string() }, roles: { ...roles, action: 'kind' } },
    'kind',
    'no value of it means an action',
  ],
  [
    'purchases of the cart without a session',
    'events',
    {
      columns: { at, kind, sku: z.string().optional() },
      roles: { ...roles, action: 'kind', item: 'sku' },
      purchases: { items: 'cart' },
    },
    undefined,
    "purchases.items: 'cart' needs the role session. Add session: '<column>' to roles, or remove purchases",
  ],
  [
    'purchases of the cart without a cart',
    'events',
    {
      columns: { at, kind, sku: z.string().optional(), visit: z.string() },
      roles: { ...roles, action: 'kind', item: 'sku', session: 'visit' },
      actions: { look: ['view', 'cart'] },
      purchases: { items: 'cart' },
    },
    undefined,
    "purchases.items: 'cart' needs the action cart. Name its value in actions, or remove purchases",
  ],
  [
    'purchases of something else',
    'events',
    { columns: { at, kind }, roles: { ...roles, action: 'kind' }, purchases: { items: 'basket' } },
    undefined,
    'purchases.items is "basket". Expected own or cart',
  ],
  [
    'purchases with something else',
    'events',
    { columns: { at, kind }, roles: { ...roles, action: 'kind' }, purchases: { item: 'own' } },
    undefined,
    'purchases has "item". Expected items only',
  ],
  [
    'an action that no row can have',
    'events',
    { columns: { at, kind }, roles: { ...roles, action: 'kind' }, actions: { purchase: 'purchased' } },
    'kind',
    'actions.purchase is "purchased", which is not one of its values. Values: view, cart, purchase',
  ],
  [
    'actions without an action column',
    'events',
    { columns: { at, kind }, roles, actions: { view: 'view' } },
    undefined,
    'actions.view is "view", which needs a column with the role action',
  ],
  [
    'an action of every row beside a column of actions',
    'events',
    { columns: { at, kind }, roles: { ...roles, action: 'kind' }, actions: { purchase: always } },
    'kind',
    'actions.purchase is always, and a column has the role action',
  ],
  [
    'two actions of every row',
    'events',
    { columns: { at }, roles, actions: { purchase: always, view: always } },
    undefined,
    'actions.purchase is always, and there are other actions. Remove the other actions',
  ],
  [
    'a value of two actions',
    'events',
    {
      columns: { at, kind },
      roles: { ...roles, action: 'kind' },
      actions: { view: 'view', look: ['cart', 'view'] },
    },
    'kind',
    '"view" means view and look. Give each value one action',
  ],
  [
    'an action without a value',
    'events',
    { columns: { at, kind }, roles: { ...roles, action: 'kind' }, actions: { view: [] } },
    'kind',
    'actions.view is [].',
  ],
  [
    'an action that is a number',
    'events',
    { columns: { at, kind }, roles: { ...roles, action: 'kind' }, actions: { view: 1 } },
    'kind',
    'actions.view is 1. Expected a value of the action column, a list of values, or always',
  ],
  [
    'an action whose name is not a word',
    'events',
    { columns: { at, kind }, roles: { ...roles, action: 'kind' }, actions: { 'a wish': 'view' } },
    'kind',
    'actions has "a wish", which cannot be the name of an action',
  ],
  [
    'an action whose value the text steps change',
    'events',
    {
      columns: { at, kind: z.string().register(lake, { clean: [lowerCase()] }) },
      roles: { ...roles, action: 'kind' },
      actions: { view: 'PageView' },
    },
    'kind',
    'the value "PageView" can never match: the lower-case step changes it',
  ],
])('%s is refused', (_name, table, config, column, message) => {
  const error = refusal(() => define(table, config));
  expect(error.column).toBe(column);
  expect(error.message).toContain(message);
});

test.each([
  [{ min: '1e3' }, 'min "1e3"'],
  [{ max: '0.001' }, 'max "0.001"'],
  [{ lt: '1000000000000000000' }, 'lt "1000000000000000000"'],
  [{ gt: '' }, 'gt ""'],
])('a decimal(20, 2) with the bounds %j is refused', (bounds, named) => {
  expect(refusal(withColumn(decimal(20, 2, bounds)))).toEqual({
    column: 'v',
    message: expect.stringContaining(
      `events.v: decimal(20, 2): the bound ${named} does not fit the precision and scale`,
    ),
  });
});

test.each([
  [0, 0],
  [39, 2],
  [5, 6],
  [5, -1],
  [5.5, 1],
])('decimal(%d, %d) is refused', (precision, scale) => {
  const words = `events.v: decimal(${precision}, ${scale}): the precision must be 1 to 38 and the scale 0 to the precision`;
  for (const type of [decimal(precision, scale), decimal(precision, scale).optional()])
    expect(refusal(withColumn(type))).toEqual({ column: 'v', message: expect.stringContaining(words) });
});

test.each<[string, z.core.$ZodType, string]>([
  ['min(5).max(1)', z.number().min(5).max(1), 'no value is at least 5 and at most 1'],
  ['gt(5).lt(5)', z.int32().gt(5).lt(5), 'no value is greater than 5 and less than 5'],
  ['min(5).lt(5)', z.int64().min(5n).lt(5n), 'no value is at least 5 and less than 5'],
  ['a decimal', decimal(20, 2, { min: '0.02', max: '0.01' }), 'no value is at least 0.02 and at most 0.01'],
  ['max(1e-7).min(1)', z.number().max(1e-7).min(1), 'no value is at least 1 and at most 1e-7'],
  [
    'instants',
    timestamp().min(new Date('2020-01-02')).max(new Date('2020-01-01')),
    'no value is at least 2020-01-02T00:00:00.000Z and at most 2020-01-01T00:00:00.000Z',
  ],
  ['lengths', z.string().min(5).max(1), 'no text has at least 5 and at most 1 characters'],
  ['a length', z.string().length(3).min(4), 'no text has at least 4 and at most 3 characters'],
])('%s, which no value can pass, is refused', (_name, type, words) => {
  expect(refusal(withColumn(type)).message).toContain(words);
});

test('bounds that one value can pass are taken', () => {
  for (const type of [
    z.number().min(5).max(5),
    decimal(10, 2).min(-0.5).max(-0.25),
    z.string().length(3).max(3),
  ])
    expect(withColumn(type)).not.toThrow();
});

test.each<[string, z.core.$ZodType, string]>([
  ['another unit', timestamp({ from: 'epoch-minutes' as never }), 'timestamp() reads from "epoch-minutes"'],
  [
    'a count with a zone',
    timestamp({ from: 'epoch-seconds', zone: 'Europe/London' } as never),
    'timestamp() reads from epoch-seconds, which has no zone',
  ],
  ['no formats', timestamp({ formats: [] as never }), 'timestamp() has no formats'],
  ['one format as a text', timestamp({ formats: 'YYYY' as never }), 'timestamp() has no formats'],
  ['another option', timestamp({ format: 'YYYY-MM-DD' } as never), 'timestamp() has the option "format"'],
  ['another zone', timestamp({ zone: 'London' }), '"London" is not a time zone. Did you mean Europe/London?'],
  [
    'another token',
    timestamp({ formats: ['DD/mon/YYYY'] }),
    'has "m", which is not a token. Tokens: YYYY, YY',
  ],
  ['an unclosed bracket', timestamp({ formats: ['YYYY-MM-DD[T'] }), 'has "[", which is not a token'],
  ['no day', timestamp({ formats: ['M/YYYY'] }), 'the time format "M/YYYY" has no day'],
  ['two months', timestamp({ formats: ['M/D/YYYY MMM'] }), 'reads the month twice'],
  ['minutes alone', timestamp({ formats: ['YYYY-MM-DD mm'] }), 'has minute but no hour'],
  ['an hour of 12', timestamp({ formats: ['YYYY-MM-DD h:mm'] }), 'has an hour of 12 but no AM or PM'],
  ['an hour of 24 with AM', timestamp({ formats: ['YYYY-MM-DD HH:mm A'] }), 'AM or PM and an hour of 24'],
  ['open lengths side by side', timestamp({ formats: ['YYYYMD'] }), 'has D directly after M'],
  ['a digit', timestamp({ formats: ['YYYY-MM-DD 0H'] }), 'has a digit that is no token'],
  [
    'day and month in both orders',
    timestamp({ formats: ['D/M/YYYY', 'MM/DD/YYYY'] }),
    'the time formats "D/M/YYYY" and "MM/DD/YYYY" read the same text as different times',
  ],
  [
    'digits that fall otherwise',
    timestamp({ formats: ['YYYYMMDD', 'DDMMYYYY'] }),
    'read the same text as different times',
  ],
  [
    'an offset that may be minutes',
    timestamp({ formats: ['YYYY-MM-DD HHZ', 'YYYY-MM-DD HH-mm'] }),
    'read the same text as different times',
  ],
  [
    'a number format of text',
    z.string().register(lake, { numberFormat: {} }),
    'has a numberFormat, and its type is string',
  ],
  ['a number format of a boolean', z.boolean().register(lake, { numberFormat: {} }), 'its type is boolean'],
  [
    'one mark for both',
    decimal(9, 2).register(lake, { numberFormat: { decimal: ',', group: ',' } }),
    'numberFormat has "," as the decimal mark and between groups',
  ],
  [
    'another decimal mark',
    decimal(9, 2).register(lake, { numberFormat: { decimal: ';' as never } }),
    'numberFormat.decimal is ";"',
  ],
  [
    'another key',
    decimal(9, 2).register(lake, { numberFormat: { groups: ',' } as never }),
    'numberFormat has "groups"',
  ],
  [
    'a currency with a digit',
    decimal(9, 2).register(lake, { numberFormat: { currency: ['R2'] } }),
    'numberFormat.currency has "R2"',
  ],
  [
    'whole numbers of text',
    z.string().register(lake, { clean: [wholeNumber()] }),
    'wholeNumber() is for integers, and its type is string',
  ],
  [
    'whole numbers twice',
    z.int32().register(lake, { clean: [wholeNumber()], numberFormat: {} }),
    'has both wholeNumber() and a numberFormat',
  ],
  ['no null text', z.string().register(lake, { nullTexts: [] }), 'nullTexts has no text'],
  ['an empty null text', z.string().register(lake, { nullTexts: [''] }), 'nullTexts has an empty text'],
  ['a null text alone', z.string().register(lake, { nullTexts: 'NULL' as never }), 'nullTexts is not a list'],
  [
    'a null text that lower-casing changes',
    z.string().register(lake, { clean: [trim(), lowerCase()], nullTexts: ['NULL'] }),
    'the null text "NULL" can never match: the lower-case step changes it',
  ],
  [
    'null texts twice',
    z.string().register(lake, { clean: [nullTexts('NULL')], nullTexts: ['NaN'] }),
    'nullTexts is given twice: in clean and beside it',
  ],
  ['no code', z.string().register(lake, { map: {} }), 'map has no code'],
  [
    'a code that trimming changes',
    z.string().register(lake, { map: { ' pv': 'view' } }),
    'the code " pv" can never match',
  ],
  [
    'a code for no value of the enum',
    z.enum(['view', 'cart', 'purchase']).register(lake, { map: { pv: 'veiw' } }),
    `the map's value "veiw" for "pv" is not one of its values. Values: view, cart, purchase`,
  ],
  [
    'a code for no number',
    decimal(9, 2).register(lake, { map: { free: 'nothing' } }),
    `the map's value "nothing" for "free" is not of the type decimal`,
  ],
  [
    'a code for a number in another format',
    decimal(9, 2).register(lake, { map: { half: '0.5' }, numberFormat: { decimal: ',' } }),
    `the map's value "0.5" for "half" is not of the type decimal`,
  ],
  [
    'a null for a bad value, and required',
    z.int32().register(lake, { invalid: 'null' }),
    "has invalid: 'null' and is required",
  ],
  [
    'another rule for a bad value',
    z
      .int32()
      .optional()
      .register(lake, { invalid: 'drop' as never }),
    'invalid is "drop"',
  ],
  ['codes of times', timestamp().register(lake, { map: { a: 'b' } }), 'has a map, and its type is timestamp'],
  [
    'a value that the map takes away',
    z.enum(['view', 'cart']).register(lake, { map: { view: 'cart' } }),
    'the value "view" can never match: the map step changes it',
  ],
])('a column with %s is refused', (_what, type, message) => {
  const error = refusal(withColumn(type));
  expect(error.column).toBe('v');
  expect(error.message).toContain(message);
});

test('a value of an enum may be reached by a code alone', () => {
  const type = z
    .enum(['View', 'cart'])
    .register(lake, { clean: [trim(), lowerCase()], map: { view: 'View' } });
  expect(withColumn(type)).not.toThrow();
});

test('the order of codes makes no other definition', () => {
  const stepsOf = (map: Record<string, string>) =>
    defineEvents('t', { columns: { at, v: z.string().register(lake, { map }) }, roles: { time: 'at' } })
      .schema;
  expect(JSON.stringify(stepsOf({ b: '1', a: '2' }))).toBe(JSON.stringify(stepsOf({ a: '2', b: '1' })));
});

const withPath =
  (path: unknown, explode?: unknown, type: z.ZodType = z.string()) =>
  () => {
    const v = type.optional().register(lake, { path: path as string });
    return define('events', {
      columns: { at, v },
      roles: { time: 'at' },
      ...(explode === undefined ? {} : { explode }),
    });
  };

test.each<[string, unknown, unknown, string]>([
  ['nothing', '', undefined, 'the path "" has nothing where a name is expected'],
  ['a point at the end', 'a.', undefined, 'the path "a." has nothing where a name is expected'],
  ['a name with a blank', 'a b', undefined, 'has " b" where a point, a selector or the end is expected'],
  ['a name with an asterisk', 'a."*"', undefined, 'has ""*"" where a name is expected'],
  ['a selector without an end', 'a[0', undefined, 'has nothing where a selector is expected'],
  ['a selector without a text', 'a[k=]', undefined, 'has "]" where the text of a selector is expected'],
  ['a place below zero', 'a[-1]', undefined, 'where a selector is expected'],
  ['a list that is not exploded', 'a.b[].c', undefined, "a row has one value. Set explode: 'a.b'"],
  ['another list', 'a[].c', 'b', 'reads the elements of a, and explode names b'],
  ['two lists', 'a[].b[].c', 'a', 'goes through the elements of two lists'],
  ['more after the number', 'a[#].b', 'a', 'goes on after [#]'],
  ['a number as text', 'a[#]', 'a', 'gives a whole number. Make the column z.int32()'],
  ['a path that is not a text', 5, undefined, 'its path is not a text'],
  ['a list of the record', 'v', 'a[0]', 'explode: the path "a[0]" has a selector'],
  ['an exploded list that is not a text', 'v', 5, 'explode: it is not a text'],
  ['an exploded list that is no path', 'v', 'a..b', 'explode: the path "a..b" has ".b" where a name'],
  ['elements that nobody reads', 'a[0].b', 'a', 'explode names a, and no column reads its elements'],
])('a path with %s is refused', (_what, path, explode, message) => {
  expect(refusal(withPath(path, explode)).message).toContain(message);
});
