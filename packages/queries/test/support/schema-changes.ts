import {
  type ColumnShape,
  calendarDate,
  decimal,
  defineEvents,
  type EventsTable,
  lake,
  lowerCase,
  timestamp,
  trim,
} from '@headwater/core';
import { z } from 'zod';

/** The columns of the table that every change starts from. */
const base = {
  at: timestamp(),
  kind: z.enum(['view', 'cart']),
  item: z.int32(),
  stock: z.int64(),
  brand: z.string().optional(),
  price: decimal(8, 2),
  size: z.enum(['s', 'm']),
  member: z.string().register(lake, { pii: 'pseudonymous' }),
  token: z.uuid(),
  code: z.string(),
};

const uuid = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;

/** A table of this name, of any columns: names are checked when it is made. */
export function tableOf(name: string, columns: ColumnShape = base, rest: object = {}): EventsTable {
  const config = {
    columns,
    roles: { time: 'at', action: 'kind' },
    sortOrder: ['at'],
    duplicateKey: ['at', 'member'],
    ...rest,
  };
  return defineEvents(name, config as unknown as { columns: ColumnShape; roles: { time: string } });
}

/** A change, with what a column has to read as over rows of before (two, on the first of October) and one row of after. */
export interface ChangeCase {
  readonly what: string;
  readonly columns?: ColumnShape;
  readonly rest?: object;
  readonly ids: readonly string[];
  /** The column that is read. */
  readonly column: string;
  /** What it has to be as text. */
  readonly before: readonly (string | null)[];
  readonly after: string | null;
  /** Values of the row of after that are not those of every case. */
  readonly row?: Readonly<Record<string, string>>;
}

/** Rows of before, as raw text. */
export const rowsBefore: readonly Readonly<Record<string, string>>[] = [
  {
    at: '2019-10-01 00:00:00',
    kind: 'view',
    item: '7',
    stock: '3000000000',
    brand: 'Acme',
    price: '1.25',
    size: 'm',
    member: 'u1',
    token: uuid(1),
    code: uuid(1),
  },
  {
    at: '2019-10-01 01:00:00',
    kind: 'cart',
    item: '8',
    stock: '4',
    brand: '',
    price: '2.50',
    size: 's',
    member: 'u2',
    token: uuid(2),
    code: uuid(2),
  },
];

/** A row of after, as raw text. */
export const rowAfter: Readonly<Record<string, string>> = {
  at: '2019-10-02 00:00:00',
  kind: 'view',
  item: '9',
  stock: '5',
  brand: 'zen',
  price: '3.75',
  size: 'm',
  member: 'u3',
  token: uuid(3),
  code: uuid(3),
};

const without = (name: string, columns: ColumnShape = {}): ColumnShape => ({
  ...Object.fromEntries(Object.entries(base).filter(([column]) => column !== name)),
  ...columns,
});
const items = { column: 'item', before: ['7', '8'], after: '9' };
const brands = { column: 'brand', before: ['Acme', null], after: 'zen' };
const sizes = { column: 'size', before: ['m', 's'], after: 'm' };
/** What no row of before can be: the column says that there is a value, and there is none. */
const someValue = ['(a value)', '(a value)'];

/** Changes of every kind. */
export const changeCases: readonly ChangeCase[] = [
  {
    what: 'add an optional column',
    columns: { ...base, note: z.string().optional() },
    ids: ['add-column:note'],
    column: 'note',
    before: [null, null],
    after: 'n',
    row: { note: 'n' },
  },
  {
    what: 'add a column before the others',
    columns: { note: z.int64().optional(), ...base },
    ids: ['add-column:note'],
    column: 'note',
    before: [null, null],
    after: '1',
    row: { note: '1' },
  },
  {
    what: 'add a required column',
    columns: { ...base, note: z.string() },
    ids: ['add-column:note'],
    column: 'note',
    before: someValue,
    after: 'n',
    row: { note: 'n' },
  },
  {
    what: 'add a required column with a default',
    columns: { ...base, note: z.string().register(lake, { default: "it's" }) },
    ids: ['add-column:note'],
    column: 'note',
    before: ["it's", "it's"],
    after: 'n',
    row: { note: 'n' },
  },
  {
    what: 'add a number with a default',
    columns: { ...base, tax: decimal(6, 2).register(lake, { default: 0.19 }) },
    ids: ['add-column:tax'],
    column: 'tax',
    before: ['0.19', '0.19'],
    after: '0.07',
    row: { tax: '0.07' },
  },
  { what: 'drop an optional column', columns: without('brand'), ids: ['drop-column:brand'], ...items },
  { what: 'drop a required column', columns: without('stock'), ids: ['drop-column:stock'], ...items },
  {
    what: 'rename a column',
    columns: without('brand', { label: z.string().register(lake, { renamedFrom: 'brand' }).optional() }),
    ids: ['rename-column:brand:label', 'reorder-columns'],
    column: 'label',
    before: ['Acme', null],
    after: 'zen',
    row: { label: 'zen' },
  },
  {
    what: 'rename a column without saying so',
    columns: without('brand', { label: z.string().optional() }),
    ids: ['add-column:label', 'drop-column:brand'],
    column: 'label',
    before: ['Acme', null],
    after: 'zen',
    row: { label: 'zen' },
  },
  {
    what: 'rename and widen a column',
    columns: without('price', { amount: decimal(12, 2).register(lake, { renamedFrom: 'price' }) }),
    ids: ['rename-column:price:amount', 'widen-column:amount', 'reorder-columns'],
    column: 'amount',
    before: ['1.25', '2.50'],
    after: '1234567890.75',
    row: { amount: '1234567890.75' },
  },
  {
    what: 'widen an integer',
    columns: { ...base, item: z.int64() },
    ids: ['widen-column:item'],
    column: 'item',
    before: ['7', '8'],
    after: '3000000001',
    row: { item: '3000000001' },
  },
  {
    what: 'widen a decimal',
    columns: { ...base, price: decimal(12, 2) },
    ids: ['widen-column:price'],
    column: 'price',
    before: ['1.25', '2.50'],
    after: '1234567890.75',
    row: { price: '1234567890.75' },
  },
  {
    what: 'give a decimal more digits after the point',
    columns: { ...base, price: decimal(12, 4) },
    ids: ['widen-column:price'],
    column: 'price',
    before: ['1.2500', '2.5000'],
    after: '3.7512',
    row: { price: '3.7512' },
  },
  {
    what: 'widen a decimal past fifteen digits',
    columns: { ...base, price: decimal(20, 2) },
    ids: ['widen-column:price'],
    column: 'price',
    before: ['1.25', '2.50'],
    after: '123456789012345678.75',
    row: { price: '123456789012345678.75' },
  },
  {
    what: 'make an integer a decimal',
    columns: { ...base, item: decimal(12, 2) },
    ids: ['widen-column:item'],
    column: 'item',
    before: ['7.00', '8.00'],
    after: '9.50',
    row: { item: '9.50' },
  },
  {
    what: 'make an integer a double',
    columns: { ...base, item: z.number() },
    ids: ['widen-column:item'],
    column: 'item',
    before: ['7.0', '8.0'],
    after: '9.5',
    row: { item: '9.5' },
  },
  {
    what: 'make an enum text',
    columns: { ...base, size: z.string() },
    ids: ['widen-column:size'],
    ...sizes,
    after: 'xl',
    row: { size: 'xl' },
  },
  {
    what: 'narrow an integer',
    columns: { ...base, stock: z.int32() },
    ids: ['narrow-column:stock'],
    column: 'stock',
    before: ['3000000000', '4'],
    after: '5',
  },
  {
    what: 'narrow a decimal',
    columns: { ...base, price: decimal(8, 1) },
    ids: ['narrow-column:price'],
    column: 'price',
    before: ['1.25', '2.50'],
    after: '3.5',
    row: { price: '3.5' },
  },
  {
    what: 'make text an enum',
    columns: { ...base, brand: z.enum(['zen', 'Acme']).optional() },
    ids: ['narrow-column:brand'],
    ...brands,
  },
  {
    what: 'make text a UUID',
    columns: { ...base, code: z.uuid() },
    ids: ['narrow-column:code'],
    column: 'code',
    before: [uuid(1), uuid(2)],
    after: uuid(3),
  },
  {
    what: 'make a UUID text',
    columns: { ...base, token: z.string() },
    ids: ['widen-column:token'],
    column: 'token',
    before: [uuid(1), uuid(2)],
    after: 't',
    row: { token: 't' },
  },
  {
    what: 'make a number text',
    columns: { ...base, stock: z.string() },
    ids: ['retype-column:stock'],
    column: 'stock',
    before: ['3000000000', '4'],
    after: 'five',
    row: { stock: 'five' },
  },
  {
    what: 'make an integer a date',
    columns: { ...base, item: calendarDate() },
    ids: ['retype-column:item'],
    column: 'item',
    before: ['7', '8'],
    after: '2019-10-02',
    row: { item: '2019-10-02' },
  },
  {
    what: 'reorder columns',
    columns: Object.fromEntries(Object.entries(base).reverse()),
    ids: ['reorder-columns'],
    ...items,
  },
  {
    what: 'add an enum value',
    columns: { ...base, size: z.enum(['s', 'm', 'l']) },
    ids: ['add-enum-value:size:l'],
    ...sizes,
    after: 'l',
    row: { size: 'l' },
  },
  {
    what: 'add an action',
    columns: { ...base, kind: z.enum(['view', 'cart', 'refund']) },
    ids: ['add-enum-value:kind:refund'],
    column: 'kind',
    before: ['view', 'cart'],
    after: 'refund',
    row: { kind: 'refund' },
  },
  {
    what: 'remove an enum value',
    columns: { ...base, size: z.enum(['m']) },
    ids: ['remove-enum-value:size:s'],
    ...sizes,
  },
  {
    what: 'reorder enum values',
    columns: { ...base, size: z.enum(['m', 's']) },
    ids: ['reorder-enum-values:size'],
    ...sizes,
  },
  {
    what: 'let a column be null',
    columns: { ...base, size: z.enum(['s', 'm']).optional() },
    ids: ['make-optional:size'],
    ...sizes,
    after: null,
    row: { size: '' },
  },
  {
    what: 'require a column',
    columns: { ...base, brand: z.string() },
    ids: ['make-required:brand'],
    column: 'brand',
    before: ['Acme', '(a value)'],
    after: 'zen',
  },
  {
    what: 'require a column, with a default',
    columns: { ...base, brand: z.string().register(lake, { default: 'none' }) },
    ids: ['make-required:brand'],
    column: 'brand',
    before: ['Acme', 'none'],
    after: 'zen',
  },
  {
    what: 'cut by hour as well',
    rest: { partitionBy: { hour: true } },
    ids: ['change-partitioning'],
    ...items,
  },
  {
    what: 'raise a PII class',
    columns: { ...base, brand: z.string().register(lake, { pii: 'direct' }).optional() },
    ids: ['change-pii:brand'],
    ...brands,
  },
  {
    what: 'lower a PII class',
    columns: { ...base, member: z.string() },
    ids: ['change-pii:member'],
    column: 'member',
    before: ['u1', 'u2'],
    after: 'u3',
  },
  {
    what: 'describe a column',
    columns: { ...base, brand: z.string().describe('Who makes it').optional() },
    ids: ['change-description:brand'],
    ...brands,
  },
  {
    what: 'say a unit',
    columns: { ...base, price: decimal(8, 2).register(lake, { unit: 'EUR' }) },
    ids: ['change-unit:price'],
    column: 'price',
    before: ['1.25', '2.50'],
    after: '3.75',
  },
  {
    what: 'give an alias',
    columns: {
      ...base,
      brand: z
        .string()
        .register(lake, { aliases: ['maker'] })
        .optional(),
    },
    ids: ['add-alias:brand:maker'],
    ...brands,
  },
  {
    what: 'clean text in another way',
    columns: {
      ...base,
      brand: z
        .string()
        .register(lake, { clean: [trim(), lowerCase()] })
        .optional(),
    },
    ids: ['change-text-steps:brand'],
    ...brands,
  },
  {
    what: 'take texts for null',
    columns: {
      ...base,
      brand: z
        .string()
        .register(lake, { nullTexts: ['NULL'] })
        .optional(),
    },
    ids: ['change-null-texts:brand'],
    ...brands,
  },
  {
    what: 'read codes',
    columns: {
      ...base,
      brand: z
        .string()
        .register(lake, { map: { l: 'Lego' } })
        .optional(),
    },
    ids: ['change-map:brand'],
    ...brands,
  },
  {
    what: 'take bad values for null',
    columns: { ...base, brand: z.string().max(50).optional().register(lake, { invalid: 'null' }) },
    ids: ['change-invalid:brand', 'change-checks:brand'],
    ...brands,
  },
  {
    what: 'read times in another format',
    columns: { ...base, at: timestamp({ formats: ['YYYY-MM-DD HH:mm:ss', 'D.M.YYYY'], zone: '+00:00' }) },
    ids: ['change-time-format:at'],
    ...items,
  },
  {
    what: 'read numbers in another format',
    columns: { ...base, price: decimal(8, 2).register(lake, { numberFormat: { group: ',' } }) },
    ids: ['change-number-format:price'],
    column: 'price',
    before: ['1.25', '2.50'],
    after: '3.75',
  },
  {
    what: 'check a range',
    columns: { ...base, price: decimal(8, 2).min(0) },
    ids: ['change-checks:price'],
    column: 'price',
    before: ['1.25', '2.50'],
    after: '3.75',
  },
  {
    what: 'change what one event is',
    rest: { duplicateKey: ['at'] },
    ids: ['change-duplicate-key'],
    ...items,
  },
  { what: 'sort rows otherwise', rest: { sortOrder: ['item', 'at'] }, ids: ['change-sort-order'], ...items },
  {
    what: 'let a column play a part',
    rest: { roles: { time: 'at', action: 'kind', actor: 'member' } },
    ids: ['add-role:actor:member'],
    ...items,
  },
];
