import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { decimal, defineEvents, lake as metadata, timestamp } from '@headwater/core';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadEvents, replayQuarantine } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { queryFiles } from './query-files.ts';

const table = defineEvents('pay', {
  columns: {
    at: timestamp(),
    id: z.int64(),
    note: z
      .string()
      .register(metadata, { aliases: ['remark'] })
      .optional(),
    cents: decimal(10, 2).optional(),
    wide: decimal(20, 4).optional(),
    tiny: decimal(38, 18).optional(),
  },
  roles: { time: 'at' },
});

/** Loads a file and gives the values of a column, or the reasons, by id or line. */
async function load(input: string, column: string) {
  const lake = `${input}-lake`;
  const report = await loadEvents({ table, lake, inputs: [input], maxQuarantine: 1 });
  const rows = report.rowsOut
    ? await queryFiles(
        `SELECT id::VARCHAR AS id, ${column}::VARCHAR AS value FROM read_parquet(FILES)`,
        join(lake, 'pay'),
      )
    : [];
  const rejected = report.quarantined
    ? await queryFiles(
        `SELECT line::VARCHAR AS line, [coalesce(r."column", 'line') || ':' || r.code FOR r IN reasons] AS reasons FROM read_parquet(FILES)`,
        join(lake, 'pay__quarantine'),
      )
    : [];
  return {
    lake,
    report,
    values: Object.fromEntries(rows.map(({ id, value }) => [String(id), value])),
    rejected: Object.fromEntries(rejected.map(({ line, reasons }) => [String(line), reasons])),
  };
}

async function loadJson(column: string, members: readonly string[]) {
  const folder = await temporaryFolder();
  const lines = members.map((member, id) => `{"at":"2019-10-01T00:00:00Z","id":${id},${member}}`);
  return load(await writeLines(folder, 'a.jsonl', lines), column);
}

/** Loads columns as a Parquet file, beside a time and an id for each row. */
async function loadParquet(column: string, select: string) {
  const folder = await temporaryFolder();
  const path = join(folder, 'a.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT TIMESTAMP '2019-10-01' AS "at", row_number() OVER () - 1 AS id, * FROM (${select})) TO '${path}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  return load(path, column);
}

test('numbers of JSON keep every digit in a decimal column', async () => {
  const wide = await loadJson('wide', [
    '"wide":1234567890123456.7891',
    '"wide": 9999999999999999.9999',
    '"wide":9007199254740993.0001,"note":"x"',
    '"wide" : 123456789012345.67',
    '"wide":-0.00005',
    '"wide":"1234567890123456.7891"',
    '"note":{"wide":0.5},"wide":0.50000000000000001',
    '"w\\u0069de":1234567890123456.7891',
  ]);
  expect(wide.values).toEqual({
    0: '1234567890123456.7891',
    1: '9999999999999999.9999',
    2: '9007199254740993.0001',
    3: '123456789012345.6700',
    4: '-0.0001',
    5: '1234567890123456.7891',
    7: '1234567890123456.7891',
  });
  const tiny = await loadJson('tiny', [
    '"tiny":0.123456789012345678',
    '"tiny":12345678901234567890.123456789012345678',
    '"tiny":1.0000000000000000015',
    '"tiny":1E-7',
    '"tiny":1.5e-17',
    '"tiny":1e2',
    '"tiny":1e19',
    '"tiny":-1e-400',
    '"tiny":1e400',
    '"tiny":1e-99999',
    '"tiny":"1e-7"',
  ]);
  expect(tiny.values).toEqual({
    0: '0.123456789012345678',
    1: '12345678901234567890.123456789012345678',
    2: '1.000000000000000002',
    3: '0.000000100000000000',
    4: '0.000000000000000015',
    5: '100.000000000000000000',
    6: '10000000000000000000.000000000000000000',
    7: '0.000000000000000000',
  });
  expect(tiny.rejected).toEqual({
    9: ['tiny:out_of_range'],
    10: ['tiny:not_a_decimal'],
    11: ['tiny:not_a_decimal'],
  });
  const cents = await loadJson('cents', ['"cents":0.0049999999999999999', '"cents":0.005']);
  expect(cents.values).toEqual({ 0: '0.00', 1: '0.01' });
});

test('a number of JSON in a text column is the text as it is written', async () => {
  const { values } = await loadJson('note', [
    '"note":12.50',
    '"note":-0',
    '"note":1e2',
    '"note":12345678901234567890123',
    '"note":true',
    '"note":"12.50"',
    '"note" : 7.10',
    '"note":null,"remark":1.0',
  ]);
  expect(Object.values(values)).toEqual([
    '12.50',
    '-0',
    '1e2',
    '12345678901234567890123',
    'true',
    '12.50',
    '7.10',
    '1.0',
  ]);
});

test('what JSON cannot say clearly is rejected with its reason, and stays so when it is replayed', async () => {
  const { lake, values, rejected, report } = await loadJson('note', [
    '"note":{"a":1}',
    '"note":["a"]',
    '"note":"{not an object}"',
    '"note":"cut \\ud83d"',
    '"note":"whole \\ud83d\\ude00"',
    '"note":"a","note":"b"',
    '"note":"a","remark":"b"',
    '"x":1,"x":2,"note":"c"',
    '"note":"a",,',
    '"cents":1,"cents":2,"id":9',
    // A name of no column that occurs twice hides nothing.
    '"x":1,"x":2,"note":{"a":1}',
  ]);
  expect(values).toEqual({ 2: '{not an object}', 4: 'whole 😀', 6: 'a', 7: 'c' });
  expect(rejected).toEqual({
    1: ['note:nested_value'],
    2: ['note:nested_value'],
    4: ['line:lone_surrogate'],
    6: ['note:repeated_name'],
    9: ['line:not_json'],
    10: ['id:repeated_name', 'cents:repeated_name'],
    11: ['note:nested_value'],
  });
  const replayed = await replayQuarantine({ table, lake });
  expect(replayed).toMatchObject({ rowsIn: 7, rowsOut: 0, quarantined: 7, reasons: report.reasons });
});

test('bytes of Parquet are text where they are UTF-8', async () => {
  const { values, rejected } = await loadParquet(
    'note',
    `SELECT unnest(['o''neill & söhne \\ "x"'::BLOB, ''::BLOB, NULL, '\\xC3\\xA9'::BLOB, 'caf\\xE9'::BLOB]) AS note`.replace(
      "'o''neill & söhne \\ \"x\"'::BLOB",
      `encode('o''neill & söhne \\ "x"')`,
    ),
  );
  expect(values).toEqual({ 0: `o'neill & söhne \\ "x"`, 1: null, 2: null, 3: 'é' });
  expect(Object.values(rejected)).toEqual([['note:not_utf8']]);

  const folder = await temporaryFolder();
  const path = join(folder, 'fixed.parquet');
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: 'at', data: ['2019-10-01 00:00:00', '2019-10-01 00:00:01'] },
      { name: 'id', data: [0n, 1n] },
      { name: 'note', data: [Buffer.from('söhne'), Buffer.from('neill\0')] },
    ],
    schema: [
      { name: 'root', num_children: 3 },
      { name: 'at', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'id', type: 'INT64', repetition_type: 'REQUIRED' },
      { name: 'note', type: 'FIXED_LEN_BYTE_ARRAY', type_length: 6, repetition_type: 'REQUIRED' },
    ],
  });
  await writeFile(path, Buffer.from(bytes));
  expect((await load(path, 'note')).values).toEqual({ 0: 'söhne', 1: 'neill\0' });
});

test('numbers of Parquet with an exponent are decimals, as in CSV', async () => {
  const { values } = await loadParquet(
    'cents',
    'SELECT unnest([0.00001, 1e-300, 0.005, -0.005, 12345678.9]::DOUBLE[]) AS cents',
  );
  expect(values).toEqual({ 0: '0.00', 1: '0.00', 2: '0.01', 3: '-0.01', 4: '12345678.90' });
  const wide = await loadParquet('wide', 'SELECT unnest([1e15, 1e20]::DOUBLE[]) AS wide');
  expect(wide.values).toEqual({ 0: '1000000000000000.0000' });
  expect(Object.values(wide.rejected)).toEqual([['wide:out_of_range']]);
  const float = await loadParquet('tiny', 'SELECT unnest([1e-7, 0.1]::FLOAT[]) AS tiny');
  expect(float.values).toEqual({ 0: '0.000000100000000000', 1: '0.100000000000000000' });
});

test.each(["{'n': 'a'}", "['a', 'b']", "MAP {'a': 1}"])(
  'a value %s of Parquet is rejected where the column takes one value',
  async (value) => {
    const { values, rejected } = await loadParquet('note', `SELECT unnest([${value}, NULL]) AS note`);
    expect(values).toEqual({ 1: null });
    expect(Object.values(rejected)).toEqual([['note:nested_value']]);
  },
);

test('a column of Parquet that differs by case alone is named as the file has it', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'twice.parquet');
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: 'at', data: ['2019-10-01 00:00:00'] },
      { name: 'id', data: [5n] },
      { name: 'Note', data: ['first'] },
      { name: 'note', data: ['second'] },
    ],
  });
  await writeFile(path, Buffer.from(bytes));
  const { values, report } = await load(path, 'note');
  expect(values).toEqual({ 5: 'second' });
  expect(report.inputs).toMatchObject([{ repeated: ['Note'], unread: [] }]);
});

test('a Parquet file whose footer counts other rows than it holds is named', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'whole.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT TIMESTAMP '2019-10-01' AS "at", i AS id FROM range(5000) t(i)) TO '${path}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  const whole = await readFile(path);
  // 5000 as Thrift's compact protocol writes it, and 4999 in as many bytes.
  const [count, other] = [Buffer.from([0x90, 0x4e]), Buffer.from([0x8e, 0x4e])];
  const problems: string[] = [];
  for (let at = whole.indexOf(count); at !== -1; at = whole.indexOf(count, at + 1)) {
    const broken = join(folder, `${at}.parquet`);
    const bytes = Buffer.from(whole);
    other.copy(bytes, at);
    await writeFile(broken, bytes);
    const outcome = await load(broken, 'id').catch((error: unknown) => error);
    if (outcome instanceof Error) problems.push(outcome.message);
    else expect(outcome).toMatchObject({ report: { rowsIn: 5000, rowsOut: 5000 } });
  }
  expect(problems).toContainEqual(expect.stringContaining('its footer says 4999 rows, and it holds 5000'));
  for (const problem of problems) expect(problem).toMatch(/[.]parquet: cannot be read: /);
});

test('a text column of Parquet with bytes that are not UTF-8 is named', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'text.parquet');
  const schema = [
    { name: 'root', num_children: 3 },
    { name: 'at', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
    { name: 'id', type: 'INT64', repetition_type: 'REQUIRED' },
    { name: 'note', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  ] as const;
  const columnData = [
    { name: 'at', data: ['2019-10-01 00:00:00'] },
    { name: 'id', data: [1n] },
    { name: 'note', data: ['cafX'] },
  ];
  const bytes = Buffer.from(
    parquetWriteBuffer({ columnData, schema: [...schema], codec: 'UNCOMPRESSED', statistics: false }),
  );
  bytes[bytes.indexOf('cafX') + 3] = 0xe9;
  await writeFile(path, bytes);
  await expect(load(path, 'note')).rejects.toThrow(`${path}: cannot be read: `);
});
