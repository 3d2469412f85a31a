import {
  calendarDate,
  decimal,
  defineEvents,
  defineLookup,
  type InferRow,
  lake,
  lowerCase,
  timestamp,
  trim,
} from '@headwater/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { createRecordReader } from '../../src/index.ts';
import { createEventWriter } from '../../src/producer/event-writer.ts';
import { shop } from './shop.ts';

const everyKind = defineEvents('every_kind', {
  columns: {
    at: timestamp(),
    seconds: timestamp({ from: 'epoch-seconds' }).optional(),
    milliseconds: timestamp({ from: 'epoch-milliseconds' }).optional(),
    microseconds: timestamp({ from: 'epoch-microseconds' }).optional(),
    formatted: timestamp({
      formats: ['M/D/YYYY H:mm', 'YYYY-MM-DD[T]HH:mm:ss.SSSZ'],
      zone: 'Europe/London',
    }).optional(),
    local: timestamp({ zone: 'America/New_York' }).optional(),
    day: calendarDate().optional(),
    text: z.string().optional(),
    nested: z.string().optional().register(lake, { path: 'context.page.url' }),
    kind: z.enum(['view', 'add to "cart"']).optional(),
    flag: z.boolean().optional().register(lake, { path: 'context.page.is_first' }),
    small: z.int32().optional(),
    large: z.int64().optional(),
    real: z.number().optional(),
    price: decimal(15, 2).optional(),
    wide: decimal(38, 10).optional(),
    comma: decimal(12, 3)
      .optional()
      .register(lake, { numberFormat: { decimal: ',', group: '.' } }),
    trailing: z
      .int64()
      .optional()
      .register(lake, { numberFormat: { negative: 'trailing', currency: ['EUR'] } }),
    bracketed: z
      .number()
      .optional()
      .register(lake, { numberFormat: { negative: 'parentheses' } }),
    id: z.uuid().optional(),
  },
  roles: { time: 'at' },
});
type Row = InferRow<typeof everyKind>;

const instant = (first: string, last: string) =>
  fc.date({ min: new Date(first), max: new Date(last), noInvalidDate: true });
const anyInstant = instant('0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z');
const count = instant('1970-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z');
const units = (digits: number, scale: number) =>
  fc.bigInt(-(10n ** BigInt(digits)) + 1n, 10n ** BigInt(digits) - 1n).map((value) => {
    const text = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
    return `${value < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
  });
// Texts are trimmed, and empty ones are null, when they are read.
const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((inner) => `<${inner}>`);
const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: null });
const rows = fc.record({
  at: anyInstant,
  seconds: maybe(count),
  milliseconds: maybe(count),
  microseconds: maybe(count),
  formatted: maybe(count),
  local: maybe(anyInstant),
  day: maybe(anyInstant.map((date) => date.toISOString().slice(0, 10))),
  text: maybe(text),
  nested: maybe(text),
  kind: maybe(fc.constantFrom('view', 'add to "cart"')),
  flag: maybe(fc.boolean()),
  small: maybe(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  large: maybe(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)),
  real: maybe(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
  price: maybe(units(15, 2).map((digits) => Number(digits) + 0)),
  wide: maybe(units(38, 10)),
  comma: maybe(units(12, 3).map((digits) => Number(digits) + 0)),
  trailing: maybe(fc.bigInt(-(2n ** 63n) + 1n, 2n ** 63n - 1n)),
  bracketed: maybe(fc.integer().map((value) => value / 4)),
  id: maybe(fc.uuid()),
}) satisfies fc.Arbitrary<Row>;

it('writes every value so that it is read as it was', () => {
  const write = createEventWriter(everyKind);
  const read = createRecordReader(everyKind);
  fc.assert(
    fc.property(rows, (row) => {
      const { data } = write(row);
      expect(read({ data, sequenceNumber: '1' })).toEqual({ kind: 'event', event: row, sequenceNumber: '1' });
      expect(JSON.parse(data.toString()).at).toBe(row.at.toISOString());
    }),
    { numRuns: 300 },
  );
});

it('writes the digits of numbers, and leaves out what is null', () => {
  const write = createEventWriter(everyKind);
  const at = new Date('2026-01-31T12:00:00Z');
  const { data } = write({
    at,
    seconds: new Date('2017-11-24T17:21:10.123Z'),
    large: 9_007_199_254_740_993n,
    price: 0.1 + 0.2,
    wide: '1234567890123456789012345678.9012345678',
    comma: -1234.5,
    trailing: -5n,
    bracketed: -2.5,
  });
  expect(data.toString()).toBe(
    '{"at":"2026-01-31T12:00:00.000Z","seconds":1511544070.123,"large":9007199254740993,"price":0.30,' +
      '"wide":"1234567890123456789012345678.9012345678","comma":"-1234,500","trailing":"5-","bracketed":"(2.5)"}',
  );
});

const rejected = (event: unknown): unknown => {
  try {
    return createEventWriter(shop)(event as Parameters<ReturnType<typeof createEventWriter<typeof shop>>>[0])
      .data;
  } catch (error) {
    return error;
  }
};
const good = { at: new Date(0), kind: 'view', visitor: 'v1', product: 1n };

it.each([
  [{ ...good, price: -1 }, 'price: below the minimum'],
  [{ ...good, kind: 'refund' }, 'kind: the value is not one of the allowed values'],
  [{ ...good, note: 'half \ud83d' }, 'the line contains half of a UTF-16 pair'],
  [{ kind: 'view', product: 1n }, 'at: the value is empty and the column is required'],
  [{ ...good, at: '2026-01-01T00:00:00Z' }, 'at: expected a valid Date'],
  [{ ...good, at: new Date('?') }, 'at: expected a valid Date'],
  [{ ...good, product: 1 }, 'product: expected a bigint'],
  [{ ...good, price: Number.NaN }, 'price: expected a finite number'],
  [{ ...good, nota: 'x' }, 'nota: the table has no such column'],
  [{ ...good, at: new Date(8e15) }, 'at: '],
])('refuses %o', (event, problem) => {
  expect(rejected(event)).toMatchObject({
    code: 'EVENT_INVALID',
    message: expect.stringContaining(`shop: the event was not sent: ${problem}`),
  });
});

it('refuses a value that consumers would make null, and sends what they clean', () => {
  const table = defineEvents('t', {
    columns: {
      at: timestamp(),
      who: z.string().register(lake, { clean: [trim(), lowerCase()] }),
      size: z.int32().min(1).optional().register(lake, { invalid: 'null' }),
    },
    roles: { time: 'at', actor: 'who' },
  });
  const write = createEventWriter(table);
  expect(write({ at: new Date(0), who: ' Ann ' }).row).toMatchObject({ who: 'ann', size: null });
  expect(() => write({ at: new Date(0), who: 'ann', size: 0 })).toThrow('size: below the minimum');
});

it('leaves out the columns of lookups', () => {
  const pages = defineLookup('pages', { key: 'page', columns: { title: z.string() } });
  const visits = defineEvents('visits', {
    columns: { at: timestamp(), page: z.int32(), title: z.string().register(lake, { lookup: 'page.title' }) },
    lookups: { page: { table: pages, on: 'page' } },
    roles: { time: 'at' },
  });
  const { data } = createEventWriter(visits)({ at: new Date(0), page: 3, title: 'Home' });
  expect(data.toString()).toBe('{"at":"1970-01-01T00:00:00.000Z","page":3}');
});

it.each([
  [timestamp({ formats: ['M/D/YYYY H:mm'] }), 'who', "Add 'YYYY-MM-DD[T]HH:mm:ss.SSSZ' to its formats"],
  [timestamp(), 'at.zone', 'who is read from at, where another column is read as well'],
  [timestamp(), 'people[0].name', 'who is read from an element of a list'],
])('refuses a table whose events it cannot write', (at, path, message) => {
  const who = z.string().register(lake, { path });
  const table = defineEvents('t', { columns: { at, who }, roles: { time: 'at' } });
  expect(() => createEventWriter(table)).toThrow(message);
});
