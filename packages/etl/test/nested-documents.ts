import {
  type ColumnShape,
  decimal,
  defineEvents,
  emptyToNull,
  lake,
  timestamp,
  trim,
  wholeNumber,
} from '@headwater/core';
import fc from 'fast-check';
import { z } from 'zod';

const at = (type: z.ZodType, path: string, aliases: readonly string[] = []): z.ZodType =>
  type.optional().register(lake, { path, aliases });

const known = { id: z.string(), event_time: timestamp() };

/** Columns of the record, with every kind of step, of every kind of value that decides how a number is written. */
const ofRecord: ColumnShape = {
  total: at(decimal(38, 10), 'props.order.total'),
  label: at(z.string(), 'props."a b"'),
  hash: at(z.string(), '"#h"."##k"'),
  digit: at(z.string(), 'props.0'),
  param: at(z.string(), 'params[key=alpha].value'),
  five: at(z.string(), 'params[key=5].value'),
  deep: at(z.string(), 'params[key=beta].value.list[1].v'),
  within: at(z.string(), 'params[key=alpha].value.list[key=beta].v'),
  share: at(z.number(), 'props.share'),
  flag: at(z.boolean(), 'props.flag', ['flag']),
  called: at(z.string(), 'props.größe', ['al', 'a/l']),
  plain: z.string().optional(),
  when: timestamp({ from: 'epoch-seconds' })
    .optional()
    .register(lake, { path: 'props.when', invalid: 'null' }),
  whole: z
    .int32()
    .optional()
    .register(lake, { path: 'props.0', clean: [trim(), wholeNumber(), emptyToNull()], invalid: 'null' }),
};

/** Columns of an element. */
const ofElement: ColumnShape = {
  number: at(z.int32(), 'items[#]'),
  price: at(decimal(38, 18), 'items[].price'),
  name: at(z.string(), 'items[].name'),
  units: at(z.int32(), 'items[].more.units'),
  first_tag: at(z.string(), 'items[].tags[0]'),
  own: at(z.string(), 'items[].params[key=alpha].value'),
};

const rest = { roles: { time: 'event_time' }, duplicates: { keep: 'all' } } as const;

/** A row for each element of `items`. */
export const exploded = defineEvents('exploded', {
  columns: { ...known, ...ofElement, ...ofRecord },
  ...rest,
  explode: 'items',
});

/** The elements at a deeper place. */
export const explodedDeep = defineEvents('exploded_deep', {
  columns: { ...known, price: at(decimal(20, 4), 'props.order[].v') },
  ...rest,
  explode: 'props.order',
});

/** One row a record. */
export const oneRow = defineEvents('one_row', { columns: { ...known, ...ofRecord }, ...rest });

/** A JSON text. */
type Written = fc.Arbitrary<string>;

const words = ['null', 'null', 'true', 'false', 'NaN', '-Infinity'] as const;
const numbers = [
  ...['0', '-0', '1', '5', '-7', '12.50', '1.005', '0.1000000000000000055511151231257827', '1e-7', '1E5'],
  ...[
    '123456789012345678901234567890',
    '9007199254740993',
    '2.5e3',
    '-0.0',
    '1e400',
    '99999999999999999999.5',
  ],
] as const;
const texts = [
  'x',
  '',
  ' y ',
  '#1',
  '##1',
  '#',
  '{',
  '[1]',
  '{"a":1}',
  '12.5',
  '1e3',
  'é😀',
  'a"b\\c',
  '5',
  'alpha',
  'true',
];

const text: Written = fc.oneof(
  fc.constantFrom(...texts).map((some) => JSON.stringify(some)),
  fc.string({ unit: 'grapheme', maxLength: 5 }).map((some) => JSON.stringify(some)),
  fc.constantFrom('"\\u0023\\u0031"', '"\\u00e9\\ud83d\\ude00"', '"\\/"'),
);
const scalar: Written = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 4, arbitrary: fc.constantFrom(...numbers) },
  { weight: 1, arbitrary: fc.constantFrom(...words) },
);
const gap = fc.constantFrom('', '', '', ' ', '\t');

const listOf = (item: Written, maxLength = 3): Written =>
  fc
    .tuple(fc.array(item, { maxLength }), gap)
    .map(([items, blank]) => `[${blank}${items.join(`${blank},`)}${blank}]`);

/** An object that has some of the members, now and then one of them twice. */
function objectOf(members: Readonly<Record<string, Written>>): Written {
  const pair = (name: string, value: Written): Written =>
    fc
      .tuple(value, gap, gap)
      .map(([written, before, after]) => `${JSON.stringify(name)}${before}:${after}${written}`);
  const pairs = Object.entries(members).map(([name, value]) => pair(name, value));
  const some = fc.tuple(...pairs.map((one) => fc.option(one, { freq: 4 })));
  const again = fc.oneof(
    { weight: 150, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.oneof(...pairs) },
  );
  return fc.tuple(some, again, gap).map(([present, twice, blank]) => {
    const all = [...present, twice].filter((one) => one !== null && one !== undefined);
    return `{${blank}${all.join(`,${blank}`)}}`;
  });
}

const wrong: Written = fc.oneof(scalar, listOf(scalar), objectOf({ v: scalar, key: scalar, 0: scalar }));
const mostly = (value: Written): Written =>
  fc.oneof({ weight: 40, arbitrary: value }, { weight: 1, arbitrary: wrong });

const keys: Written = fc.constantFrom(
  '"alpha"',
  '"alpha"',
  '"beta"',
  '5',
  '"5"',
  '5.0',
  'null',
  '"\\u0061lpha"',
  '"#5"',
);
const deepValue = objectOf({ list: mostly(listOf(mostly(objectOf({ v: mostly(scalar), key: keys })))) });
const params = listOf(mostly(objectOf({ key: keys, value: fc.oneof(scalar, deepValue) })), 4);
const item = objectOf({
  price: mostly(fc.constantFrom(...numbers)),
  name: mostly(text),
  more: mostly(objectOf({ units: mostly(fc.constantFrom('1', '2', '"3"')) })),
  tags: mostly(listOf(scalar)),
  params: mostly(params),
});
const props = objectOf({
  order: fc.oneof(
    objectOf({ total: mostly(fc.constantFrom(...numbers)) }),
    listOf(mostly(objectOf({ v: scalar }))),
  ),
  'a b': mostly(scalar),
  0: mostly(scalar),
  share: mostly(fc.constantFrom(...numbers)),
  flag: mostly(fc.constantFrom('true', 'false', '"yes"', '1')),
  when: mostly(fc.constantFrom('1511544070', '1.511544070e9', '"1511544070.75"', '-1', '1e99', '"later"')),
  größe: mostly(scalar),
});
const more = objectOf({
  items: mostly(listOf(mostly(item))),
  props: mostly(props),
  params: mostly(params),
  '#h': mostly(objectOf({ '##k': mostly(scalar), '#k': scalar })),
  flag: scalar,
  al: scalar,
  'a/l': scalar,
  plain: mostly(scalar),
  unread: wrong,
});

/** Lines of nested documents. */
export const nestedLines = (count: number, seed: number): string[] => spoiledLines(more, count, seed);

/** Lines of documents, each with its number as its id, some of them no JSON. */
function spoiledLines(document: Written, count: number, seed: number): string[] {
  const spoiled = fc
    .tuple(document, fc.constantFrom(',}', '', '}}', '"', '\\ud83d"}'))
    .map(([line, end]) => line.slice(0, -1) + end);
  const lines = fc.sample(fc.oneof({ weight: 40, arbitrary: document }, { weight: 1, arbitrary: spoiled }), {
    numRuns: count,
    seed,
  });
  return lines.map(
    (line, index) =>
      `{"id":"${index}","event_time":"2021-01-01 00:00:00"${/^\{\s*\}/.test(line) ? '' : ','}${line.slice(1)}`,
  );
}

/** A table without paths, whose records have scalars only. */
export const flat = defineEvents('flat', {
  columns: {
    ...known,
    plain: z.string().optional(),
    flag: z
      .boolean()
      .optional()
      .register(lake, { aliases: ['is_flag'] }),
    total: decimal(38, 10).optional(),
    cents: decimal(12, 2).optional().register(lake, { invalid: 'null' }),
    whole: z.int64().optional().register(lake, { invalid: 'null', renamedFrom: 'units' }),
    share: z
      .number()
      .optional()
      .register(lake, { invalid: 'null', aliases: ['größe', 'a/l'] }),
    kind: z.enum(['alpha', 'beta', 'été']).optional().register(lake, { invalid: 'null' }),
  },
  ...rest,
});

const flatObject = objectOf({
  plain: mostly(fc.oneof(text, scalar)),
  // Not -0: a load without paths reads it as 0, which is false.
  flag: fc.constantFrom('true', 'false', 'true', '"yes"', '1', 'null', '"no"', '0', '7', '[]'),
  is_flag: fc.constantFrom('true', 'null', '"no"'),
  total: mostly(fc.constantFrom(...numbers, '"7"', '"1e3"')),
  cents: mostly(fc.constantFrom(...numbers, '"12.5"', '" 7 "')),
  whole: mostly(fc.constantFrom(...numbers, '"7"', '"+7"', '9223372036854775807', '9223372036854775808')),
  units: fc.constantFrom('1', 'null'),
  größe: mostly(fc.constantFrom(...numbers)),
  'a/l': fc.constantFrom('0.5', 'null'),
  kind: mostly(fc.constantFrom('"alpha"', '"été"', '"\\u00e9t\\u00e9"', '"beta "', '"gamma"', '7')),
  unread: fc.oneof(text, scalar),
});

/** Lines of such records. */
export const flatLines = (count: number, seed: number): string[] => spoiledLines(flatObject, count, seed);
