import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { quotePath } from '@headwater/core/internal';
import { sparkEnvironment } from '@headwater/local-aws/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadEvents, verifyLake } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder } from './events-fixture.ts';
import { lakeRows } from './lake-rows.ts';
import { queryFiles } from './query-files.ts';

/** Files of each kind, of one to ten rows. */
const files = Number(process.env['HEADWATER_SMALL_FILES'] ?? 40);

const before = { ...process.env };
beforeAll(() => {
  // Short runs end before the better compiler of Java pays.
  Object.assign(process.env, sparkEnvironment(), { JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1' });
});
afterAll(() => {
  process.env = before;
});

/** Counts the tasks that Spark runs during a piece of work, by its log of events. */
async function tasksOf(log: string, work: () => Promise<unknown>): Promise<number> {
  await mkdir(log);
  process.env['PYSPARK_SUBMIT_ARGS'] =
    `--conf spark.eventLog.enabled=true --conf spark.eventLog.dir=file:${log} pyspark-shell`;
  try {
    await work();
  } finally {
    delete process.env['PYSPARK_SUBMIT_ARGS'];
  }
  const [name = ''] = await readdir(log);
  return (await readFile(join(log, name), 'utf8')).split('"Event":"SparkListenerTaskEnd"').length - 1;
}

/** Writes Parquet files of rows of CSV, in two schemas. */
async function writeParquet(folder: string, parts: readonly (readonly string[])[]): Promise<void> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const names = header.split(',');
  for (const [index, rows] of parts.entries()) {
    const values = rows.map((row) => `(${row.split(',').map((text) => `'${text}'`)})`);
    const extra = index % 2 === 0 ? '' : ', 5 AS extra';
    const to = quotePath(join(folder, `${index}.parquet`));
    await connection.run(
      `COPY (SELECT *${extra} FROM (VALUES ${values}) rows(${names})) TO ${to} (FORMAT parquet)`,
    );
  }
  connection.closeSync();
  instance.closeSync();
}

test(`${4 * files} files of few rows share tasks, and are the same rows, lines and counts as by DuckDB; those of nothing have no rows`, async () => {
  const folder = await temporaryFolder();
  const raw = join(folder, 'raw');
  await mkdir(raw);
  const rows = rowsOfDays(22 * files + 20, 3);
  const take = () => rows.splice(0, 1 + ((rows.length * 7) % 10));
  const csv = (bad: readonly string[]) => `${[header, '', ...bad, ...take()].join('\n')}\n`;
  const names = header.split(',');
  const object = (row: string): string =>
    JSON.stringify(Object.fromEntries(row.split(',').map((text, at) => [names[at], text])));
  for (let index = 0; index < files; index += 1) {
    await writeFile(join(raw, `${index}.csv`), csv(index % 3 === 0 ? ['cut off'] : []));
    const packed = index % 2 === 0 ? gzipSync : zstdCompressSync;
    await writeFile(join(raw, `${index}.csv.${index % 2 === 0 ? 'gz' : 'zst'}`), packed(csv([])));
    await writeFile(join(raw, `${index}.jsonl`), `${take().map(object).join('\n')}\n{"cut": \n`);
  }
  // Zeros after the last member, as copies from tapes and blocks have them.
  await writeFile(join(raw, 'padded.csv.gz'), Buffer.concat([gzipSync(csv([])), Buffer.alloc(20)]));
  const nothing = new Map([
    ['nothing.csv', Buffer.alloc(0)],
    ['nothing.csv.gz', gzipSync('')],
    ['nothing.csv.zst', zstdCompressSync('')],
    ['nothing.jsonl.gz', gzipSync('')],
  ]);
  for (const [name, bytes] of nothing) await writeFile(join(raw, name), bytes);
  await writeParquet(raw, Array.from({ length: files }, take));
  const lakes = { duckdb: join(folder, 'duckdb'), spark: join(folder, 'spark') };
  const load = (engine: 'duckdb' | 'spark') =>
    loadEvents({ table: events, lake: lakes[engine], inputs: [raw], engine, maxQuarantine: 1, threads: 2 });
  const duckdb = await load('duckdb');
  let spark: typeof duckdb | undefined;
  const tasks = await tasksOf(join(folder, 'log'), async () => {
    spark = await load('spark');
  });
  // A task for each file, or more, would be some hundreds for each of the thirty steps.
  expect(tasks).toBeLessThan(250);
  for (const name of ['rowsIn', 'rowsOut', 'duplicates', 'quarantined', 'reasons', 'inputs'] as const)
    expect(spark?.[name], name).toEqual(duckdb[name]);
  expect(duckdb.quarantined).toBe(files + Math.ceil(files / 3));
  const empty = duckdb.inputs.filter(({ isEmpty }) => isEmpty);
  expect(empty.map(({ source, bytes, skipped }) => [basename(source), bytes, skipped])).toEqual(
    [...nothing].map(([name, { length }]) => [name, length, false]),
  );
  // The engines' types differ in whether a time says that it is UTC.
  const stored = (lake: string) => lakeRows(lake, 'events', '* REPLACE (epoch_ms(event_time) AS event_time)');
  expect(await stored(lakes.spark)).toEqual(await stored(lakes.duckdb));
  const rejected = (lake: string) =>
    queryFiles(
      'SELECT source, line, raw, record, reasons FROM read_parquet(FILES, hive_partitioning = false) ORDER BY ALL',
      join(lake, 'events__quarantine'),
    );
  expect(await rejected(lakes.spark)).toEqual(await rejected(lakes.duckdb));
  expect(await verifyLake({ table: events, lake: lakes.spark })).toMatchObject({ ok: true, problems: [] });
});
