import { expect, test } from 'vitest';
import { z } from 'zod';
import { createFlatReader, emptyRecord, flatText } from '../../src/clean/record/flat-record.ts';
import { decimal, defineEvents, lake, timestamp } from '../../src/index.ts';

const { columns } = defineEvents('flat', {
  columns: {
    at: timestamp(),
    size: z
      .int32()
      .optional()
      .register(lake, { aliases: ['größe', 'Size'] }),
    price: decimal(20, 10).optional(),
    name: z.string().optional(),
  },
  roles: { time: 'at' },
}).schema;

/** The texts of the columns; undefined for an object that is not read. */
function textsOf(text: string, read = createFlatReader(columns)): (string | null)[] | undefined {
  const record = emptyRecord(columns.length);
  record.text = text;
  record.bytes = Buffer.from(`${text}\0`);
  return read?.(record) ? columns.map((_, place) => flatText(record, place)) : undefined;
}

test.each<[string, (string | null)[]]>([
  ['{"at":"2019","size":7,"price":12.50,"name":"a"}', ['2019', '7', '12.50', 'a']],
  ['{ "name" : "" ,\r\n\t"at" : null }\n', [null, null, null, '']],
  ['{}', [null, null, null, null]],
  ['{"größe":-1,"name":"é😀ß","at":"ü","unread":"é"}', ['ü', '-1', null, 'é😀ß']],
  ['{"name":"a\\"b\\u00e9\\ud83d\\ude00","at":"é"}', ['é', null, null, 'a"bé😀']],
  ['{"price":1.5e-7,"size":1e3}', [null, '1e3', '0.00000015', null]],
  ['{"name":true,"at":false}', ['false', null, null, 'true']],
  [
    '{"unread":{"a":[{},[ ],"é\\u00e9",{"b" : -1e5 , "at":[true,null]}],"a":1},"name":"ü"}',
    [null, null, null, 'ü'],
  ],
  ['{"name":-0.0,"x":1,"x":2,"__proto__":"y"}', [null, null, null, '-0.0']],
])('reads %s', (text, texts) => {
  expect(textsOf(text)).toEqual(texts);
});

test.each([
  ...[
    '',
    ' {}',
    '\ufeff{}',
    '[]',
    '{',
    '{"',
    '{"at',
    '{"at"',
    '{"at":',
    '{"at":1',
    '{"at":1,',
    '{}}',
    '{} {}',
  ],
  ...['{"at":1,}', '{at:1}', "{'at':1}", '{"at":01}', '{"at":1.}', '{"at":.5}', '{"at":+1}', '{"at":1e}'],
  ...[
    '{"at":-}',
    '{"at":nul}',
    '{"at":nullx}',
    '{"at":NaN}',
    '{"at":"a\nb"}',
    '{"at":"a\0b"}',
    '{"at":"\\x"}',
  ],
  ...[
    '{"unread":["\\ud83d"]}',
    '{"unread":{"\\x":1}}',
    '{"unread":[}',
    '{"unread":[',
    '{"unread":[1}',
    '{"unread":{"a":[1 2]}}',
  ],
  `{"unread":${'['.repeat(1000)}${']'.repeat(1000)}}`,
  ...['{"at":"\\ud83d"}', '{"unread":"\\ud83d"}', '{"at":"a\\', '{"at":1 "size":2}', '{"at" 1}', '{"at":1};'],
  ...['{"at":{}}', '{"at":[]}', '{"at":1,"at":1}', '{"size":1,"Size":null}', '{"\\u0061t":1}'],
])('leaves %j to the reader of any JSON', (text) => {
  expect(textsOf(text)).toBeUndefined();
});

test('objects may have their members in any order, and ever new ones', () => {
  const read = createFlatReader(columns);
  for (let index = 0; index < 2000; index += 1) {
    const members = [`"at":"${index}"`, `"new${index}":"é"`, `"name":"n${index}"`];
    members.push(...members.splice(0, index % 3));
    expect(textsOf(`{${members.join(',')}}`, read)).toEqual([`${index}`, null, null, `n${index}`]);
  }
});

test('two columns of one member are left to the reader of any JSON', () => {
  const twice = columns.map((column) => (column.name === 'name' ? { ...column, aliases: ['size'] } : column));
  expect(createFlatReader(twice)).toBeUndefined();
});
