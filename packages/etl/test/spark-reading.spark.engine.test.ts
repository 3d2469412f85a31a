import { join } from 'node:path';
import { decimal, defineEvents, defineLookup, type EventsTable, lake, timestamp } from '@headwater/core';
import {
  fileSchema,
  sparkCleaningSelect,
  sparkCsvSelect,
  sparkSettings,
  sparkUnmatchedCounts,
} from '@headwater/core/internal';
import { useSpark } from '@headwater/local-aws/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { exploded, explodedDeep, nestedLines, oneRow } from './nested-documents.ts';
import { oddFile } from './odd-files.ts';
import { readReference } from './reference-reader.ts';
import {
  duckdbLoad,
  duckdbOutcome,
  expectSame,
  sparkOutcome,
  withLookups,
  writeFiles,
} from './spark-reading.ts';

const settings = Object.fromEntries(Object.entries(sparkSettings).map(([name, { value }]) => [name, value]));
const spark = useSpark(settings);
const seed = Number(process.env['HEADWATER_ODD_FILES_SEED'] ?? 20210131);
const count = Number(process.env['HEADWATER_SPARK_ODD_FILES'] ?? 150);
const rows = Number(process.env['HEADWATER_SPARK_ROWS'] ?? 1000);

const table = defineEvents('odd', {
  columns: {
    at: timestamp(),
    id: z.int64(),
    note: z.string().optional(),
    amount: decimal(20, 4).optional(),
  },
  roles: { time: 'at' },
  duplicates: { keep: 'all' },
});

const isOther = (bytes: Buffer): boolean =>
  /^(?:1f8b|28b52ffd|5[0-9a-f]2a4d18|504b0304|50415231|fffe|feff)/.test(bytes.toString('hex', 0, 4));

test.each(['csv', 'jsonl'] as const)(
  `${count} odd files are read as DuckDB reads them: %s`,
  async (format) => {
    const folder = await temporaryFolder();
    const files = fc
      .sample(oddFile, { numRuns: count * 2, seed })
      .filter((file) => file.format === format && file.plain.length > 0 && !isOther(file.plain))
      .map(({ plain }) => plain)
      // Lines that end with carriage returns alone are refused by the script.
      .filter((plain) => !(plain.includes(13) && !plain.includes(10)))
      .filter((plain) => readReference(table.schema, plain, format, true) !== undefined);
    const distinct = [...new Map(files.map((plain) => [plain.toString('hex'), plain])).values()];
    const paths = await writeFiles(join(folder, 'in'), distinct, format);
    const firsts = distinct.map((plain) => {
      const lines = plain
        .toString()
        .replace(/^\ufeff/, '')
        .split('\n')
        .map((line) => line.replace(/\r+$/, ''));
      const first = lines.findIndex((line) => line !== '');
      return `${'\n'.repeat(Math.max(first, 0))}${lines[first] ?? ''}`;
    });
    const reading = { format, header: true, delimiter: ',' };
    const duckdb = await duckdbOutcome(table, paths, folder, reading);
    expectSame(await sparkOutcome(spark, table, paths, folder, reading, firsts), duckdb);
  },
);

const megabyte = 1 << 20;
const longCsv = [
  'at,id,note,amount',
  `2019-10-01,1,"${'a""b,'.repeat(megabyte / 8)}",1`,
  `2019-10-01,2,"${'x'.repeat(megabyte)},1`,
  `2019-10-01,3,${'"'.repeat(megabyte)},1`,
  `2019-10-01,4,${' '.repeat(megabyte)}"x",1`,
  `2019-10-01,5,"x"${' '.repeat(megabyte)},1`,
  `2019-10-01,6,${',"a'.repeat(megabyte / 8)}`,
  `2019-10-01,7,${'é'.repeat(megabyte)},1\r\r`,
  `2019-10-01,8,${'x'.repeat(17 * megabyte)},1`,
  '\r\r',
  '2019-10-01,9,last,1',
];
const time = '"at":"2019-10-01T00:00:00Z"';
const longJson = [
  `{${time},"id":1,"note":"${'\\n\\"\\u00e9'.repeat(megabyte / 8)}"}`,
  `{${time},"id":2,"note":"${'x'.repeat(megabyte)}`,
  `{${time},"id":3,"note":${'-'.repeat(megabyte)}}`,
  `{${time},"id":4,${' '.repeat(megabyte)}"note":"x"${' '.repeat(megabyte)}}`,
  `{${time},"id":5,"more":${'[1,'.repeat(300)}2${']'.repeat(300)},"note":"deep"}`,
  `{${time},"id":6,"more":[${'1.5,'.repeat(megabyte / 4)}0],"amount":1.50}`,
  `{${time},"id":7,"note":${'9'.repeat(megabyte)}}`,
  `{${time},"id":8,"note":"${'x'.repeat(17 * megabyte)}"}`,
  `{${time},"id":9,${'"a":1,'.repeat(20_000)}"note":"last"}`,
  `{${time},"id":10,"note":"x",${' '.repeat(megabyte)}}`,
  `{${time},"id":11,"note":"x"},`,
  `{${time},"id":12,{1:2}}`,
  `{${time},"id":13,"more":{1:2}}`,
  `{${time},"id":14,"more":[,]}`,
  `{${time},"id":15,"more":[1,],"note":-inF}`,
  `{${time},"id":16} {}`,
  `{${time},"id":17}]`,
  `[{${time},"id":18}]`,
  '"\\u0041"',
  `{${time},"id":19,"note":"\\\\ud83d"}`,
  `{${time},"id":20,"note":"\\ude00\\ud83d"}`,
];

test.each([
  ['csv', longCsv],
  ['jsonl', longJson],
] as const)(
  'long lines, and those that begin as good ones, are read as DuckDB reads them: %s',
  async (format, lines) => {
    const folder = await temporaryFolder();
    const paths = await writeFiles(join(folder, 'in'), [Buffer.from(lines.join('\n'))], format);
    const reading = { format };
    const duckdb = await duckdbOutcome(table, paths, folder, reading);
    expectSame(await sparkOutcome(spark, table, paths, folder, reading, ['at,id,note,amount']), duckdb);
    expect(duckdb.length).toBe(format === 'csv' ? lines.length - 2 : lines.length);
  },
);

test.each<[string, EventsTable]>([
  ['a row per element', exploded],
  ['a row per element of a deeper list', explodedDeep],
  ['one row', oneRow],
])(`${rows} nested documents are read as DuckDB reads them: %s`, async (_what, nested) => {
  const folder = await temporaryFolder();
  const lines = nestedLines(rows, seed);
  const paths = await writeFiles(join(folder, 'in'), [Buffer.from(lines.join('\n'))], 'jsonl');
  const reading = { format: 'jsonl' } as const;
  const duckdb = await duckdbOutcome(nested, paths, folder, reading);
  expectSame(await sparkOutcome(spark, nested, paths, folder, reading), duckdb);
});

/** Visits with pages beside them, and pages of a second lookup by the same column. */
function visits(none: 'null' | 'refuse'): EventsTable {
  const columns = { page_name: z.string(), rank: z.int32().optional() };
  const pages = defineLookup('pages', { key: 'page_id', columns: { page_id: z.int32(), ...columns }, none });
  const names = defineLookup('names', { key: 'short', columns: { short: z.string(), long: z.string() } });
  return defineEvents('visits', {
    columns: {
      at: timestamp(),
      visit: z.string(),
      page_id: z.int64().optional(),
      kind: z.string().optional(),
      page: z.string().optional().register(lake, { lookup: 'page.page_name' }),
      rank: z.int32().max(100).optional().register(lake, { lookup: 'page.rank' }),
      long: z.string().optional().register(lake, { lookup: 'name.long' }),
    },
    lookups: { page: { table: pages, on: 'page_id' }, name: { table: names, on: 'kind' } },
    roles: { time: 'at', session: 'visit' },
    duplicates: { keep: 'all' },
    sources: {
      short: { columns: { what: 'kind' }, constants: { visit: 'none' }, where: { kind: { not: 'z' } } },
    },
  });
}

test.each([
  ['null', undefined],
  ['refuse', undefined],
  ['refuse', 'short'],
] as const)('keys are looked up as DuckDB looks them up: none is %s, source %s', async (none, source) => {
  const folder = await temporaryFolder();
  const table = visits(none);
  const pages = ['page_id,page_name,rank', '1,Home,', '02,"Oysters, fresh",7', '3,Checkout,200'];
  const names = ['short,long', 'a,Alpha', 'b,"B, ""b"""'];
  const lookups = {
    page: await writeLines(folder, 'pages.csv', pages),
    name: await writeLines(folder, 'names.csv', names),
  };
  const keys = ['1', '2', '+02', ' 3 ', '9', '', 'x', '99999999999999999999', '-0'];
  const kinds = ['a', 'b', 'c', '', '"b"', ' a ', 'z'];
  const name = source ? 'what' : 'kind';
  const lines = Array.from(
    { length: rows },
    (_, n) =>
      `${n % 17 ? '2020-01-01 00:00:00' : 'never'},v${n},${keys[n % keys.length]},${kinds[n % kinds.length]},page`,
  );
  const paths = await writeFiles(
    join(folder, 'in'),
    [Buffer.from([`at,visit,page_id,${name},page`, ...lines].join('\n'))],
    'csv',
  );
  const texts = { k: 'STRING', c0: 'STRING' };
  await spark.run('SELECT 1', {
    lookup_page: {
      columns: { ...texts, c1: 'STRING' },
      rows: [
        ['1', 'Home', null],
        ['2', 'Oysters, fresh', '7'],
        ['3', 'Checkout', '200'],
      ],
    },
    lookup_name: {
      columns: texts,
      rows: [
        ['a', 'Alpha'],
        ['b', 'B, "b"'],
      ],
    },
  });
  const reading = { format: 'csv', lookups, ...(source ? { source } : {}) } as const;
  const { outcome: duckdb, report } = await duckdbLoad(table, paths, folder, reading);
  const first = [`at,visit,page_id,${name},page`];
  expectSame(await sparkOutcome(spark, table, paths, folder, reading, first), duckdb);
  expect(duckdb.length).toBeGreaterThan(rows / 2);
  const file = fileSchema(table.schema, source);
  const raw = withLookups(file, sparkCsvSelect(file, { lines: 'lines', layouts: 'layouts' }));
  const counts = sparkUnmatchedCounts(
    file,
    `(SELECT * FROM (${sparkCleaningSelect(file, raw)}) WHERE size(reasons) = 0 AND NOT filtered)`,
  );
  const unmatched = counts ? (await spark.run(counts)).rows : [];
  const known = new Map(unmatched.map(([one, count]) => [one, Number(count)]));
  expect(report.lookups.map((one) => known.get(one.name) ?? 0)).toEqual(
    report.lookups.map((one) => one.unmatched),
  );
  if (none === 'null') expect(known.get('page')).toBeGreaterThan(0);
});

test.each([undefined, 'bought', 'renamed'])(
  'rows of a list, with the constants and conditions of their source: %s',
  async (source) => {
    const path = (name: string) => ({ path: `order.items[].${name}` });
    const table = defineEvents('orders', {
      columns: {
        time: timestamp(),
        order: z.string().optional().register(lake, { path: 'order.id' }),
        product: z
          .string()
          .optional()
          .register(lake, { ...path('sku'), aliases: ['sku'] }),
        price: decimal(12, 2).min(0).optional().register(lake, path('price')),
        kind: z.string().optional(),
      },
      roles: { time: 'time' },
      explode: 'order.items',
      duplicates: { keep: 'all' },
      sources: {
        bought: { constants: { kind: ["it's $", '{bought}'].join('') }, where: { product: ['a', null] } },
        renamed: { columns: { label: 'product' } },
      },
    });
    const at = '"time":"2021-01-01 00:00:00"';
    const items = '[{"sku":"a","price":-1},{"sku":"b","price":1e1},{"sku":"c","price":"?"},null,5,"a",[1]]';
    const lines = [
      `{${at},"order":{"id":"1","items":[{"sku":"a","price":1.10},{"sku":"b","price":2.20}]}}`,
      `{${at},"order":{"id":"2"}}`,
      `{${at},"order":{"id":"3","items":[]},"sku":"of the record"}`,
      `{${at},"order":{"id":"4","items":null},"product":"not this"}`,
      `{${at},"order":{"x":{"y":[1.50,"\\u0000\\ud83d\\uDE00"]},"id":"5","items":${items},"z":null},"label":"L"}`,
      `{${at},"order":{"id":"6","items":"none"}}`,
      'no JSON',
      `{${at},"order":{"id":"7","items":[{"sku":"z","price":-2}]},"label":7}`,
      `{${at},"order":{"id":"8","items":[1],"items":[2,3]}}`,
      `{${at},"order":{"id":"9"},"order":{"id":"9","items":[{"sku":"a"}]}}`,
      `{${at},"order":"none"}`,
      `{"time":"never","order":{"id":"10","items":[{"sku":{"a":1}},{"sku":"a","sku":"b"}]}}`,
      `{${at},"Order":{"id":"11"},"more":1,"more":2,"order":{"items":[{"sku":"a","n":1,"n":2},{"sku":[1]}]}}`,
    ];
    const folder = await temporaryFolder();
    const paths = await writeFiles(join(folder, 'in'), [Buffer.from(lines.join('\n'))], 'jsonl');
    const reading = { format: 'jsonl', ...(source ? { source } : {}) } as const;
    const duckdb = await duckdbOutcome(table, paths, folder, reading);
    expectSame(await sparkOutcome(spark, table, paths, folder, reading), duckdb);
    expect(duckdb.length).toBeGreaterThan(6);
  },
);
