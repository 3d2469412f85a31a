import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { decimal, defineEvents, defineLookup, lake as metadata, timestamp } from '@headwater/core';
import { readLakeHistory, readLakeState, sparkSettings } from '@headwater/core/internal';
import { sparkEnvironment, useSparkGateway } from '@headwater/local-aws/testing';
import { openLakeStore } from '@headwater/storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { compactLake, loadEvents, replayQuarantine, verifyLake } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { lakeRows } from './lake-rows.ts';
import { queryFiles } from './query-files.ts';

// Each run is a Python program of its own, with a Spark of its own in the same Java.
const sparkJava = useSparkGateway({
  'spark.driver.memory': '2g',
  'spark.driver.defaultJavaOptions': sparkSettings['spark.driver.defaultJavaOptions'].value,
});
const before = { ...process.env };
beforeAll(() => {
  Object.assign(process.env, sparkJava());
});
afterAll(() => {
  process.env = before;
});

/** A copy of a lake for each engine. */
async function copies(folder: string, lake: string) {
  const lakes = { duckdb: join(folder, 'duckdb'), spark: join(folder, 'spark [1]') };
  for (const copy of Object.values(lakes)) await cp(lake, copy, { recursive: true });
  return lakes;
}

/** The files and rows of each folder of a lake. */
async function foldersOf(lake: string, table: string): Promise<Record<string, number[]>> {
  const { files } = await readLakeState(openLakeStore(lake), table);
  const folders = Map.groupBy(files, ({ path }) => path.slice(0, path.lastIndexOf('/')));
  return Object.fromEntries(
    [...folders].map(([folder, some]) => [
      folder,
      [some.length, some.reduce((sum, { rows }) => sum + rows, 0)],
    ]),
  );
}

const utc = '* REPLACE (epoch_ms(event_time) AS event_time)';

/** A lake of three days that three loads added to, in the order of no sort key. */
async function loadedInPieces(folder: string): Promise<string> {
  const lake = join(folder, 'lake');
  const rows = rowsOfDays(3000, 3);
  for (const part of [0, 1, 2]) {
    const lines = [header, ...rows.filter((_, index) => index % 3 === part).reverse()];
    await loadEvents({ table: events, lake, inputs: [await writeLines(folder, `${part}.csv`, lines)] });
  }
  return lake;
}

test('a lake of many loads, compacted by Spark, is as that compacted by DuckDB; a second time changes nothing', async () => {
  const folder = await temporaryFolder();
  const lakes = await copies(folder, await loadedInPieces(folder));
  const duckdb = await compactLake({ table: events, lake: lakes.duckdb });
  const spark = await compactLake({ table: events, lake: lakes.spark, engine: 'spark' });
  const { commits, partitions, filesBefore, filesAfter, rows, left } = duckdb;
  expect(spark).toMatchObject({ commits, partitions, filesBefore, filesAfter, rows, left });
  expect(spark).toMatchObject({ commits: 1, partitions: 3, filesBefore: 9, filesAfter: 3, rows: 3000 });
  expect(await foldersOf(lakes.spark, 'events')).toEqual(await foldersOf(lakes.duckdb, 'events'));
  expect(await lakeRows(lakes.spark, 'events', utc)).toEqual(await lakeRows(lakes.duckdb, 'events', utc));
  const commit = async (lake: string) => {
    const [last] = await readLakeHistory(openLakeStore(lake), 'events', 4);
    const { operation, rowsIn, rowsOut, inputs, reasons } = last ?? {};
    return { operation, rowsIn, rowsOut, inputs, reasons, removed: [...(last?.removed ?? [])].sort() };
  };
  expect(await commit(lakes.spark)).toEqual(await commit(lakes.duckdb));
  expect(await verifyLake({ table: events, lake: lakes.spark })).toMatchObject({
    ...{ ok: true, rows: 3000, problems: [], leftovers: [] },
  });
  // The rows of a file are in the order of the first sort key.
  const key = events.schema.sortOrder[0] ?? '';
  const { files } = await readLakeState(openLakeStore(lakes.spark), 'events');
  for (const { path } of files) {
    const [sorted] = await queryFiles(
      `SELECT bool_and(coalesce("${key}" >= before, true)) AS sorted FROM (
         SELECT "${key}", lag("${key}") OVER (ORDER BY file_row_number) AS before
         FROM read_parquet(FILES, hive_partitioning = false, file_row_number = true))`,
      lakes.spark,
      path.slice(path.lastIndexOf('/') + 1),
    );
    expect(sorted).toEqual({ sorted: true });
  }
  for (const engine of ['spark', 'duckdb'] as const)
    expect(await compactLake({ table: events, lake: lakes.spark, engine })).toMatchObject({
      ...{ commits: 0, partitions: 0 },
    });
});

test('files of an earlier definition, equal rows and hours are compacted by Spark as by DuckDB; what does not fit is left', async () => {
  const folder = await temporaryFolder();
  const at = timestamp();
  const rules = {
    roles: { time: 'at' },
    duplicates: { keep: 'all' },
    partitionBy: { hour: true },
  } as const;
  const then = defineEvents('parts', {
    ...rules,
    columns: { at, kind: z.enum(['view', 'cart']), n: z.int32() },
  });
  const now = defineEvents('parts', {
    ...rules,
    columns: {
      at,
      kind: z.enum(['view']),
      amount: z.int64().register(metadata, { renamedFrom: 'n' }),
    },
  });
  const lake = join(folder, 'lake');
  const row = (hour: number, kind: string, n: number) => `2019-10-01T0${hour}:00:00Z,${kind},${n}`;
  const same = [row(1, 'view', 1), row(1, 'view', 1), row(2, 'cart', 2)];
  for (const [index, rows] of [same, [...same, row(3, 'view', 3)]].entries()) {
    const inputs = [await writeLines(folder, `${index}.csv`, ['at,kind,n', ...rows])];
    await loadEvents({ table: then, lake, inputs });
  }
  const lakes = await copies(folder, lake);
  const compact = (engine: 'duckdb' | 'spark') =>
    compactLake({ table: now, lake: lakes[engine], engine, allow: ['remove-enum-value:kind:cart'] });
  const [duckdb, spark] = [await compact('duckdb'), await compact('spark')];
  const { left, partitions, filesBefore, filesAfter, rows, allowed } = duckdb;
  expect(spark).toMatchObject({ left, partitions, filesBefore, filesAfter, rows, allowed });
  expect(spark).toMatchObject({ left: ['parts/dt=2019-10-01/hour=02'], rows: 5 });
  expect(await foldersOf(lakes.spark, 'parts')).toEqual(await foldersOf(lakes.duckdb, 'parts'));
  const all = (place: string) => lakeRows(place, 'parts', 'epoch_ms("at") AS "at", kind, n, amount');
  expect(await all(lakes.spark)).toEqual(await all(lakes.duckdb));
  expect(await verifyLake({ table: now, lake: lakes.spark })).toEqual({
    ...(await verifyLake({ table: now, lake: lakes.duckdb })),
    bytes: expect.any(Number),
  });
});

test('a compaction by Spark refuses to round what an allowed change would, and DuckDB rounds it', async () => {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const tableOf = (scale: number) =>
    defineEvents('prices', {
      columns: { at: timestamp(), price: decimal(10, scale) },
      roles: { time: 'at' },
    });
  for (const price of ['1.25', '2.75']) {
    const inputs = [await writeLines(folder, `${price}.csv`, ['at,price', `2019-10-01T00:00:00Z,${price}`])];
    await loadEvents({ table: tableOf(2), lake, inputs });
  }
  const options = { table: tableOf(1), lake, allow: ['narrow-column:price'] };
  await expect(compactLake({ ...options, engine: 'spark' })).rejects.toMatchObject({
    code: 'SCHEMA_INCOMPATIBLE',
    message: expect.stringContaining('compact with DuckDB'),
  });
  expect(await verifyLake({ table: tableOf(2), lake })).toMatchObject({ ok: true, rows: 2 });
  expect(await compactLake(options)).toMatchObject({ partitions: 1, rows: 2 });
});

const pages = defineLookup('pages', {
  key: 'page_id',
  columns: { page_name: z.string() },
  none: 'null',
});
const visitColumns = {
  at: timestamp(),
  user_id: z.int64(),
  page_id: z.int32().optional(),
  note: z.string().optional(),
  page: z.string().optional().register(metadata, { lookup: 'page.page_name' }),
};
const visitRules = {
  roles: { time: 'at', actor: 'user_id' },
  duplicates: { key: ['at', 'user_id'], keep: 'last' },
  lookups: { page: { table: pages, on: 'page_id' } },
} as const;
const app = { columns: { when: 'at' }, constants: { kind: 'view' } } as const;

/** The table of a replay by the definition of before, which rejects more. */
const strictVisits = defineEvents('visits', {
  ...visitRules,
  columns: {
    ...visitColumns,
    kind: z.enum(['view', 'cart']),
    score: z.int32().max(5),
    level: z.int32().optional(),
  },
  sources: { app },
});

/** The same by the definition of now, which takes more, and leaves some out. */
const lenientVisits = defineEvents('visits', {
  ...visitRules,
  columns: {
    ...visitColumns,
    kind: z.enum(['view', 'cart', 'look']),
    points: z.int32().max(6).register(metadata, { renamedFrom: 'score' }),
    level: z.int32().optional().register(metadata, { invalid: 'null' }),
  },
  sources: { app: { ...app, where: { note: { not: 'test' } } } },
});

test('a quarantine is replayed by Spark as by DuckDB: sources, lookups, values that become null, replaced rows', async () => {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const lookups = {
    page: await writeLines(folder, 'pages.csv', [
      'page_id,page_name',
      ...Array.from({ length: 9 }, (_, n) => `${n},"Page, ${n}"`),
    ]),
  };
  const at = (n: number) => new Date(Date.UTC(2019, 9, 1) + (n % 250) * 600_000).toISOString();
  const fields = (n: number) => {
    const [user, level] = [n % 90 === 0 ? 'x' : n % 250, n % 12 === 5 ? 'high' : n % 3];
    return { user, page: n % 12, score: n % 8, level, note: n % 25 === 0 ? 'test' : `"note, ${n * 7919}"` };
  };
  const csv = Array.from({ length: 400 }, (_, n) => {
    const { user, page, score, level, note } = fields(n);
    return `${at(n)},${user},${page},${score},${level},${note}`;
  });
  const json = Array.from({ length: 300 }, (_, n) => {
    const { user, page, score, level } = fields(n);
    const kind = n % 7 === 0 ? 'look' : 'cart';
    return JSON.stringify({ at: at(n), kind, user_id: user, page_id: page, score, level, note: `json ${n}` });
  });
  const load = async (name: string, lines: readonly string[], source?: string) =>
    loadEvents({
      ...{ table: strictVisits, lake, lookups, source, maxQuarantine: 1 },
      inputs: [await writeLines(folder, name, lines)],
    });
  await load('a.csv', ['when,user_id,page_id,score,level,note', ...csv, 'cut off'], 'app');
  await load('b.jsonl', [...json, '{"at": 5', '{"at": "2019-10-01", "score": 1}']);
  const lakes = await copies(folder, lake);
  const replay = (engine: 'duckdb' | 'spark') =>
    replayQuarantine({ table: lenientVisits, lake: lakes[engine], lookups, engine });
  const [duckdb, spark] = [await replay('duckdb'), await replay('spark')];
  const names = ['rowsIn', 'rowsOut', 'duplicates', 'quarantined', 'filtered', 'reasons', 'nulled'] as const;
  for (const name of [...names, 'lookups', 'partitions', 'days'] as const)
    expect(spark[name], name).toEqual(duckdb[name]);
  for (const name of ['rowsOut', 'duplicates', 'quarantined', 'filtered'] as const)
    expect(spark[name], name).toBeGreaterThan(0);
  expect(spark.nulled).toMatchObject([{ column: 'level', code: 'not_an_integer' }]);
  const rows = (place: string) =>
    lakeRows(place, 'visits', '* EXCLUDE ("at"), epoch_ms("at") AS "at"', 'ORDER BY ALL');
  expect(await rows(lakes.spark)).toEqual(await rows(lakes.duckdb));
  const rejected = (place: string) => lakeRows(place, 'visits__quarantine', '* EXCLUDE (run_id)');
  expect(await rejected(lakes.spark)).toEqual(await rejected(lakes.duckdb));
  expect(await verifyLake({ table: lenientVisits, lake: lakes.spark })).toMatchObject({
    ...{ ok: true, problems: [], leftovers: [] },
  });
  // Either takes what the other left.
  expect(await replayQuarantine({ table: lenientVisits, lake: lakes.spark, lookups })).toMatchObject({
    rowsIn: spark.quarantined,
    rowsOut: 0,
    filtered: 0,
    reasons: spark.reasons,
  });
});

test('a compaction by Spark that is killed while it writes leaves the lake as it was; the next one completes it', async () => {
  const folder = await temporaryFolder();
  const lake = await loadedInPieces(folder);
  const rows = await lakeRows(lake, 'events');
  const program = fileURLToPath(new URL('compact-once.ts', import.meta.url));
  // A group of processes, which a machine that goes down takes with it.
  const child = spawn(process.execPath, ['--conditions=@headwater/source', program, lake], {
    stdio: 'inherit',
    detached: true,
    // With a Java of its own, which is killed with it.
    env: {
      ...before,
      ...sparkEnvironment(),
      JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1',
      HEADWATER_TEST_ENGINE: 'spark',
    },
  });
  const ended = once(child, 'exit');
  const staging = join(lake, '_headwater', 'events', 'staging');
  const hasFiles = async (): Promise<boolean> => {
    const names = await readdir(staging, { recursive: true }).catch((): string[] => []);
    return names.some((name) => /spark\/files\/.*\.parquet$/.test(name));
  };
  while (!(await hasFiles())) {
    if (child.exitCode !== null) throw new Error('the compaction ended before it was killed');
    await wait(20);
  }
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await ended;
  expect(await lakeRows(lake, 'events').catch(() => [])).toEqual(rows);
  expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 3000 });
  const report = await compactLake({ table: events, lake });
  expect(report).toMatchObject({ commits: 1, partitions: 3, filesAfter: 3, rows: 3000 });
  expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 3000, leftovers: [] });
  expect(await readdir(staging).catch(() => [])).toEqual([]);
});
