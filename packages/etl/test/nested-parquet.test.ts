import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  createDocumentCleaner,
  decimal,
  defineEvents,
  isHeadwaterError,
  lake,
  timestamp,
} from '@headwater/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadEvents } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { queryFiles } from './query-files.ts';

const at = (type: z.ZodType, path: string, aliases: readonly string[] = []): z.ZodType =>
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
const table = defineEvents('typed', {
  columns,
  roles: { time: 'event_time' },
  duplicates: { keep: 'all' },
  explode: 'items',
});

/** The types of the file. */
const types = {
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
const document = fc.record({
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
async function parquetOf(jsonl: string, of: Readonly<Record<string, string>>): Promise<string> {
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

test('structs, lists and maps of a Parquet file give what the same JSON documents give', async () => {
  const documents = fc
    .sample(document, { numRuns: 3000, seed: 20210131 })
    .map((one, id) => ({ id, event_time: '2021-01-01 00:00:00', ...one }));
  const folder = await temporaryFolder();
  const lines = documents.map((one) => JSON.stringify(one));
  const path = await parquetOf(await writeLines(folder, 'typed.jsonl', lines), types);
  const report = await loadEvents({ table, lake: join(folder, 'lake'), inputs: [path] });
  const clean = createDocumentCleaner(table.schema);
  const expected = lines.flatMap((line) => clean(line));
  expect(report).toMatchObject({
    recordsIn: 3000,
    rowsIn: expected.length,
    rowsOut: expected.length,
    quarantined: 0,
  });
  expect(report.inputs[0]).toMatchObject({ absent: ['lacking'], unread: [] });
  const names = table.schema.columns.map(({ name }) => name);
  const shown = table.schema.columns.map(({ name, type }) =>
    type.kind === 'double' ? `"${name}"` : `hex(encode("${name}"::VARCHAR)) AS "${name}"`,
  );
  const loaded = await queryFiles(
    `SELECT ${shown.join(', ')} FROM read_parquet(FILES, hive_partitioning = false) t ORDER BY t.id, t.number`,
    join(folder, 'lake', 'typed'),
  );
  const hex = (value: unknown): string | null => {
    if (value === null || value === undefined) return null;
    const isTime = value instanceof Date;
    return Buffer.from(isTime ? value.toISOString().slice(0, 19).replace('T', ' ') : String(value))
      .toString('hex')
      .toUpperCase();
  };
  const rows = expected.map((result) => {
    if (!result.accepted) throw new Error(`refused: ${JSON.stringify(result)}`);
    return names.map((name) => (name === 'share' ? result.row[name] : hex(result.row[name])));
  });
  expect(loaded.map((row) => names.map((name) => row[name]))).toEqual(rows);
});

test('a file whose member to explode is no list is refused', async () => {
  const folder = await temporaryFolder();
  const jsonl = await writeLines(folder, 'a.jsonl', [
    '{"id":1,"event_time":"2021-01-01 00:00:00","items":"none"}',
  ]);
  const path = await parquetOf(jsonl, { id: 'INTEGER', event_time: 'VARCHAR', items: 'VARCHAR' });
  const error = await loadEvents({ table, lake: join(folder, 'lake'), inputs: [path] }).catch(
    (one: unknown) => one,
  );
  expect(isHeadwaterError(error, 'INPUT_UNREADABLE') && error.message).toContain(
    'items is a VARCHAR, and the table has a row per element',
  );
});

test('a file without a required path is refused by name', async () => {
  const folder = await temporaryFolder();
  const jsonl = await writeLines(folder, 'a.jsonl', ['{"event_time":"2021-01-01 00:00:00","props":{"a":1}}']);
  const path = await parquetOf(jsonl, { event_time: 'VARCHAR', props: 'STRUCT(a INTEGER)' });
  const needy = defineEvents('needy', {
    columns: { event_time: timestamp(), total: decimal(9, 2).register(lake, { path: 'props.total' }) },
    roles: { time: 'event_time' },
  });
  const error = await loadEvents({ table: needy, lake: join(folder, 'lake'), inputs: [path] }).catch(
    (one: unknown) => one,
  );
  expect(isHeadwaterError(error, 'INPUT_COLUMNS_MISSING') && error.payload.missing).toEqual(['total']);
});

test('names of columns and members are matched in any case, the keys of a map exactly', async () => {
  const folder = await temporaryFolder();
  const jsonl = await writeLines(folder, 'a.jsonl', [
    '{"event_time":"2021-01-01 00:00:00","props":{"Total":1,"KEYS":{"Colour":"red"}}}',
  ]);
  const path = await parquetOf(jsonl, {
    EVENT_TIME: 'VARCHAR',
    Props: 'STRUCT("Total" INTEGER, "KEYS" MAP(VARCHAR, VARCHAR))',
  });
  const cased = defineEvents('cased', {
    columns: {
      event_time: timestamp(),
      total: at(z.int32(), 'props.total'),
      exact: at(z.string(), 'props.keys.Colour'),
      other: at(z.string(), 'props.keys.colour'),
    },
    roles: { time: 'event_time' },
  });
  await loadEvents({ table: cased, lake: join(folder, 'lake'), inputs: [path] });
  expect(
    await queryFiles('SELECT total, exact, other FROM read_parquet(FILES)', join(folder, 'lake', 'cased')),
  ).toEqual([{ total: 1, exact: 'red', other: null }]);
});
