import { DuckDBInstance } from '@duckdb/node-api';
import { decimal, defineEvents, lake, timestamp } from '@headwater/core';
import fc from 'fast-check';
import { z } from 'zod';

export const at = (type: z.ZodType, path: string, aliases: readonly string[] = []): z.ZodType =>
  type.optional().register(lake, { path, aliases });
const columns = {
  id: z.int32(),
  event_time: timestamp(),
  number: at(z.int32(), 'items[#]'),
  price: at(decimal(20, 6), 'items[].price'),
  name: at(z.string(), 'items[].name'),
  units: at(z.int32(), 'items[].more.units'),
  second_tag: at(z.string(), 'items[].tags[1]'),
  own: at(z.string(), 'items[].params[key=alpha].value'),
  total: at(decimal(20, 6), 'props.order.total'),
  label: at(z.string(), 'props."a b"'),
  flag: at(z.boolean(), 'props.flag'),
  share: at(z.number(), 'props.share'),
  big: at(z.int64(), 'props.big'),
  deep: at(z.int64(), 'params[key=5].value.list[0].v'),
  colour: at(z.string(), 'attributes.colour'),
  lacking: at(z.string(), 'props.order.none.at_all'),
  called: at(z.string(), 'props.none', ['plain']),
};
export const table = defineEvents('typed', {
  columns,
  roles: { time: 'event_time' },
  duplicates: { keep: 'all' },
  explode: 'items',
});

/** The types of the file. */
export const types = {
  id: 'INTEGER',
  event_time: 'VARCHAR',
  Items:
    'STRUCT(price DECIMAL(20, 6), name VARCHAR, more STRUCT(units INTEGER), tags VARCHAR[], params STRUCT(key VARCHAR, value VARCHAR)[])[]',
  props:
    'STRUCT("order" STRUCT(total DECIMAL(20, 6)), "a b" VARCHAR, flag BOOLEAN, share DOUBLE, big BIGINT)',
  params: 'STRUCT(key INTEGER, value STRUCT(list STRUCT(v BIGINT)[]))[]',
  attributes: 'MAP(VARCHAR, VARCHAR)',
  plain: 'VARCHAR',
};

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 5 });
const some = <Value>(value: fc.Arbitrary<Value>) => maybe(fc.array(maybe(value), { maxLength: 3 }));
const text = fc.oneof(
  fc.constantFrom('#1', '{"a":1}', '[1]', '12.50', ' x ', 'alpha', ''),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
);
const amount = fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((units) => units / 1000);
export const document = fc.record({
  items: some(
    fc.record({
      price: maybe(amount),
      name: maybe(text),
      more: maybe(fc.record({ units: maybe(fc.integer({ min: -9, max: 9 })) })),
      tags: some(text),
      params: some(fc.record({ key: maybe(fc.constantFrom('alpha', 'beta')), value: maybe(text) })),
    }),
  ),
  props: maybe(
    fc.record({
      order: maybe(fc.record({ total: maybe(amount) })),
      'a b': maybe(text),
      flag: maybe(fc.boolean()),
      share: maybe(fc.double({ noNaN: true, noDefaultInfinity: true })),
      big: maybe(fc.maxSafeInteger()),
    }),
  ),
  params: some(
    fc.record({
      key: maybe(fc.constantFrom(4, 5)),
      value: maybe(fc.record({ list: some(fc.record({ v: maybe(fc.maxSafeInteger()) })) })),
    }),
  ),
  attributes: maybe(fc.dictionary(fc.constantFrom('colour', 'Colour', 'size'), text, { maxKeys: 3 })),
  plain: maybe(text),
});

/** Writes JSON Lines as a Parquet file of these types. */
export async function parquetOf(jsonl: string, of: Readonly<Record<string, string>>): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const path = jsonl.replace('.jsonl', '.parquet');
  const columnTypes = Object.entries(of).map(([name, type]) => `"${name.toLowerCase()}": '${type}'`);
  const renamed = Object.keys(of).map((name) => `"${name.toLowerCase()}" AS "${name}"`);
  await connection.run(
    `COPY (SELECT ${renamed.join(', ')} FROM read_json('${jsonl}', format = 'newline_delimited', columns = {${columnTypes.join(', ')}})) TO '${path}'`,
  );
  connection.closeSync();
  instance.closeSync();
  return path;
}
