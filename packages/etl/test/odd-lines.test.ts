import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadOptions, LoadReport } from '@headwater/etl';
import { expect, test } from 'vitest';
import { loadEvents } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder } from './events-fixture.ts';
import { queryFiles } from './query-files.ts';

const row = (product: number, brand: string): string =>
  `2019-10-01 00:00:00 UTC,view,${product},${brand},1.50,7,s`;

interface Loaded {
  readonly report: LoadReport;
  /** Brands by product. */
  readonly brands: Readonly<Record<string, unknown>>;
  /** `line code raw` of the rows that were rejected. */
  readonly rejected: readonly { line: number; code: string; raw: string }[];
}

/** Loads the bytes as a file of this name, and says what is in the lake and in the quarantine. */
async function load(
  name: string,
  bytes: string | Buffer,
  options: Partial<LoadOptions> = {},
): Promise<Loaded> {
  const folder = await temporaryFolder();
  const input = join(folder, name);
  await writeFile(input, bytes);
  const lake = join(folder, 'lake');
  const report = await loadEvents({ table: events, lake, inputs: [input], maxQuarantine: 1, ...options });
  expect(report.rowsIn).toBe(report.rowsOut + report.duplicates + report.quarantined);
  const accepted = report.rowsOut
    ? await queryFiles(
        'SELECT product_id::VARCHAR AS product, brand FROM read_parquet(FILES) ORDER BY product_id',
        join(lake, 'events'),
      )
    : [];
  const rejected = report.quarantined
    ? await queryFiles(
        `SELECT line::INT AS line, [coalesce(r."column" || ':', '') || r.code FOR r IN reasons][1] AS code, raw FROM read_parquet(FILES) ORDER BY line`,
        join(lake, 'events__quarantine'),
      )
    : [];
  return {
    report,
    brands: Object.fromEntries(accepted.map((one) => [String(one['product']), one['brand']])),
    rejected: rejected as unknown as Loaded['rejected'],
  };
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

test.each<[string, Buffer]>([
  ['a byte that is not UTF-8', latin(`${header},libell\xe9\n${row(1, 'a')},x\n${row(2, 'b')},x\n`)],
  ['a name of another code page, and one row', latin(`${header},prix_\x80\n${row(1, 'a')},x\n`)],
  ['a quote inside a quoted name', latin(`${header},"size "in""\n${row(1, 'a')},x\n${row(2, 'b')},x\n`)],
  ['a carriage return inside', latin(`${header},no\rte\n${row(1, 'a')},x\n${row(2, 'b')},x\n`)],
  ['blank lines before it', latin(`\n\r\n\n${header},x\n${row(1, 'a')},x\n`)],
  [
    'a mark of UTF-8, and quotes',
    Buffer.from(`\ufeff"${header.replaceAll(',', '","')}","x"\n${row(1, 'a')},x\n`),
  ],
  ['twenty thousand bytes', latin(`${header},${'x'.repeat(20_000)}\n${row(1, 'a')},x\n`)],
])('a header with %s is no row, and every row after it is read', async (_what, bytes) => {
  const rows = bytes.includes('2019-10-01 00:00:00 UTC,view,2') ? 2 : 1;
  const { report, brands } = await load('a.csv', bytes);
  expect(report).toMatchObject({ rowsIn: rows, rowsOut: rows, quarantined: 0 });
  expect(brands['1']).toBe('a');
});

test.each<[string, string]>([
  ['CR CR LF', '\r\r\n'],
  ['CR alone', '\r'],
  ['CR LF', '\r\n'],
])('lines that end with %s are rows, in CSV and JSON Lines', async (_what, end) => {
  const lines = [header, row(1, 'a'), row(2, '"b,c"'), 'cut off', row(3, '')];
  const { brands, rejected } = await load('a.csv', lines.join(end) + end);
  expect(brands).toEqual({ 1: 'a', 2: 'b,c', 3: null });
  expect(rejected).toEqual([{ line: 4, code: 'too_few_fields', raw: 'cut off' }]);

  const object = { event_time: '2019-10-01 00:00:00', event_type: 'view', price: 1, user_id: 7 };
  const json = [1, 2].map((product_id) => JSON.stringify({ ...object, product_id, brand: 'a' }));
  expect((await load('a.jsonl', [...json, '{'].join(end))).brands).toEqual({ 1: 'a', 2: 'a' });
});

test('lines of one file may end in different ways', async () => {
  const text = `${header}\r\n${row(1, 'a')}\n${row(2, 'b')}\r\r\n\r\n\n${row(3, 'c')}\r\n${row(4, 'd\re')}\n${row(5, 'f')}`;
  const { brands, rejected } = await load('a.csv', text);
  expect(brands).toEqual({ 1: 'a', 2: 'b', 3: 'c', 5: 'f' });
  expect(rejected).toEqual([{ line: 7, code: 'stray_carriage_return', raw: row(4, 'd\re') }]);
});

test.each(['\n', '\r\n'])('a file of lines that end with %j may end with a carriage return', async (end) => {
  const { brands } = await load('a.csv', `${[header, row(1, 'a'), row(2, 'b')].join(end)}\r`);
  expect(brands).toEqual({ 1: 'a', 2: 'b' });
});

test('a byte-order mark is no part of the first row, in a copy either', async () => {
  const json = `{"event_time":"2019-10-01 00:00:00","event_type":"view","price":1,"user_id":7,"product_id":1}`;
  expect((await load('a.jsonl', `\ufeff${json}\n\n`)).brands).toEqual({ 1: null });
  expect((await load('b.jsonl', `\ufeff\n${json}`)).brands).toEqual({ 1: null });
  const rows = `\ufeff"2019-10-01 00:00:00 UTC",view,1,a,1.50,7,s\n${row(2, 'b')}\n`;
  expect((await load('a.csv', rows, { header: false })).brands).toEqual({ 1: 'a', 2: 'b' });
});

test('a quote that does not close takes one line, with spaces before it or without', async () => {
  const rows = [
    row(1, ' "a'),
    row(2, 'b"'),
    row(3, '"c'),
    row(4, '  "d, e"  '),
    row(5, '"f" g'),
    row(6, ' "h ""i"" j" '),
    row(7, 'k "l" m'),
    row(8, '"",'.slice(0, 2)),
    row(9, '5" disk'),
  ];
  const { brands, rejected } = await load('a.csv', [header, ...rows, row(10, 'z')].join('\n'));
  expect(brands).toEqual({
    2: 'b"',
    4: 'd, e',
    6: 'h "i" j',
    7: 'k "l" m',
    8: null,
    9: '5" disk',
    10: 'z',
  });
  expect(rejected).toEqual(
    [1, 3, 5].map((product) => ({ line: product + 1, code: 'unclosed_quote', raw: rows[product - 1] })),
  );
});

test('empty fields after the last are none; one that holds something is', async () => {
  const { brands, rejected } = await load(
    'a.csv',
    [header, `${row(1, 'a')},,,`, `${row(2, '"b"')},"",`, `${row(3, 'c')},,x`, `${row(4, 'd')},\0`].join(
      '\n',
    ),
  );
  expect(brands).toEqual({ 1: 'a', 2: 'b' });
  expect(rejected.map(({ line, code }) => [line, code])).toEqual([
    [4, 'too_many_fields'],
    [5, 'too_many_fields'],
  ]);
});

test('a control character in a field stays, beside a quoted delimiter for which it might stand', async () => {
  const { brands } = await load(
    'a.csv',
    [header, row(1, '"a,b"'), row(2, 'c\x1fd'), row(3, '"e\x1e,f"')].join('\n'),
  );
  expect(brands).toEqual({ 1: 'a,b', 2: 'c\x1fd', 3: 'e\x1e,f' });
});

test.each(['¦', '🛒', '\\', '\u0001', ' ', '^', "'", '.'])('the delimiter %j', async (delimiter) => {
  const lines = [
    header.replaceAll(',', delimiter),
    ['2019-10-01T00:00:00Z', 'view', '1', `"a${delimiter}b"`, '"1.50"', '7', 's'].join(delimiter),
    ['2019-10-01T00:00:00Z', 'view', '2', 'c,d', '2', '7', 's'].join(delimiter),
    ['2019-10-01T00:00:00Z', 'view', '3'].join(delimiter),
  ];
  const { brands, rejected } = await load('a.csv', lines.join('\n'), { delimiter });
  expect(brands).toEqual({ 1: `a${delimiter}b`.trim(), 2: 'c,d' });
  expect(rejected).toEqual([{ line: 4, code: 'too_few_fields', raw: lines[3] }]);
});

test.each(['ab', '', '"', '\n', '\ud83d'])('%j is no delimiter', async (delimiter) => {
  await expect(load('a.csv', `${header}\n`, { delimiter })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    payload: { option: 'delimiter' },
  });
});

test('the raw text of a long line is whole, wherever ten thousand bytes end', async () => {
  const long = (character: string): string => `2019-10-01 00:00:00 UTC,view,1,${character.repeat(12_000)}`;
  const rows = [long('y'), long('é'), `${long('🛒')},1.5,7,s,x`, `${long('z')},bad,7,s`];
  const { brands, rejected } = await load('a.csv', [header, ...rows, row(2, 'a')].join('\n'));
  expect(brands).toEqual({ 2: 'a' });
  expect(rejected).toEqual([
    { line: 2, code: 'too_few_fields', raw: rows[0] },
    { line: 3, code: 'too_few_fields', raw: rows[1] },
    { line: 4, code: 'too_many_fields', raw: rows[2] },
    { line: 5, code: 'price:not_a_decimal', raw: rows[3] },
  ]);
});

test('a line of 16 MiB is a row, and a longer one is not; the lines around them are', async () => {
  const object = { event_time: '2019-10-01 00:00:00', event_type: 'view', price: 1, user_id: 7 };
  const line = (product_id: number, length: number): string => {
    const start = JSON.stringify({ ...object, product_id, brand: 'a', note: '' }).slice(0, -2);
    return `${start}${'x'.repeat(length - start.length - 2)}"}`;
  };
  const limit = 1 << 24;
  const lines = [line(1, 300), line(2, limit), line(3, limit + 1), line(4, 300), line(5, 2_100_000)];
  const { brands, rejected } = await load('a.jsonl', lines.join('\n'));
  expect(brands).toEqual({ 1: 'a', 2: 'a', 4: 'a', 5: 'a' });
  expect(rejected.map(({ line: number, code, raw }) => [number, code, raw.length])).toEqual([
    [3, 'line_too_long', limit + 1],
  ]);
  const csv = [
    header,
    row(1, 'x'.repeat(3_000_000)),
    row(2, 'y'),
    `${row(3, 'z'.repeat(31 << 20))}`,
    row(4, 'w'),
  ];
  const loaded = await load('a.csv', csv.join('\n'));
  expect(Object.keys(loaded.brands)).toEqual(['1', '2', '4']);
  expect(String(loaded.brands['1']).length).toBe(3_000_000);
  expect(loaded.rejected.map(({ line: number, code }) => [number, code])).toEqual([[4, 'line_too_long']]);
});

test('rejected lines have their numbers and texts wherever they are in a large file', async () => {
  // Larger than what one thread of the engine reads, so that threads meet within it.
  const good = rowsOfDays(200_000, 1);
  const bad = new Map<number, string>();
  const lines = good.map((text, index) => {
    if (index % 97 !== 0) return text;
    const broken = index % 2 ? `${text},${index}` : `broken ${index}`;
    bad.set(index + 2, broken);
    return broken;
  });
  const { report, rejected } = await load('a.csv', [header, ...lines].join('\r\n'));
  expect(report).toMatchObject({ rowsIn: 200_000, quarantined: bad.size, rowsOut: 200_000 - bad.size });
  expect(rejected).toEqual(
    [...bad].map(([line, raw]) => ({
      line,
      code: raw.startsWith('broken') ? 'too_few_fields' : 'too_many_fields',
      raw,
    })),
  );
});

test('lines of many megabytes are all read, also where the engine has a part of a buffer for each thread', async () => {
  const padding = 'x'.repeat(11_088_800);
  const lines = [1, 2, 3].map((product) =>
    JSON.stringify({
      ...{ event_time: '2019-10-01 00:00:00', event_type: 'view', product_id: product, brand: `b${product}` },
      ...{ price: 1, user_id: 7, unread: padding },
    }),
  );
  const { brands, rejected } = await load('long.jsonl', `${lines.join('\n')}\n`);
  expect(brands).toEqual({ 1: 'b1', 2: 'b2', 3: 'b3' });
  expect(rejected).toEqual([]);
});
