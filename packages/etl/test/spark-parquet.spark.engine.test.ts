import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { decimal, defineEvents, type EventsTable, lake, timestamp } from '@headwater/core';
import { fileSchema, sparkParquetPlan, sparkSettings } from '@headwater/core/internal';
import { sparkEnvironment, useSpark } from '@headwater/local-aws/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { sparkScripts } from '../src/load/spark/spark-scripts.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { cleanedOutcome, duckdbOutcome, expectSame } from './spark-reading.ts';
import { jsonType } from './spark-schema.ts';
import { document, parquetOf, table as typed, types } from './typed-documents.ts';

const settings = Object.fromEntries(Object.entries(sparkSettings).map(([name, { value }]) => [name, value]));
const spark = useSpark({
  ...settings,
  'spark.sql.parquet.datetimeRebaseModeInRead': 'CORRECTED',
  'spark.sql.parquet.int96RebaseModeInRead': 'CORRECTED',
});
const seed = Number(process.env['FUZZ_SEED'] ?? 20210131);
const count = Number(process.env['HEADWATER_SPARK_ROWS'] ?? 1000);

/** The SQL that the script of a load makes for one file. */
async function rawSelect(table: EventsTable, path: string, int96: readonly number[] = []): Promise<string> {
  await spark.run(
    `CREATE OR REPLACE TEMPORARY VIEW frame AS SELECT 0 AS input, _metadata.row_index AS place, struct(*) AS row FROM parquet.\`${path}\``,
  );
  const { columns } = await spark.run('SELECT row FROM frame LIMIT 0');
  const schema = jsonType(columns[0]?.[1] ?? '');
  const { main } = sparkScripts();
  const program =
    'import json, sys; sys.path.insert(0, sys.argv[1]); import parquet_frames as frames; plan, fields, places = json.loads(sys.argv[2]); print(frames.raw_select(plan, frames.with_int96(fields, places), "frame"))';
  const plan = JSON.stringify([sparkParquetPlan(fileSchema(table.schema, undefined)), schema, int96]);
  const { stdout } = await promisify(execFile)('python3', ['-c', program, dirname(main), plan]);
  return stdout;
}

/** The columns of INT96 that the script of a load finds in a file's footer. */
async function int96Of(path: string): Promise<number[]> {
  const program =
    'import json, sys; sys.path.insert(0, sys.argv[1]); import parquet_files as files; print(json.dumps(files.layout_of(files.footer(None, open(sys.argv[2], "rb").read()))["int96"]))';
  const { PYSPARK_PYTHON: python = '' } = sparkEnvironment();
  const { stdout } = await promisify(execFile)(python, ['-c', program, dirname(sparkScripts().main), path]);
  return JSON.parse(stdout);
}

async function compare(
  table: EventsTable,
  path: string,
  folder: string,
  int96?: readonly number[],
): Promise<number> {
  const duckdb = await duckdbOutcome(table, [path], folder, { format: 'parquet' });
  const file = fileSchema(table.schema, undefined);
  expectSame(await cleanedOutcome(spark, file, `(${await rawSelect(table, path, int96)})`), duckdb);
  return duckdb.length;
}

test(`values of every type of Parquet have the texts of DuckDB`, async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'types.parquet');
  const numbers = fc
    .sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { numRuns: 200, seed })
    .filter((one) => !Object.is(one, 0))
    .map((one) => `(${one})`);
  const select = `SELECT CASE WHEN n % 3 = 0 THEN 'never' ELSE '2020-01-01 00:00:00' END AS at,
    (n % 2 = 0) AS b, (n % 100)::TINYINT AS i8, n::SMALLINT AS i16, (-n)::INTEGER AS i32, (n * 9007199254740993)::BIGINT AS i64,
    (n % 200)::UTINYINT AS u8, (n * 4000000)::UINTEGER AS u32, 18446744073709551615::UBIGINT - n::UBIGINT AS u64,
    CASE n % 7 WHEN 0 THEN TRY_CAST(d AS FLOAT) WHEN 1 THEN 'nan'::FLOAT WHEN 2 THEN 0.1 WHEN 3 THEN 1e16 WHEN 4 THEN '-inf'::FLOAT WHEN 5 THEN 16777216.5 ELSE -0.0 END::FLOAT AS f,
    CASE n % 9 WHEN 1 THEN 'nan'::DOUBLE WHEN 2 THEN 1e16 WHEN 3 THEN 0.0001 WHEN 4 THEN 'inf'::DOUBLE WHEN 5 THEN 1.5e-5 WHEN 6 THEN 123456789012345680 ELSE d END AS d, d AS dd,
    (n / 100.0)::DECIMAL(4, 2) AS short, (n::DECIMAL(18,7) / 1000000)::DECIMAL(18, 7) AS middle, (n::DECIMAL(38,10) * 12345678901234567890 / 10000000)::DECIMAL(38, 10) AS wide,
    0.0000000001::DECIMAL(20, 10) * (n % 2) AS small,
    DATE '0001-01-01' + n::INTEGER * 3000 AS day, TIMESTAMP '1582-10-01 00:00:00' + INTERVAL (n * 86399999) MILLISECOND AS ts,
    (TIMESTAMP '2020-01-01 00:00:00' + INTERVAL (n * 1234567) MICROSECOND)::TIMESTAMP_MS AS ms, TIMESTAMPTZ '2020-01-01 00:00:00+00' + INTERVAL (n * 1234567) MICROSECOND AS tz,
    CASE WHEN n % 5 = 0 THEN NULL ELSE 'é"\\🛒' || chr(1) || n END AS s,
    CASE WHEN n % 4 = 0 THEN '\\xC3\\x28'::BLOB WHEN n % 4 = 1 THEN NULL ELSE encode('söhne ''"') END AS bytes,
    CASE WHEN n % 6 = 0 THEN {'x y': n, 'l': [1.5, NULL]} END AS st, CASE WHEN n % 10 = 0 THEN MAP {'k"': n} END AS m, CASE WHEN n % 11 = 0 THEN [n] END AS l
    FROM (SELECT row_number() OVER () - 1 AS n, d FROM (VALUES ${numbers.join(', ')}) t(d))`;
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  const raw = z.string().optional().register(lake, { clean: [] });
  const names = ['b', 'i8', 'i16', 'i32', 'i64', 'u8', 'u32', 'u64', 'f', 'short', 'middle', 'wide', 'small'];
  const others = ['day', 'ts', 'ms', 'tz', 's', 'bytes', 'st', 'm', 'l', 'lacking'];
  const table = defineEvents('typed_file', {
    columns: {
      at: timestamp(),
      ...Object.fromEntries([...names, ...others].map((name) => [name, raw])),
      d: z
        .string()
        .optional()
        .register(lake, { aliases: ['D'] }),
      amount: decimal(38, 12)
        .optional()
        .register(lake, { aliases: ['DD'] }),
    },
    roles: { time: 'at' },
    duplicates: { keep: 'all' },
  });
  expect(await compare(table, path, folder)).toBe(numbers.length);
});

test(`${count} nested rows of Parquet are read as DuckDB reads them`, async () => {
  const folder = await temporaryFolder();
  const lines = fc.sample(document, { numRuns: count, seed }).map((one, id) =>
    // Some are rejected, so that the raw texts are compared as well.
    JSON.stringify({ id, event_time: id % 5 ? '2021-01-01 00:00:00' : 'never', ...one }),
  );
  const path = await parquetOf(await writeLines(folder, 'typed.jsonl', lines), types);
  expect(await compare(typed, path, folder)).toBeGreaterThan(count);
});

test('times as INT96 are times without a zone, in columns of texts, of a zone, in members and in lists', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'int96');
  const times = ['1969-12-31 23:59:59.999', '2020-03-29 02:30:00.123456', '2020-07-01 00:00:00'];
  await spark.run('SET spark.sql.parquet.outputTimestampType=INT96');
  await spark.run(`INSERT OVERWRITE DIRECTORY '${path}' USING parquet SELECT /*+ COALESCE(1) */ n AS id, at, at AS zoned, at AS text,
    named_struct('of', n, 'at', at) AS member, array(CAST(NULL AS TIMESTAMP), at) AS list
    FROM (SELECT *, row_number() OVER (ORDER BY at) AS n FROM (SELECT CAST(t AS TIMESTAMP) AS at FROM (SELECT explode(array(${times.map((time) => `'${time}'`).join(', ')})) AS t)))`);
  await spark.run('RESET spark.sql.parquet.outputTimestampType');
  const [name = ''] = (await readdir(path)).filter((one) => one.endsWith('.parquet') && !one.startsWith('.'));
  const raw = z.string().optional().register(lake, { clean: [] });
  const table = defineEvents('int96', {
    columns: {
      at: timestamp(),
      zoned: timestamp({ zone: 'Europe/Berlin' }).optional(),
      text: raw,
      inner: z.string().optional().register(lake, { path: 'member.at' }),
      listed: timestamp({ zone: 'America/New_York' }).optional().register(lake, { path: 'list[1]' }),
    },
    roles: { time: 'at' },
  });
  const file = join(path, name);
  const places = await int96Of(file);
  // Of the columns that hold values the second and all after it, but for the first member.
  expect(places).toEqual([1, 2, 3, 5, 6]);
  expect(await compare(table, file, folder, places)).toBe(times.length);
});

test('a file that cannot be read so is refused', async () => {
  const folder = await temporaryFolder();
  const write = async (name: string, select: string): Promise<string> => {
    const path = join(folder, `${name}.parquet`);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
    return path;
  };
  const lacks = await write('lacks', 'SELECT 1 AS other, 2 AS "Id"');
  await expect(rawSelect(typed, lacks)).rejects.toThrow(
    /INPUT_COLUMNS_MISSING: .*'missing': \['event_time'\].*'found': \['other', 'Id'\]/,
  );
  const noList = await write('none', "SELECT 1 AS id, '2020-01-01' AS event_time, {'a': 1} AS items");
  await expect(rawSelect(typed, noList)).rejects.toThrow(/INPUT_UNREADABLE: .*items is a struct/);
  const span = await write('span', 'SELECT 1 AS id, INTERVAL 1 DAY AS event_time');
  await expect(rawSelect(typed, span)).rejects.toThrow();
  const zoned = defineEvents('zoned', {
    columns: { at: timestamp({ zone: 'Europe/Berlin' }) },
    roles: { time: 'at' },
  });
  const instants = await write('instants', "SELECT TIMESTAMPTZ '2020-01-01 00:00:00+00' AS at");
  expect(await compare(zoned, instants, await temporaryFolder())).toBe(1);
  const local = await write('local', "SELECT TIMESTAMP '2020-01-01 00:00:00' AS at");
  expect(await compare(zoned, local, folder)).toBe(1);
  // Text of a file that says it is UTF-8, and is not.
  const bytes = await write('bytes', "SELECT 1 AS id, 'cafX' AS event_time");
  const content = await readFile(bytes);
  for (let at = content.indexOf('cafX'); at !== -1; at = content.indexOf('cafX')) content[at + 3] = 0xe9;
  await writeFile(bytes, content);
  const select = await rawSelect(typed, bytes);
  await expect(spark.run(select)).rejects.toThrow(
    /INPUT_UNREADABLE 0 a text column has bytes that are not UTF-8/,
  );
});
