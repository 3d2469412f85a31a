import { z } from 'zod';
import {
  type AwsTarget,
  always,
  type CleanResult,
  createDocumentCleaner,
  decimal,
  defineEvents,
  derivations,
  HeadwaterError,
  isHeadwaterError,
  lake,
  type TableSchema,
  timestamp,
} from '../../src/index.ts';

const columns = { at: timestamp(), who: z.int64(), kind: z.enum(['view', 'cart']) };

defineEvents('events', {
  columns,
  roles: { time: 'at', actor: 'who', action: 'kind' },
  actions: { view: 'view' },
  partitionBy: { hour: true, columns: ['kind'] },
  duplicateKey: ['at', 'who'],
  sortOrder: ['who'],
});

// @ts-expect-error every table of events has a time
defineEvents('events', { columns, roles: {} });
// @ts-expect-error every table of events has a time, whatever else it has
defineEvents('events', { columns, roles: { actor: 'who' } });
// @ts-expect-error the time is a timestamp
defineEvents('events', { columns, roles: { time: 'who' } });
// @ts-expect-error the time is never missing
defineEvents('events', { columns: { at: timestamp().optional() }, roles: { time: 'at' } });
// @ts-expect-error a time is nobody
defineEvents('events', { columns, roles: { time: 'at', actor: 'at' } });
// @ts-expect-error an amount is no time
defineEvents('events', { columns, roles: { time: 'at', amount: 'at' } });
// @ts-expect-error an action has a name
defineEvents('events', { columns, roles: { time: 'at', action: 'who' } });
// @ts-expect-error partitions are named by enums
defineEvents('events', { columns, roles: { time: 'at' }, partitionBy: { columns: ['who'] } });
// @ts-expect-error a role names a column of this table
defineEvents('events', { columns, roles: { time: 'at', actor: 'whom' } });
// @ts-expect-error a role is one of those that metrics know
defineEvents('events', { columns, roles: { time: 'at', sesion: 'who' } });
// @ts-expect-error the time names a column of this table
defineEvents('events', { columns, roles: { time: 'when' } });
// @ts-expect-error a key names columns of this table
defineEvents('events', { columns, roles: { time: 'at' }, duplicateKey: ['at', 'whom'] });
// @ts-expect-error a key names at least one column
defineEvents('events', { columns, roles: { time: 'at' }, duplicateKey: [] });
// @ts-expect-error an order names columns of this table
defineEvents('events', { columns, roles: { time: 'at' }, sortOrder: ['whom'] });
// @ts-expect-error partitions name columns of this table
defineEvents('events', { columns, roles: { time: 'at' }, partitionBy: { columns: ['whom'] } });
const acted = { columns, roles: { time: 'at', action: 'kind' } } as const;
defineEvents('events', { ...acted, actions: { look: ['view', 'cart'] } });
// @ts-expect-error an action is a value of the action column
defineEvents('events', { ...acted, actions: { view: 'viewed' } });
// @ts-expect-error an action is a list of values of the action column
defineEvents('events', { ...acted, actions: { view: ['view', 'look'] } });
// @ts-expect-error a list of values has one
defineEvents('events', { ...acted, actions: { view: [] } });
// @ts-expect-error with an action column, no action is that of every row
defineEvents('events', { ...acted, actions: { view: always } });
// @ts-expect-error without an action column, no value means an action
defineEvents('events', { columns, roles: { time: 'at' }, actions: { view: 'view' } });

defineEvents('events', { ...acted, purchases: { items: 'own' } });
// @ts-expect-error a purchase is of its own item, or of the cart
defineEvents('events', { ...acted, purchases: { items: 'basket' } });

const looks = defineEvents('events', {
  columns,
  roles: { time: 'at', action: 'kind' },
  actions: { look: ['view'] },
});
looks.actions satisfies readonly ('look' | 'cart' | 'view')[];
looks.derivedRoles satisfies readonly never[];
const lines = defineEvents('lines', { columns, roles: { time: 'at' }, actions: { purchase: always } });
lines.actions satisfies readonly 'purchase'[];
lines.derivedRoles satisfies readonly 'action'[];
const named = {
  columns: { at: timestamp(), name: z.string() },
  roles: { time: 'at', action: 'name' },
} as const;
const texts = defineEvents('events', { ...named, actions: { checkout: 'begin_checkout' } });
texts.actions satisfies readonly 'checkout'[];
defineEvents('events', {
  columns: { ...columns, price: decimal(10, 2).optional().register(lake, { path: 'items[].price' }) },
  roles: { time: 'at' },
  explode: 'items',
});
// @ts-expect-error the path of a list is a text
defineEvents('events', { columns, roles: { time: 'at' }, explode: ['items'] });
// @ts-expect-error a path is a text
z.string().register(lake, { path: ['properties', 'total'] });
const priced = { ...columns, price: decimal(10, 2), units: z.int32(), receipt: z.uuid().optional() };
defineEvents('events', {
  columns: priced,
  roles: { time: 'at', amount: 'price', quantity: 'units', order: 'receipt' },
  amountPer: 'unit',
});
defineEvents('events', { columns: priced, roles: { time: 'at' }, amountPer: 'event' });
defineEvents('events', { columns: priced, roles: { time: 'at' }, zone: 'Asia/Shanghai' });
const visited = { at: timestamp(), who: z.string(), visit: z.int64().optional() };
const pairs = defineEvents('events', {
  columns: visited,
  roles: { time: 'at', actor: 'who', session: ['who', 'visit'] },
  sessions: { longest: '4h' },
});
pairs.derivedRoles satisfies readonly never[];
const idle = defineEvents('events', {
  columns: visited,
  roles: { time: 'at', actor: 'who' },
  sessions: { inactivity: '30m' },
});
idle.derivedRoles satisfies readonly 'session'[];
// @ts-expect-error the session is derived
idle.derivedRoles satisfies readonly never[];
// @ts-expect-error a session is one column or two
defineEvents('events', { columns: visited, roles: { time: 'at', session: ['who', 'visit', 'who'] } });
// @ts-expect-error a time is no part of a session
defineEvents('events', { columns: visited, roles: { time: 'at', session: ['at', 'visit'] } });
defineEvents('events', {
  columns: visited,
  roles: { time: 'at', session: 'visit' },
  // @ts-expect-error a length of time has a unit
  sessions: { longest: '90' },
});
// @ts-expect-error a zone is a text
defineEvents('events', { columns: priced, roles: { time: 'at' }, zone: 8 });
// @ts-expect-error a price per unit needs the role quantity
defineEvents('events', { columns: priced, roles: { time: 'at', amount: 'price' }, amountPer: 'unit' });
// @ts-expect-error a price per unit needs the role amount
defineEvents('events', { columns: priced, roles: { time: 'at', quantity: 'units' }, amountPer: 'unit' });
// @ts-expect-error an amount is per event or per unit
defineEvents('events', { columns: priced, roles: { time: 'at' }, amountPer: 'order' });
// @ts-expect-error a quantity is not a time
defineEvents('events', { columns: priced, roles: { time: 'at', quantity: 'at' } });
// @ts-expect-error an order is not a time
defineEvents('events', { columns: priced, roles: { time: 'at', order: 'at' } });
// @ts-expect-error a column is a zod type
defineEvents('events', { columns: { ...columns, note: 'text' }, roles: { time: 'at' } });
// @ts-expect-error a class of sensitivity is one of three
z.string().register(lake, { pii: 'secret' });

// @ts-expect-error a payload has what its code says
new HeadwaterError('TABLE_UNKNOWN', { table: 'a' });
const error: unknown = undefined;
if (isHeadwaterError(error, 'TABLE_UNKNOWN')) error.payload.known.join();
// @ts-expect-error another code's payload has no such member
if (isHeadwaterError(error, 'LAKE_BUSY')) error.payload.known.join();

// @ts-expect-error a target that there is not
derivations['word-document'];
derivations['json-schema'].derive(
  { schema: defineEvents('events', { columns, roles: { time: 'at' } }).schema },
  {},
);
declare const schema: TableSchema;
declare const target: AwsTarget;
// @ts-expect-error what is for AWS needs a place on AWS
derivations['glue-table'].derive({ schema }, { layer: 'curated' });
derivations['glue-table'].derive({ schema, target }, { layer: 'curated' });
// @ts-expect-error a layer that there is not
derivations['glue-table'].derive({ schema, target }, { layer: 'gold' });

defineEvents('events', {
  columns,
  roles: { time: 'at' },
  duplicates: { key: ['who'], keep: 'last', by: 'at' },
});
defineEvents('events', { columns, roles: { time: 'at' }, duplicates: { keep: 'all' } });
// @ts-expect-error: no column has that name
defineEvents('events', { columns, roles: { time: 'at' }, duplicates: { key: ['whom'] } });
// @ts-expect-error: no column has that name
defineEvents('events', { columns, roles: { time: 'at' }, duplicates: { key: ['who'], by: 'when' } });
// @ts-expect-error: where all rows stay there is no key
defineEvents('events', { columns, roles: { time: 'at' }, duplicates: { key: ['who'], keep: 'all' } });
// @ts-expect-error: first, last or all
defineEvents('events', { columns, roles: { time: 'at' }, duplicates: { keep: 'newest' } });
// @ts-expect-error: a key has a column
defineEvents('events', { columns, roles: { time: 'at' }, duplicates: { key: [] } });

timestamp({ from: 'epoch-seconds' });
timestamp({ formats: ['M/D/YYYY H:mm'], zone: 'Europe/London' });
// @ts-expect-error a unit that there is not
timestamp({ from: 'epoch-minutes' });
// @ts-expect-error a count since 1970 is in UTC
timestamp({ from: 'epoch-seconds', zone: 'Europe/London' });
// @ts-expect-error a list of formats has one
timestamp({ formats: [] });
// @ts-expect-error an option that there is not
timestamp({ format: 'M/D/YYYY' });
z.string().register(lake, { nullTexts: ['NULL'], map: { a: 'b' } });
// @ts-expect-error null texts are a list
z.string().register(lake, { nullTexts: 'NULL' });
// @ts-expect-error the value of a code is text, as it is in a file
z.int32().register(lake, { map: { one: 1 } });
// @ts-expect-error a decimal mark is a point or a comma
decimal(9, 2).register(lake, { numberFormat: { decimal: ';' } });
// @ts-expect-error a number format has no such member
decimal(9, 2).register(lake, { numberFormat: { groups: ',' } });
z.int32().register(lake, { invalid: 'null' }).optional();
// @ts-expect-error a bad value rejects its row or becomes null
z.int32().optional().register(lake, { invalid: 'drop' });
// @ts-expect-error clean has text steps only
z.string().register(lake, { clean: [{ step: 'required' }] });

const cleanDocument = createDocumentCleaner({} as TableSchema);
cleanDocument('{}') satisfies readonly CleanResult[];
cleanDocument({ items: [{ price: 1.5, sku: null }], id: 5n });
// @ts-expect-error a document is a JSON object, or its text
cleanDocument(5);
// @ts-expect-error a document holds JSON values
cleanDocument({ at: new Date() });
// @ts-expect-error a source has a name
createDocumentCleaner({} as TableSchema, { source: 5 });
