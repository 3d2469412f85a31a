import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { defineEvents, lake as metadata, timestamp } from '@headwater/core';
import { quotePath } from '@headwater/core/internal';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadEvents } from '../src/index.ts';
import { temporaryFolder } from './events-fixture.ts';
import { queryFiles } from './query-files.ts';

type TimeOptions = Parameters<typeof timestamp>[0];

/** The times that a file loads as, by id, and why others were rejected. */
async function loaded(options: TimeOptions, input: string, folder: string) {
  const table = defineEvents('events', {
    columns: { at: timestamp(options), id: z.int32() },
    roles: { time: 'at' },
  });
  const lake = join(folder, 'lake');
  const { reasons } = await loadEvents({ table, lake, inputs: [input], maxQuarantine: 1 });
  if (reasons['at:not_an_epoch'] || reasons['at:not_in_time_format']) return { reasons, times: [] };
  const rows = await queryFiles(
    `SELECT strftime("at", '%Y-%m-%dT%H:%M:%S.%g') AS "at" FROM read_parquet(FILES) ORDER BY id`,
    join(lake, 'events'),
  );
  return { reasons, times: rows.map(({ at }) => String(at)) };
}

async function jsonLines(folder: string, texts: readonly string[]): Promise<string> {
  const path = join(folder, 'a.jsonl');
  await writeFile(path, texts.map((text, id) => `{"id":${id},"at":${text}}\n`).join(''));
  return path;
}

async function parquetFile(folder: string, values: readonly string[]): Promise<string> {
  const path = join(folder, 'a.parquet');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const rows = values.map((value, id) => `SELECT ${id}::INTEGER AS id, ${value} AS "at"`);
  await connection.run(`COPY (${rows.join(' UNION ALL ')}) TO ${quotePath(path)} (FORMAT parquet)`);
  connection.closeSync();
  return path;
}

test('counts in JSON Lines arrive exactly: integers, exponents, fractions, texts', async () => {
  const folder = await temporaryFolder();
  const seconds = ['1511544070', '1.511544070e9', '1.51154407E+9', '1511544070.987', '"1511544070"', '0'];
  expect(await loaded({ from: 'epoch-seconds' }, await jsonLines(folder, seconds), folder)).toEqual({
    reasons: {},
    times: [
      ...Array.from({ length: 3 }, () => '2017-11-24T17:21:10.000'),
      '2017-11-24T17:21:10.987',
      '2017-11-24T17:21:10.000',
      '1970-01-01T00:00:00.000',
    ],
  });
  const other = await temporaryFolder();
  const microseconds = ['1511544070123456', '1.511544070123456e15', '253402300799999999'];
  expect(await loaded({ from: 'epoch-microseconds' }, await jsonLines(other, microseconds), other)).toEqual({
    reasons: {},
    times: ['2017-11-24T17:21:10.123', '2017-11-24T17:21:10.123', '9999-12-31T23:59:59.999'],
  });
});

test('a count at the path of a nested record arrives exactly', async () => {
  const folder = await temporaryFolder();
  const at = timestamp({ from: 'epoch-microseconds' }).register(metadata, { path: 'event.ts' });
  const table = defineEvents('events', { columns: { at, id: z.int32() }, roles: { time: 'at' } });
  const input = join(folder, 'a.jsonl');
  const counts = ['1511544070123456', '1.511544070123456e15', '"1511544070123456"'];
  await writeFile(input, counts.map((count, id) => `{"id":${id},"event":{"ts":${count}}}\n`).join(''));
  const lake = join(folder, 'lake');
  expect(await loadEvents({ table, lake, inputs: [input] })).toMatchObject({ rowsOut: 3, reasons: {} });
  const times = await queryFiles(
    `SELECT DISTINCT epoch_ms("at") AS ms FROM read_parquet(FILES)`,
    join(lake, 'events'),
  );
  expect(times).toEqual([{ ms: '1511544070123' }]);
});

test.each<[string, TimeOptions, string[]]>([
  ['INT64', { from: 'epoch-seconds' }, ['1511544070::BIGINT']],
  ['INT32', { from: 'epoch-seconds' }, ['1511544070::INTEGER']],
  ['DOUBLE', { from: 'epoch-seconds' }, ['1511544070::DOUBLE']],
  ['INT64 of microseconds', { from: 'epoch-microseconds' }, ['1511544070000001::BIGINT']],
  ['DOUBLE of microseconds', { from: 'epoch-microseconds' }, ['1511544070000001::DOUBLE']],
  ['DECIMAL', { from: 'epoch-seconds' }, ['1511544070.000::DECIMAL(18,3)']],
  ['TIMESTAMP', {}, ["TIMESTAMP '2017-11-24 17:21:10'"]],
  ['TIMESTAMP in nanoseconds', {}, ["'2017-11-24 17:21:10'::TIMESTAMP_NS"]],
  // A timestamp that is not adjusted to UTC is a local time.
  ['local TIMESTAMP', { zone: 'Asia/Shanghai' }, ["TIMESTAMP '2017-11-25 01:21:10'"]],
  ['TIMESTAMP of UTC', { zone: 'Asia/Shanghai' }, ["TIMESTAMPTZ '2017-11-24 17:21:10+00'"]],
  [
    'local TIMESTAMP with its format',
    { formats: ['YYYY-MM-DD HH:mm:ss'], zone: 'Asia/Shanghai' },
    ["TIMESTAMP '2017-11-25 01:21:10'"],
  ],
])('a Parquet column of %s read by %o arrives exactly', async (_what, options, values) => {
  const folder = await temporaryFolder();
  expect(await loaded(options, await parquetFile(folder, values), folder)).toEqual({
    reasons: {},
    times: ['2017-11-24T17:21:10.000'],
  });
});

test.each<[string, TimeOptions, string, string]>([
  ['TIMESTAMP', { from: 'epoch-seconds' }, "TIMESTAMP '2017-11-24 17:21:10'", 'at:not_an_epoch'],
  ['TIMESTAMP', { formats: ['M/D/YYYY H:mm'] }, "TIMESTAMP '2017-11-24 17:21:10'", 'at:not_in_time_format'],
  // Its text has an offset, which the format does not.
  [
    'TIMESTAMP of UTC',
    { formats: ['YYYY-MM-DD HH:mm:ss'], zone: 'Asia/Shanghai' },
    "TIMESTAMPTZ '2017-11-24 17:21:10+00'",
    'at:not_in_time_format',
  ],
])('a Parquet column of %s read by %o is rejected, not guessed', async (_what, options, value, reason) => {
  const folder = await temporaryFolder();
  const { reasons } = await loaded(options, await parquetFile(folder, [value]), folder);
  expect(reasons).toEqual({ [reason]: 1 });
});
