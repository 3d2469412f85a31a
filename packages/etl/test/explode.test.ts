import { writeFile } from 'node:fs/promises';
import {
  createDocumentCleaner,
  decimal,
  defineEvents,
  defineLookup,
  type EventsTable,
  lake,
  timestamp,
} from '@headwater/core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadEvents, replayQuarantine, verifyLake } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { queryFiles } from './query-files.ts';

const orderColumns = {
  time: timestamp(),
  order: z.string().optional().register(lake, { path: 'order.id' }),
  product: z
    .string()
    .optional()
    .register(lake, { path: 'order.items[].sku', aliases: ['sku'] }),
  price: decimal(12, 2).min(0).optional().register(lake, { path: 'order.items[].price' }),
};
const roles = { time: 'time', order: 'order', item: 'product', amount: 'price' } as const;
const orders = defineEvents('orders', { columns: orderColumns, roles, explode: 'order.items' });

const time = '2021-01-01 00:00:00';
const lines = [
  `{"time":"${time}","order":{"id":"1","items":[{"sku":"a","price":1.10},{"sku":"b","price":2.20}]}}`,
  `{"time":"${time}","order":{"id":"2"}}`,
  `{"time":"${time}","order":{"id":"3","items":[]}}`,
  `{"time":"${time}","order":{"id":"4","items":null}}`,
  `{"time":"${time}","order":{"id":"5","items":[{"sku":"a","price":-1},{"sku":"b","price":1e1},{"sku":"c","price":"?"}]}}`,
  `{"time":"${time}","order":{"id":"6","items":"none"}}`,
  'no JSON',
  `{"time":"${time}","order":{"id":"7","items":[{"sku":"z","price":-2}]}}`,
];

const rowsOf = (folder: string, table: EventsTable = orders) =>
  queryFiles(
    'SELECT * EXCLUDE (time, dt) FROM read_parquet(FILES) ORDER BY ALL',
    `${folder}/lake/${table.name}`,
  );

const rejectedOf = (folder: string) =>
  queryFiles(
    'SELECT line, raw, list_transform(reasons, lambda one: one.code) AS codes FROM read_parquet(FILES) ORDER BY ALL',
    `${folder}/lake/orders__quarantine`,
  );

async function load(text: readonly string[], table: EventsTable = orders) {
  const folder = await temporaryFolder();
  const input = await writeLines(folder, 'orders.jsonl', text);
  const options = { table, lake: `${folder}/lake`, inputs: [input], maxQuarantine: 1 };
  return { folder, options, report: await loadEvents(options) };
}

describe('a row for each element of a list', () => {
  test('a record without elements is one row, and the accounting counts records and rows', async () => {
    const { folder, report, options } = await load(lines);
    expect(report).toMatchObject({ recordsIn: 8, rowsIn: 11, rowsOut: 6, duplicates: 0, quarantined: 5 });
    expect(report.inputs[0]).toMatchObject({ recordsIn: 8, rowsIn: 11 });
    expect(await rowsOf(folder)).toEqual([
      { order: '1', product: 'a', price: '1.10' },
      { order: '1', product: 'b', price: '2.20' },
      ...['2', '3', '4'].map((order) => ({ order, product: null, price: null })),
      { order: '5', product: 'b', price: '10.00' },
    ]);
    expect(await verifyLake(options)).toMatchObject({ ok: true });
    // The same content again is skipped.
    expect(await loadEvents(options)).toMatchObject({ recordsIn: 0, rowsIn: 0 });
  });

  test('a refused element refuses its row only, with the line, and the record with that element alone', async () => {
    const { folder } = await load(lines);
    const of5 = (item: string): string => `{"time":"${time}","order":{"id":"5","items":[${item}]}}`;
    expect(await rejectedOf(folder)).toEqual([
      { line: '5', raw: of5('{"sku":"a","price":-1}'), codes: ['below_minimum'] },
      { line: '5', raw: of5('{"sku":"c","price":"?"}'), codes: ['not_a_decimal'] },
      { line: '6', raw: lines[5], codes: ['not_a_list'] },
      { line: '7', raw: 'no JSON', codes: ['not_json'] },
      { line: '8', raw: lines[7], codes: ['below_minimum'] },
    ]);
  });

  test('rejected rows are replayed once each, and their raw lines loaded again add no other rows', async () => {
    const { folder, options } = await load(lines);
    const rejected = await rejectedOf(folder);
    const lenient = defineEvents('orders', {
      columns: {
        ...orderColumns,
        price: decimal(12, 2).optional().register(lake, { path: 'order.items[].price' }),
      },
      roles,
      explode: 'order.items',
    });
    const replayed = await replayQuarantine({ table: lenient, lake: options.lake });
    expect(replayed).toMatchObject({ rowsIn: 5, rowsOut: 2, quarantined: 3 });
    expect(await rowsOf(folder)).toHaveLength(8);
    const again = await writeLines(
      folder,
      'again.jsonl',
      rejected.map(({ raw }) => String(raw)),
    );
    const report = await loadEvents({ ...options, table: lenient, inputs: [again] });
    expect(report).toMatchObject({ rowsIn: 5, rowsOut: 0, duplicates: 2, quarantined: 3 });
  });

  test('an event of which the record itself is refused is refused in each of its rows', async () => {
    const { folder, report } = await load([
      `{"time":"?","order":{"id":"1","items":[{"sku":"a"},{"sku":"b"}]}}`,
    ]);
    expect(report).toMatchObject({
      recordsIn: 1,
      rowsIn: 2,
      quarantined: 2,
      reasons: { 'time:not_a_timestamp': 2 },
    });
    expect((await rejectedOf(folder)).map(({ line }) => line)).toEqual(['1', '1']);
  });
});

describe('a cart with two equal lines', () => {
  const cart = [
    `{"time":"${time}","order":{"id":"1","items":[{"sku":"a","price":1},{"sku":"a","price":1}]}}`,
  ];
  const define = (name: string, more: object, config: object = {}): EventsTable =>
    defineEvents(name, { columns: { ...orderColumns, ...more }, roles, explode: 'order.items', ...config });

  test('is one row and one duplicate by the default rule: rows that are equal in every column are one', async () => {
    expect((await load(cart)).report).toMatchObject({ rowsIn: 2, rowsOut: 1, duplicates: 1 });
  });

  test('is two rows with the number of the element as a column, also when another file holds the event again', async () => {
    const numbered = define('orders', {
      number: z.int32().optional().register(lake, { path: 'order.items[#]' }),
    });
    const { folder, options, report } = await load(cart, numbered);
    expect(report).toMatchObject({ rowsIn: 2, rowsOut: 2, duplicates: 0 });
    const again = await writeLines(folder, 'again.jsonl', [...cart, '']);
    await writeFile(again, ` ${cart[0]}\n`);
    expect(await loadEvents({ ...options, inputs: [again] })).toMatchObject({
      rowsIn: 2,
      rowsOut: 0,
      duplicates: 2,
    });
    expect((await rowsOf(folder)).map(({ number }) => number)).toEqual([1, 2]);
  });

  test('is two rows where all rows stay', async () => {
    const all = define('orders', {}, { duplicates: { keep: 'all' } });
    expect((await load(cart, all)).report).toMatchObject({ rowsIn: 2, rowsOut: 2 });
  });
});

describe('what a file lacks', () => {
  test('a path of which no row has a value is told as a column that the file lacks', async () => {
    const { report } = await load([
      `{"time":"${time}","order":{"id":"1","positions":[{"sku":"a"}]},"other":1}`,
    ]);
    expect(report.inputs[0]).toMatchObject({ absent: ['product', 'price'], unread: ['other'] });
  });

  test('CSV has no paths: a column is read by its names, and told where the file has none of them', async () => {
    const folder = await temporaryFolder();
    const input = await writeLines(folder, 'orders.csv', ['time,sku,order.id', `${time},a,1`, `${time},b,2`]);
    const report = await loadEvents({ table: orders, lake: `${folder}/lake`, inputs: [input] });
    expect(report).toMatchObject({ recordsIn: 2, rowsIn: 2, rowsOut: 2 });
    expect(report.inputs[0]).toMatchObject({ absent: ['order', 'price'], unread: ['order.id'] });
    expect((await rowsOf(folder)).map(({ product }) => product)).toEqual(['a', 'b']);
  });

  test('a member that is called as a column with a path is not that column', async () => {
    const { folder } = await load([
      `{"time":"${time}","price":"99","order":{"id":"1","items":[{"sku":"a"}]}}`,
    ]);
    expect(await rowsOf(folder)).toEqual([{ order: '1', product: 'a', price: null }]);
  });
});

describe('with sources and lookups', () => {
  const skus = defineLookup('skus', {
    key: 'sku',
    columns: { brand: z.string().optional() },
    none: 'null',
  });
  const table = defineEvents('orders', {
    columns: {
      ...orderColumns,
      brand: z.string().optional().register(lake, { lookup: 'product.brand' }),
    },
    roles,
    explode: 'order.items',
    lookups: { product: { table: skus, on: 'product' } },
    sources: {
      web: { where: { product: ['a', 'b', null] }, constants: { order: 'web' } },
      legacy: { columns: { article: 'product' } },
    },
  });
  const text = [
    `{"time":"${time}","article":"x","order":{"id":"1","items":[{"sku":"a","price":1},{"sku":"z","price":2},{"sku":"b","price":"?"}]}}`,
    `{"time":"${time}","order":{"id":"2"}}`,
  ];

  const loadSource = async (source: string) => {
    const folder = await temporaryFolder();
    const inputs = [await writeLines(folder, 'orders.jsonl', text)];
    const product = await writeLines(folder, 'skus.csv', ['sku,brand', 'a,Miro', 'x,Lego']);
    const options = { table, lake: `${folder}/lake`, inputs, source, lookups: { product }, maxQuarantine: 1 };
    return {
      report: await loadEvents(options),
      rows: await rowsOf(folder),
      rejected: await rejectedOf(folder),
    };
  };

  test('the conditions of a source leave out elements, and its constants stand in each row', async () => {
    const { report, rows, rejected } = await loadSource('web');
    expect(report).toMatchObject({ recordsIn: 2, rowsIn: 4, rowsOut: 2, filtered: 1, quarantined: 1 });
    expect(rows).toEqual([
      { order: 'web', product: 'a', price: '1.00', brand: 'Miro' },
      { order: 'web', product: null, price: null, brand: null },
    ]);
    expect(rejected.map(({ line, codes }) => [line, codes])).toEqual([['1', ['not_a_decimal']]]);
    const pages = { product: [{ sku: 'a', brand: 'Miro' }] };
    const clean = createDocumentCleaner(table.schema, { source: 'web', lookups: pages });
    expect(text.flatMap((line) => clean(line))).toMatchObject([
      { accepted: true, row: { order: 'web', product: 'a', brand: 'Miro' } },
      { accepted: false, filtered: true },
      { accepted: false, reasons: [{ column: 'price', code: 'not_a_decimal' }] },
      { accepted: true, row: { order: 'web', product: null, brand: null } },
    ]);
  });

  test('a field that a source names is read in place of the path', async () => {
    const { report, rows } = await loadSource('legacy');
    expect(report).toMatchObject({ recordsIn: 2, rowsIn: 4, rowsOut: 3, quarantined: 1 });
    expect(rows.map(({ order, product, brand }) => [order, product, brand])).toEqual([
      ['1', 'x', 'Lego'],
      ['1', 'x', 'Lego'],
      ['2', null, null],
    ]);
  });
});
