import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  createDocumentCleaner,
  decimal,
  defineEvents,
  type JsonObject,
  lake,
  timestamp,
} from '../../src/index.ts';

const columns = {
  time: timestamp(),
  id: z.int64().optional().register(lake, { path: 'order.id' }),
  text: z.string().optional().register(lake, { path: 'order.id' }),
  price: decimal(20, 10).optional().register(lake, { path: 'items[].price' }),
  number: z.int32().optional().register(lake, { path: 'items[#]' }),
};
const clean = createDocumentCleaner(
  defineEvents('orders', { columns, roles: { time: 'time' }, explode: 'items' }).schema,
);
const time = '2019-10-01 00:00:00';
const at = new Date('2019-10-01T00:00:00Z');
const rejected = (column: string | null, code: string) => [{ accepted: false, reasons: [{ column, code }] }];

test('a text keeps every digit, and an object what JSON.parse leaves of them', () => {
  const text = `{"time":"${time}","order":{"id":9007199254740993},"items":[{"price":0.1000000000000000055},{"price":1e-7}]}`;
  const row = { time: at, id: 9007199254740993n, text: '9007199254740993' };
  expect(clean(text)).toEqual([
    { accepted: true, row: { ...row, price: '0.1000000000', number: 1 } },
    { accepted: true, row: { ...row, price: '0.0000001000', number: 2 } },
  ]);
  expect(clean(JSON.parse(text))[0]).toMatchObject({
    row: { id: 9007199254740992n, text: '9007199254740992' },
  });
  expect(clean({ time, order: { id: 9007199254740993n } })).toMatchObject([
    { row: { id: 9007199254740993n } },
  ]);
});

test.each<[string, string | JsonObject, string | null, string]>([
  ['no JSON', '{"time":', null, 'not_json'],
  ['a list', '[]', null, 'not_json'],
  ['more after the object', '{} {}', null, 'not_json'],
  ['a hundred thousand brackets', `{"a":${'['.repeat(100_000)}`, null, 'not_json'],
  ['a control character', `{"time":"${time}\u0001"}`, null, 'not_json'],
  ['an unknown escape', '{"a":"\\x"}', null, 'not_json'],
  ['half of a pair', `{"time":"${time}","unread":"\\ud83d"}`, null, 'lone_surrogate'],
  ['half of a pair in an object', { time, order: { id: '\ud83d' } }, 'id', 'lone_surrogate'],
  ['a list that is none', { time, items: 'a' }, null, 'not_a_list'],
  ['a list that stands twice', `{"time":"${time}","items":[],"items":[]}`, null, 'repeated_name'],
  ['a time that stands twice', `{"time":"${time}","time":1}`, 'time', 'repeated_name'],
  ['a value that is nested', { time: { a: 1 } }, 'time', 'nested_value'],
])('%s is rejected', (_what, document, column, code) => {
  const [result] = clean(document);
  expect(result).toMatchObject({ accepted: false });
  expect(result?.accepted === false && result.reasons[0]).toEqual({ column, code });
});

test('a name that no path goes through may stand twice, and what is named as Object.prototype is its own', () => {
  const row = { time: at, id: null, text: null, price: null, number: null };
  expect(
    clean(`{"time":"${time}","x":1,"x":2,"__proto__":{"order":{"id":1}},"order":{"y":1,"y":2}}`),
  ).toEqual([{ accepted: true, row }]);
  const { schema } = defineEvents('odd', {
    columns: { time: timestamp(), v: z.string().optional().register(lake, { path: 'constructor.name' }) },
    roles: { time: 'time' },
  });
  expect(createDocumentCleaner(schema)({ time })).toEqual([{ accepted: true, row: { time: at, v: null } }]);
});

test('a table without paths is cleaned from documents too, by its names', () => {
  const { schema } = defineEvents('flat', {
    columns: { time: timestamp(), size: z.int32().register(lake, { aliases: ['Size'] }) },
    roles: { time: 'time' },
  });
  const flat = createDocumentCleaner(schema);
  expect(flat({ time, Size: 5 })).toEqual([{ accepted: true, row: { time: at, size: 5 } }]);
  expect(flat({ time, size: [5] })).toEqual(rejected('size', 'not_an_integer'));
});

test('an object gives what its text gives, where its numbers are doubles', () => {
  const value = fc.letrec<{ value: unknown; object: object }>((tie) => ({
    object: fc.dictionary(fc.constantFrom('id', 'price', 'items', 'order', 'x'), tie('value'), {
      maxKeys: 4,
    }),
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(1, -0.5, 1e21, 1e-7, 12.5, 'a', '1', '', true, null, 'é😀'),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('object'),
    ),
  })).object;
  fc.assert(
    fc.property(value, (some) => {
      const document = { time, ...some };
      // JSON.stringify writes a double in its shortest form, as String does, but 1e21 and 1e-7 with an exponent in both.
      expect(clean(JSON.parse(JSON.stringify(document)))).toEqual(clean(JSON.stringify(document)));
    }),
    { numRuns: 500 },
  );
});
