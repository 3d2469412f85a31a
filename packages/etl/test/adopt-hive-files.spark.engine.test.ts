import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from './events-fixture.ts';
import { hiveFiles, writeHiveFiles } from './hive/write-hive-files.ts';

const recorded = (form: string): string => join(import.meta.dirname, 'hive', `${form}.parquet`);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
beforeAll(() => connection.run("SET TimeZone = 'UTC'"));
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});
const rows = async (sql: string): Promise<unknown> =>
  (await connection.runAndReadAll(sql)).getRowObjectsJson();

/** What a file is made of, and what it holds. */
const contentOf = async (path: string) => ({
  schema: await rows(
    `SELECT name, type, type_length, repetition_type, converted_type FROM parquet_schema('${path}')`,
  ),
  pages: await rows(
    `SELECT path_in_schema, type, compression, stats_min, stats_max FROM parquet_metadata('${path}')`,
  ),
  rows: await rows(`SELECT * FROM read_parquet('${path}')`),
});

// HEADWATER_RECORD=hive writes the files anew, after a change of the events.
test("the recorded files are what Hive's writer makes of the events: INT96, SNAPPY, fixed-length decimals", async () => {
  const written = await writeHiveFiles(await temporaryFolder());
  for (const form of hiveFiles) {
    if (process.env['HEADWATER_RECORD'] === 'hive') await copyFile(written[form], recorded(form));
    expect(await contentOf(recorded(form))).toEqual(await contentOf(written[form]));
  }
  const { schema, pages } = await contentOf(written.cleaned);
  expect(schema).toContainEqual(expect.objectContaining({ name: 'hive_schema' }));
  expect(schema).toContainEqual(expect.objectContaining({ name: 'at', type: 'INT96' }));
  expect(schema).toContainEqual(expect.objectContaining({ name: 'price', type: 'FIXED_LEN_BYTE_ARRAY' }));
  expect(pages).toContainEqual(
    expect.objectContaining({ path_in_schema: 'at', compression: 'SNAPPY', stats_min: null }),
  );
}, 240_000);
