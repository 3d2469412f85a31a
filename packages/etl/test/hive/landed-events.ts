import {
  awsTarget,
  calendarDate,
  decimal,
  defineEvents,
  deriveGlueTable,
  lake,
  timestamp,
} from '@headwater/core';
import { z } from 'zod';

/** A column of each kind, and codes that cleaning twice would replace twice. */
export const columns = {
  at: timestamp({ formats: ['YYYY-MM-DD[T]HH:mm:ss.SSSZ', 'YYYY-MM-DD HH:mm:ss.SSS'], zone: 'Europe/Rome' }),
  // A code of one value is another value.
  kind: z.enum(['view', 'cart', 'buy']).register(lake, { map: { v: 'view', view: 'cart' } }),
  user_id: z.int64(),
  count: z.int32().optional(),
  price: decimal(10, 2).optional(),
  rate: decimal(38, 10).optional(),
  share: z.number().optional(),
  gift: z.boolean().optional(),
  day: calendarDate().optional(),
  session: z.uuid().optional(),
  note: z.string().optional(),
};

export const clicks = defineEvents('clicks', {
  columns,
  roles: { time: 'at', action: 'kind', actor: 'user_id' },
  sortOrder: ['at', 'user_id'],
});

const stream = {
  name: 'shop-clicks',
  sessionsTable: 'shop-sessions',
  deliveryStream: 'shop-clicks-to-s3',
  landing: 's3://shop-landing/stream',
};

/** Where the tables of both forms are. */
const targets = {
  records: { ...stream },
  cleaned: { ...stream, transform: 'arn:aws:lambda:eu-central-1:123456789012:function:clean' },
};

/** The columns of what Firehose writes in a form, as Hive declares them: those of the derived table. */
export const hiveColumns = (form: keyof typeof targets): string =>
  deriveGlueTable(
    clicks.schema,
    awsTarget({
      region: 'eu-central-1',
      account: '123456789012',
      database: 'shop',
      location: 's3://shop-lake/events',
      firstDay: '2019-10-01',
      stream: targets[form],
    }),
    { layer: 'stream' },
  )
    .StorageDescriptor.Columns.map(({ Name, Type }) => `\`${Name}\` ${Type}`)
    .join(', ');

const uuid = '0b0c1f9e-7d5a-4c3e-9a55-0f6c2b1d4e8f';

/** Clean events as text, in the order of their times: what the lake has to hold. Others are at the ends of what each type has. */
export const events = [
  {
    at: '1677-09-21T00:12:43.146Z',
    kind: 'view',
    user_id: '-9223372036854775808',
    note: 'first of a writer that counts nanoseconds',
  },
  { at: '1900-02-28T23:59:59.500Z', kind: 'cart', user_id: '1', price: '-99999999.99' },
  { at: '1969-12-31T23:59:59.999Z', kind: 'view', user_id: '2', price: '-0.01', note: 'before 1970' },
  { at: '1970-01-01T00:00:00.000Z', kind: 'view', user_id: '3', price: '0.00', count: '-2147483648' },
  { at: '1970-01-01T00:00:00.001Z', kind: 'view', user_id: '4', count: '2147483647', gift: 'false' },
  {
    ...{
      at: '2020-02-29T23:59:59.999Z',
      kind: 'buy',
      user_id: '9223372036854775807',
      count: '7',
      price: '12.34',
    },
    ...{ rate: '1234567890123456789012345678.0123456789', share: '0.1', gift: 'true', day: '2020-02-29' },
    ...{ session: uuid, note: 'à “quoted” \\ 🛒' },
  },
  { at: '2020-03-29T01:30:00.000Z', kind: 'view', user_id: '5', note: '' },
  { at: '2262-04-11T23:47:16.854Z', kind: 'cart', user_id: '6', note: 'last of it' },
  { at: '9999-12-31T23:59:59.999Z', kind: 'view', user_id: '7', day: '0001-01-01' },
] as const satisfies readonly Readonly<Record<string, string>>[];

/** Columns whose JSON is a number or a boolean, and whose table has the type. */
const bare = new Set(['user_id', 'count', 'price', 'share', 'gift']);

/**
 * What a transform writes of an event, as Hive's SerDe reads it: with another spelling of the time, which the service reads in
 * ISO's.
 */
export const cleanedLine = (event: Readonly<Record<string, string>>): string =>
  `{${Object.entries(event)
    .map(([name, value]) => {
      const text = name === 'at' ? value.replace('T', ' ').replace('Z', '') : value;
      return `"${name}":${bare.has(name) ? value : JSON.stringify(text)}`;
    })
    .join(',')}}`;

/** Records as a producer writes them, with what cleaning changes and what it rejects. */
export const records = [
  { at: '2020-02-29 23:59:59.999', kind: 'v', user_id: '12', price: '1.10' },
  { at: '2020-03-29 02:30:00.000', kind: 'view', user_id: '13', note: 'the clock leaves it out' },
  { at: '2020-02-30 00:00:00.000', kind: 'buy', user_id: '14', note: 'no such day' },
  { at: '2020-02-29T12:00:00.000Z', kind: 'buy', user_id: '1.7', note: 'no whole number' },
] as const;
