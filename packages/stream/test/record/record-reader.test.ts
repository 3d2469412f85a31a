import { decimal, defineEvents, defineLookup, lake, timestamp } from '@headwater/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createRecordReader, type StreamRecord } from '../../src/index.ts';

const columns = {
  at: timestamp(),
  id: z.int64().register(lake, { aliases: ['ID'] }),
  price: decimal(12, 2).min(0).optional(),
  wide: decimal(30, 10).optional(),
  kind: z.enum(['view', 'cart']),
  note: z.string().max(20).optional().register(lake, { invalid: 'null' }),
};
const table = defineEvents('clicks', { columns, roles: { time: 'at' } });
const read = createRecordReader(table);

const sequenceNumber = '49546986683135544286507457936321625675700192471156785154';
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');
const record = (text: string | Uint8Array): StreamRecord => ({ data: base64(text), sequenceNumber });
const good = '{"at":"2019-10-01T00:00:00Z","id":7,"kind":"view"}';
const event = {
  ...{ at: new Date('2019-10-01T00:00:00Z'), id: 7n, price: null },
  ...{ wide: null, kind: 'view', note: null },
};
const accepted = (more: object = {}) => ({ kind: 'event', event: { ...event, ...more }, sequenceNumber });

test('a record is an event with its sequence number, from base64 and from bytes', () => {
  expect(read(record(good))).toEqual(accepted());
  expect(read({ data: Buffer.from(good), sequenceNumber })).toEqual(accepted());
  const within = Buffer.from(`##${good}##`);
  const view = new Uint8Array(within.buffer, within.byteOffset + 2, good.length);
  expect(read({ data: view, sequenceNumber })).toEqual(accepted());
  // Larger than the memory that is kept for records.
  expect(read(record(good.replace('{', `{"unread":"${'é'.repeat(100_000)}",`)))).toEqual(accepted());
  // Base64 for URLs, without its padding.
  expect(read({ data: Buffer.from(good).toString('base64url'), sequenceNumber })).toEqual(accepted());
});

test('numbers keep their digits', () => {
  const text =
    '{"at":"2019-10-01","id":9007199254740993,"wide":12345678901234567890.0123456789,"kind":"view"}';
  const whole = text.replace('2019-10-01', '2019-10-01 00:00');
  expect(read(record(whole))).toEqual(
    accepted({ id: 9007199254740993n, wide: '12345678901234567890.0123456789' }),
  );
  expect(read(record(good.replace('7', '7.0')))).toMatchObject({
    reasons: [{ column: 'id', code: 'not_an_integer' }],
  });
  expect(read(record(good.replace('7', '4.9999999999999999999')))).toMatchObject({ kind: 'rejected' });
});

const spoiled = Buffer.from(good.replace('view', 'vi\u00e9w'), 'latin1');

test.each<[string, StreamRecord['data'], string | null, string, string]>([
  ['no base64', 'not base64!', null, 'not_base64', 'not base64!'],
  ['base64 with a character too many', `${base64('{}')}x`, null, 'not_base64', `${base64('{}')}x`],
  ['another type of data', null as never, null, 'not_base64', 'null'],
  ['no UTF-8', base64(spoiled), null, 'not_utf8', good.replace('view', 'vi\\xe9w')],
  ['bytes that are no UTF-8', spoiled, null, 'not_utf8', good.replace('view', 'vi\\xe9w')],
  ['nothing', '', null, 'not_json', ''],
  ['no JSON', base64('{"at":'), null, 'not_json', '{"at":'],
  ['a list', base64(`[${good}]`), null, 'not_json', `[${good}]`],
  ['a text', base64('"text"'), null, 'not_json', '"text"'],
  ['null', base64('null'), null, 'not_json', 'null'],
  ['two objects', base64(good + good), null, 'not_json', good + good],
  ['two lines', base64(`${good}\n${good}`), null, 'not_json', `${good}\n${good}`],
  [
    'a name twice',
    base64(good.replace('{', '{"id":7,')),
    'id',
    'repeated_name',
    good.replace('{', '{"id":7,'),
  ],
  [
    'half of a pair',
    base64(good.replace('{', '{"a":"\\ud83d",')),
    null,
    'lone_surrogate',
    good.replace('{', '{"a":"\\ud83d",'),
  ],
  ['deep lists', base64('{"a":'.padEnd(100_000, '[')), null, 'not_json', '{"a":'.padEnd(100_000, '[')],
  [
    'a value of another type',
    base64(good.replace('7', '{}')),
    'id',
    'not_an_integer',
    good.replace('7', '{}'),
  ],
])('%s is rejected with its reason and its text', (_what, data, column, code, raw) => {
  expect(read({ data, sequenceNumber })).toEqual({
    kind: 'rejected',
    reasons: [{ column, code }],
    raw,
    sequenceNumber,
  });
});

test('a record longer than the longest line of a load is rejected', () => {
  const long = good.replace('{', `{"unread":"${'x'.repeat(1 << 24)}",`);
  const tooLong = { kind: 'rejected', reasons: [{ column: null, code: 'line_too_long' }], sequenceNumber };
  expect(read(record(long))).toMatchObject(tooLong);
  expect(read({ data: Buffer.from(long), sequenceNumber })).toMatchObject(tooLong);
});

test('names of Object.prototype are members like others', () => {
  const polluting = good.replace('{', '{"__proto__":{"price":1},"constructor":{"prototype":{"price":1}},');
  expect(read(record(polluting))).toEqual(accepted());
  expect(({} as { price?: number }).price).toBeUndefined();
  const odd = defineEvents('odd', {
    columns: { at: timestamp(), constructor: z.string().optional() },
    roles: { time: 'at' },
  });
  const readOdd = createRecordReader(odd);
  expect(readOdd(record('{"at":"2019-10-01 00:00"}'))).toMatchObject({ event: { constructor: null } });
});

test('a bad value of a column that takes null is null, and reported', () => {
  expect(read(record(good.replace('{', `{"note":"${'x'.repeat(21)}",`)))).toEqual({
    ...accepted(),
    nulled: [{ column: 'note', code: 'too_long' }],
  });
});

test('no input throws', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc
      .tuple(fc.nat(good.length), fc.string({ maxLength: 2 }))
      .map(([at, some]) => good.slice(0, at) + some + good.slice(at + 1)),
  );
  const data = fc.oneof(
    text,
    text.map(base64),
    fc.uint8Array(),
    text.map((some) => Buffer.from(some)),
  );
  fc.assert(
    fc.property(data, (some) => {
      const result = read({ data: some, sequenceNumber });
      expect(result.sequenceNumber).toBe(sequenceNumber);
      if (result.kind === 'rejected') expect(result.reasons.length).toBeGreaterThan(0);
      // A result has to pass as JSON to failure destinations: no half of a pair.
      if (result.kind === 'rejected' && typeof some !== 'string')
        expect(result.raw.isWellFormed()).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

const countries = defineLookup('countries', { key: 'code', columns: { code: z.string(), eu: z.boolean() } });
const sourced = defineEvents('sourced', {
  columns: {
    at: timestamp(),
    kind: z.enum(['view', 'cart']),
    country: z.string(),
    eu: z.boolean().optional().register(lake, { lookup: 'country.eu' }),
    page: z.string().optional().register(lake, { path: 'page.url' }),
  },
  roles: { time: 'at' },
  lookups: { country: { table: countries, on: 'country' } },
  sources: {
    app: { columns: { land: 'country' }, constants: { kind: 'view' }, where: { country: { not: ['test'] } } },
    lines: { positions: ['at', 'kind', 'country'] },
  },
});

test('sources, paths and lookups are read as in loads', () => {
  const readApp = createRecordReader(sourced, {
    source: 'app',
    lookups: { country: [{ code: 'de', eu: 'yes' }] },
  });
  const line = '{"at":"2019-10-01 00:00","land":"de","page":{"url":"/"}}';
  expect(readApp(record(line))).toMatchObject({
    event: { kind: 'view', country: 'de', eu: true, page: '/' },
  });
  expect(readApp(record(line.replace('de', 'test')))).toEqual({ kind: 'filtered', sequenceNumber });
  expect(readApp(record(line.replace('de', 'xx')))).toMatchObject({
    reasons: [{ column: 'country', code: 'no_match' }],
  });
});

test('what a stream cannot carry is refused when the reader is made', () => {
  const exploded = defineEvents('orders', {
    columns: { at: timestamp(), price: decimal(9, 2).optional().register(lake, { path: 'items[].price' }) },
    roles: { time: 'at' },
    explode: 'items',
  });
  expect(() => createRecordReader(exploded)).toThrow(
    'A stream cannot carry orders: it explodes items, and a record of a stream is one event',
  );
  expect(() => createRecordReader(sourced, { source: 'lines' })).toThrow('Give that source columns by name');
  expect(() => createRecordReader(sourced, { source: 'web' })).toThrow('expected one of app, lines');
  expect(() => createRecordReader(sourced)).toThrow('no rows are given for the lookup country');
});
