import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decimal, defineEvents, lake as metadata, timestamp } from '@headwater/core';
import { readLakeHistory } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { lakeStatus, loadEvents, replayQuarantine, verifyLake } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { queryFiles } from './query-files.ts';

const tableOf = (id: z.ZodType) =>
  defineEvents('events', {
    columns: {
      at: timestamp(),
      price: decimal(10, 2).min(0).optional().register(metadata, { invalid: 'null' }),
      age: z.int32().optional().register(metadata, { invalid: 'null' }),
      id,
    },
    roles: { time: 'at' },
  });
const table = tableOf(z.int32());
const at = '2019-10-01 00:00:00';

test('bad values become null, each counted with its code and first line', async () => {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const lines = [
    'at,price,age,id',
    `${at},1.00,30,1`,
    `${at},1.00`,
    `${at},cheap,30,2`,
    `${at},-1,thirty,3`,
    `${at},-1,,4`,
    `${at},cheap,30,x`,
    `${at},-2,30,5`,
    // Null as well, and so equal to the row before.
    `${at},-3,30,5`,
    `${at},,30,6`,
  ];
  const input = await writeLines(folder, 'a.csv', lines);
  const report = await loadEvents({ table, lake, inputs: [input] });
  expect(report).toMatchObject({
    ...{ rowsIn: 9, rowsOut: 6, duplicates: 1, quarantined: 2 },
    reasons: { 'id:not_an_integer': 1, 'line:too_few_fields': 1 },
  });
  expect(report.nulled).toEqual([
    { column: 'price', code: 'below_minimum', rows: 4, source: input, line: 5 },
    { column: 'age', code: 'not_an_integer', rows: 1, source: input, line: 5 },
    { column: 'price', code: 'not_a_decimal', rows: 1, source: input, line: 4 },
  ]);
  const nulled = { 'price:below_minimum': 4, 'age:not_an_integer': 1, 'price:not_a_decimal': 1 };
  const [manifest] = await readLakeHistory(openLakeStore(lake), 'events');
  expect(manifest?.nulled).toEqual(nulled);
  expect(await lakeStatus({ table, lake })).toMatchObject({ rows: 6, runs: [{ nulled }] });
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true });
  const rows = await queryFiles(
    `SELECT id, price::VARCHAR AS price, age FROM read_parquet(FILES) ORDER BY id`,
    join(lake, 'events'),
  );
  expect(rows.map((row) => Object.values(row).join())).toEqual([
    '1,1.00,30',
    '2,,30',
    '3,,',
    '4,,',
    '5,,30',
    '6,,30',
  ]);
});

test('a replay counts the bad values of the rows that it moves', async () => {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const input = await writeLines(folder, 'a.csv', [
    'at,price,age,id',
    `${at},1,30,1`,
    `${at},1,30,1`,
    `${at},cheap,30,x`,
  ]);
  expect((await loadEvents({ table, lake, inputs: [input] })).nulled).toEqual([]);
  const lenient = tableOf(z.int32().optional().register(metadata, { invalid: 'null' }));
  const report = await replayQuarantine({ table: lenient, lake });
  expect(report).toMatchObject({ rowsIn: 1, rowsOut: 1, quarantined: 0 });
  expect(report.nulled).toEqual([
    { column: 'id', code: 'not_an_integer', rows: 1, source: input, line: 4 },
    { column: 'price', code: 'not_a_decimal', rows: 1, source: input, line: 4 },
  ]);
});

test('in JSON Lines too', async () => {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const input = join(folder, 'a.jsonl');
  const lines = [
    { at, price: 1.5, age: 30, id: 1 },
    { at, price: -1.5, age: 30.5, id: 2 },
    { at, price: 1, age: true, id: 3 },
  ];
  await writeFile(input, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const { nulled, rowsOut } = await loadEvents({ table, lake, inputs: [input] });
  expect(rowsOut).toBe(3);
  expect(nulled).toEqual([
    { column: 'age', code: 'not_an_integer', rows: 2, source: input, line: 2 },
    { column: 'price', code: 'below_minimum', rows: 1, source: input, line: 2 },
  ]);
});
