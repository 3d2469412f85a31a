import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { defineEvents, defineLookup, isHeadwaterError, lake as metadata, timestamp } from '@headwater/core';
import { quotePath, readLakeState, sparkSettings } from '@headwater/core/internal';
import { useSparkGateway } from '@headwater/local-aws/testing';
import { openLakeStore } from '@headwater/storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { compactLake, type LoadOptions, loadEvents, verifyLake } from '../src/index.ts';
import { planInputs } from '../src/load/spark/plan-inputs.ts';
import { runSpark } from '../src/load/spark/run-spark.ts';
import { sparkPlan } from '../src/load/spark/spark-plan.ts';
import type { SparkWritten } from '../src/load/spark/spark-result.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { lakeRows } from './lake-rows.ts';
import { orderHeader, orders } from './orders-fixture.ts';
import { queryFiles } from './query-files.ts';

// Each load is a Python program of its own, with a Spark of its own in the same Java.
const spark = useSparkGateway({
  'spark.driver.memory': '2g',
  'spark.driver.defaultJavaOptions': sparkSettings['spark.driver.defaultJavaOptions'].value,
});
const before = { ...process.env };
beforeAll(() => {
  Object.assign(process.env, spark());
});
afterAll(() => {
  process.env = before;
});

/** A load of the same inputs by both engines, each into a lake of its own. */
async function byBoth(folder: string, options: Omit<LoadOptions, 'lake'>) {
  const lakes = { duckdb: join(folder, 'duckdb'), spark: join(folder, 'spark') };
  const duckdb = await loadEvents({ ...options, lake: lakes.duckdb, engine: 'duckdb' });
  const spark = await loadEvents({ ...options, lake: lakes.spark, engine: 'spark' });
  return { lakes, duckdb, spark };
}

const counts = ({
  rowsIn,
  rowsOut,
  duplicates,
  quarantined,
  filtered,
}: Awaited<ReturnType<typeof loadEvents>>) => ({
  ...{ rowsIn, rowsOut, duplicates, quarantined, filtered },
});

const quarantine = (lake: string, table = 'events') =>
  queryFiles(
    'SELECT source, line, raw, record, reasons, schema_version FROM read_parquet(FILES, hive_partitioning = false) ORDER BY ALL',
    join(lake, `${table}__quarantine`),
  );

/** Files of lines, some of them blank, some bad, with ends of all kinds, long and short. */
function oddFiles(): ReadonlyMap<string, Buffer> {
  const good = rowsOfDays(400, 3);
  const files = new Map<string, Buffer>();
  for (const file of [0, 1, 2, 3, 4, 5, 10]) {
    const end = file % 3 === 1 ? '\r\n' : '\n';
    const lines = [
      ...(file % 4 === 2 ? ['', ''] : []),
      header,
      ...good
        .slice(file * 30, file * 30 + 30)
        .flatMap((row, index) => [
          row,
          ...((index * 7 + file) % 5 === 0 ? [''] : []),
          ...((index * 5 + file) % 6 === 0 ? [`bad ${'x'.repeat((index * 37) % 200)}`] : []),
          ...((index + file) % 9 === 0 ? [`${row.replace(',view,', ',look,')}`] : []),
          ...((index + file) % 11 === 0 ? [row.replace(/,s\d+$/, ',"open')] : []),
        ]),
    ];
    const text = `${file % 5 === 3 ? '\ufeff' : ''}${lines.join(end)}${file % 2 ? end : ''}`;
    files.set(`file ${file}.csv`, Buffer.from(text));
  }
  const packed = files.get('file 1.csv') ?? Buffer.alloc(0);
  files.set('packed [a].csv.gz', gzipSync(Buffer.concat([packed, Buffer.from('cut off gz\n')])));
  files.set('packed.csv.zst', zstdCompressSync(Buffer.concat([packed, Buffer.from('cut off zst\n')])));
  files.set('_hidden.csv', Buffer.concat([packed, Buffer.from('cut off hidden\n')]));
  files.set('mac.csv', Buffer.from([header, good[5], 'cut off', '', good[6], 'again'].join('\r')));
  files.set('empty.csv', Buffer.alloc(0));
  return files;
}

test('lines are numbered in blocks of any size as they are in the whole file, whatever the file is called', async () => {
  const folder = await temporaryFolder();
  const raw = join(folder, 'raw');
  await mkdir(raw);
  const files = oddFiles();
  for (const [name, bytes] of files) await writeFile(join(raw, name), bytes);
  const inputs = [...files.keys()].map((name) => join(raw, name));
  const duckdb = await loadEvents({ table: events, lake: join(folder, 'lake'), inputs, maxQuarantine: 1 });
  const expected = await quarantine(join(folder, 'lake'));

  const file = events.schema;
  const staged = (name: string): string => join(folder, name);
  const found = inputs.map((path) => ({
    ...{ source: path, path, isStream: false, format: undefined, compression: undefined },
  }));
  const planned = await planInputs({ staged, options: {} } as never, found, { file });
  // Blocks of some lines each: in a load they have 64 MiB.
  const blockBytes = 700;
  const blocks = { 'spark.sql.files.maxPartitionBytes': '700', 'spark.sql.files.openCostInBytes': '700' };
  const plan = sparkPlan(file, file, {
    inputs: planned.map((one) => one.planned),
    ...{ targetBytes: 1e6, maxQuarantine: 1 },
    settings: {
      'spark.master': 'local[2]',
      'spark.ui.enabled': 'false',
      'spark.sql.shuffle.partitions': '4',
      ...blocks,
    },
    local: {
      runId: 'run-1',
      startedAt: new Date().toISOString(),
      known: [],
      files: [],
      scratch: staged('scratch'),
    },
  });
  await writeFile(staged('plan.json'), JSON.stringify({ ...plan, blockBytes }));
  const result = staged('result.json');
  const call = { plan: staged('plan.json'), result, log: staged('log.txt') };
  await runSpark({ ...call, onProgress() {}, onFetch: async () => undefined });
  const written = JSON.parse(await readFile(result, 'utf8')) as SparkWritten;
  expect(written.status).toBe('written');
  const rejected = await queryFiles(
    'SELECT source, line, raw, record, reasons, schema_version FROM read_parquet(FILES) ORDER BY ALL',
    staged('scratch/quarantine'),
  );
  expect(rejected).toEqual(expected);
  expect(written.reasons).toEqual(duckdb.reasons);
  expect(written.inputs.map(({ source, rowsIn, quarantined }) => ({ source, rowsIn, quarantined }))).toEqual(
    duckdb.inputs
      .filter(({ skipped, isEmpty }) => !skipped && !isEmpty)
      .map(({ source, rowsIn, quarantined }) => ({ source, rowsIn, quarantined })),
  );
});

const orderRows = (lake: string) =>
  lakeRows(
    lake,
    'orders',
    '"at"::TIMESTAMP::VARCHAR, order_id, line, sku, amount::VARCHAR, updated_at::TIMESTAMP::VARCHAR',
  );

test('corrections replace rows that are in the lake, whatever day they are on', async () => {
  const folder = await temporaryFolder();
  const table = orders({ key: ['order_id', 'line'], keep: 'last', by: 'updated_at' });
  const first = [
    '2019-10-01 10:00:00,1,1,a,5.00,2019-10-01 10:00:00',
    '2019-10-01 11:00:00,2,1,a,1.00,',
    '2019-10-02 10:00:00,3,1,b,2.00,2019-10-05 00:00:00',
    '2019-10-04 10:00:00,9,1,untouched,2.00,',
  ];
  const second = [
    '2019-10-03 09:00:00,1,1,moved,6.00,2019-10-02 12:00:00',
    '2019-10-01 11:00:00,2,1,corrected,1.50,2019-10-01 12:00:00',
    '2019-10-02 10:00:00,3,1,too old,2.00,2019-10-04 00:00:00',
    '2019-10-03 09:00:00,4,1,new,6.00,',
    '2019-10-03 09:30:00,4,1,newer,6.00,2019-10-03 00:00:00',
  ];
  const write = (name: string, lines: readonly string[]) => writeLines(folder, name, [orderHeader, ...lines]);
  const [one, two] = [await write('first.csv', first), await write('second.csv', second)];
  const lakes = { duckdb: join(folder, 'a [1]'), spark: join(folder, 'b {2}') };
  for (const lake of Object.values(lakes)) await loadEvents({ table, lake, inputs: [one] });
  const duckdb = await loadEvents({ table, lake: lakes.duckdb, inputs: [two] });
  const spark = await loadEvents({ table, lake: lakes.spark, inputs: [two], engine: 'spark' });
  expect(counts(spark)).toEqual(counts(duckdb));
  expect(spark.duplicates).toBe(4);
  expect(await orderRows(lakes.spark)).toEqual(await orderRows(lakes.duckdb));
  expect(await verifyLake({ table, lake: lakes.spark })).toMatchObject({ ok: true, problems: [] });
  const { files, addedBy } = await readLakeState(openLakeStore(lakes.spark), 'orders');
  // A day whose only row moved away has no file, and one without new rows keeps its file.
  expect(files.map(({ path }) => [path.split('/')[1], addedBy.get(path)])).toEqual([
    ['dt=2019-10-01', 2],
    ['dt=2019-10-02', 1],
    ['dt=2019-10-03', 2],
    ['dt=2019-10-04', 1],
  ]);
});

test('equal rows of different files stay where the table keeps all, also where their files would be equal', async () => {
  const folder = await temporaryFolder();
  const table = orders({ keep: 'all' });
  const row = '2019-10-01 10:00:00,1,1,a,5.00,';
  const lake = join(folder, 'lake');
  for (const blanks of [0, 1]) {
    const lines = [orderHeader, row, ...Array<string>(blanks).fill('')];
    const inputs = [await writeLines(folder, `${blanks}.csv`, lines)];
    expect(await loadEvents({ table, lake, inputs, engine: 'spark' })).toMatchObject({ rowsOut: 1 });
  }
  expect(await orderRows(lake)).toHaveLength(2);
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, rows: 2 });
});

/** The same kind of rows with types, by names in another order. */
async function typedFile(folder: string): Promise<string> {
  const path = join(folder, 'c.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT 'typed' || n AS note, n % 12 AS page_id, 5000 + n AS user_id, 'unread' AS extra,
    TIMESTAMP '2019-10-01 00:00:00' + to_seconds(n * 10) AS "when", n % 7 AS score FROM range(500) r(n)) TO ${quotePath(path)} (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

test('sources, lookups, values that become null, hours and small files: as by DuckDB', async () => {
  const folder = await temporaryFolder();
  const pages = defineLookup('pages', {
    key: 'page_id',
    columns: { page_name: z.string(), rank: z.int32().optional() },
    none: 'null',
  });
  const table = defineEvents('visits', {
    columns: {
      at: timestamp(),
      kind: z.enum(['view', 'cart']),
      user_id: z.int64(),
      page_id: z.int32().optional(),
      score: z.int32().optional().register(metadata, { invalid: 'null' }),
      note: z.string().optional(),
      page: z.string().optional().register(metadata, { lookup: 'page.page_name' }),
      rank: z.int32().max(5).optional().register(metadata, { lookup: 'page.rank' }),
    },
    roles: { time: 'at', actor: 'user_id' },
    lookups: { page: { table: pages, on: 'page_id' } },
    partitionBy: { hour: true, columns: ['kind'] },
    sources: {
      app: { columns: { when: 'at' }, constants: { kind: 'view' }, where: { note: { not: 'test' } } },
    },
  });
  const lines = Array.from({ length: 3000 }, (_, n) => {
    const at = new Date(Date.UTC(2019, 9, 1) + n * 2_000).toISOString();
    const score = n % 40 === 0 ? 'high' : String(n % 7);
    return `${at},${n % 90 === 0 ? 'x' : n},${n % 12},${score},${n % 25 === 0 ? 'test' : `"note, ${n * 7919}"`}`;
  });
  const inputs = [
    await writeLines(folder, 'a.csv', ['when,user_id,page_id,score,note', ...lines.slice(0, 2000)]),
  ];
  const objects = lines.slice(1500).map((line) => {
    const [when, user_id, page_id, score, note = ''] = line.split(/,(?=[^ ])/);
    return JSON.stringify({ when, user_id, page_id: Number(page_id), score, note: note.replaceAll('"', '') });
  });
  inputs.push(await writeLines(folder, 'b.jsonl', [...objects, '{"when": 5', '']));
  inputs.push(await typedFile(folder));
  const lookups = {
    page: await writeLines(folder, 'pages.csv', [
      'page_id,page_name,rank',
      ...Array.from({ length: 9 }, (_, n) => `${n},"Page, ${n}",${n}`),
    ]),
  };
  const options = { table, inputs, lookups, source: 'app', targetFileSize: '4KB' };
  const { lakes, duckdb, spark } = await byBoth(folder, options);
  expect(counts(spark)).toEqual(counts(duckdb));
  expect(spark.filtered).toBeGreaterThan(0);
  expect(spark.duplicates).toBeGreaterThan(0);
  for (const name of ['reasons', 'nulled', 'lookups', 'inputs', 'partitions', 'days'] as const)
    expect(spark[name], name).toEqual(duckdb[name]);
  const rows = (lake: string) => lakeRows(lake, 'visits', '* REPLACE (epoch_ms("at") AS "at")');
  expect(await rows(lakes.spark)).toEqual(await rows(lakes.duckdb));
  expect(await quarantine(lakes.spark, 'visits')).toEqual(await quarantine(lakes.duckdb, 'visits'));
  expect(await verifyLake({ table, lake: lakes.spark })).toMatchObject({ ok: true, problems: [] });
  // Several files for one hour, each a range of the sort order.
  const { files } = await readLakeState(openLakeStore(lakes.spark), 'visits');
  const folders = Map.groupBy(files, ({ path }) => path.slice(0, path.lastIndexOf('/')));
  const largest = [...folders.values()].sort((left, right) => right.length - left.length)[0] ?? [];
  expect(largest.length).toBeGreaterThan(1);
  // The rows of the files, one file after the other, are in the order of the first sort key.
  const key = table.schema.sortOrder[0] ?? '';
  const ranges = await Promise.all(
    largest.map(async ({ path }) => {
      const sql = `SELECT min("${key}")::BIGINT AS first, max("${key}")::BIGINT AS last FROM read_parquet(FILES, hive_partitioning = false)`;
      const [range] = await queryFiles(sql, lakes.spark, path.slice(path.lastIndexOf('/') + 1));
      return [Number(range?.['first']), Number(range?.['last'])] as const;
    }),
  );
  ranges.sort(([left], [right]) => left - right);
  for (const [index, [from]] of ranges.entries())
    if (index > 0) expect(from).toBeGreaterThanOrEqual(ranges[index - 1]?.[1] ?? from);
  await compactLake({ table, lake: lakes.spark });
  expect(await rows(lakes.spark)).toEqual(await rows(lakes.duckdb));
});

test('too many rejected rows, and inputs that are not whole, are refused as by DuckDB', async () => {
  const folder = await temporaryFolder();
  const bad = await writeLines(folder, 'bad.csv', [header, 'a', 'b', ...rowsOfDays(1, 1)]);
  const text = [header, ...rowsOfDays(3000, 2)].join('\n');
  const refusal = async (engine: 'duckdb' | 'spark', input: string) => {
    const error: unknown = await loadEvents({
      table: events,
      lake: join(folder, engine),
      inputs: [input],
      engine,
    }).catch((thrown: unknown) => thrown);
    if (!isHeadwaterError(error)) throw error;
    return error;
  };
  expect((await refusal('spark', bad)).payload).toEqual((await refusal('duckdb', bad)).payload);
  for (const [kind, ending, whole] of [
    ['gzip', 'gz', gzipSync(text)],
    ['zstd', 'zst', zstdCompressSync(text)],
  ] as const) {
    const cut = join(folder, `cut.csv.${ending}`);
    await writeFile(cut, whole.subarray(0, whole.length - 200));
    const unreadable = { code: 'INPUT_UNREADABLE', payload: { file: cut } };
    expect(await refusal('duckdb', cut)).toMatchObject(unreadable);
    const refused = await refusal('spark', cut);
    expect(refused).toMatchObject(unreadable);
    expect(refused.message).toContain(`it is not whole ${kind}`);
  }
  // The line ends in the chunk in which it becomes too long.
  const long = await writeLines(folder, 'long.csv', [header, 'x'.repeat(2 ** 26 + 1), ...rowsOfDays(2, 1)]);
  for (const engine of ['duckdb', 'spark'] as const)
    expect(await refusal(engine, long)).toMatchObject({ code: 'INPUT_UNREADABLE', payload: { file: long } });
});

test('says how to install a Spark that is not there', async () => {
  const folder = await temporaryFolder();
  const input = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(2, 1)]);
  const given = process.env['PYSPARK_DRIVER_PYTHON'];
  process.env['PYSPARK_DRIVER_PYTHON'] = join(folder, 'no-python');
  try {
    const load = loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [input], engine: 'spark' });
    await expect(load).rejects.toMatchObject({
      code: 'SPARK_NOT_FOUND',
      message: expect.stringContaining('pip install'),
    });
  } finally {
    process.env['PYSPARK_DRIVER_PYTHON'] = given;
  }
});

test('a value that the definition no longer takes stops a load that merges with it', async () => {
  const at = timestamp();
  const table = (columns: { kind: z.ZodType; size: z.ZodType }) =>
    defineEvents('events', { columns: { at, ...columns }, roles: { time: 'at' } });
  const wide = table({ kind: z.enum(['view', 'cart']), size: z.int64() });
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const load = async (to: typeof wide, name: string, row: string, allow: string[] = []) =>
    loadEvents({
      ...{ table: to, lake, allow, engine: 'spark' as const },
      inputs: [await writeLines(folder, name, ['at,kind,size', row])],
    });
  await load(wide, 'wide.csv', '2019-10-01 00:00:00,cart,3000000000');
  const fewer = table({ kind: z.enum(['view']), size: z.int64() });
  const refused = { code: 'SCHEMA_INCOMPATIBLE' };
  const without = load(fewer, 'fewer.csv', '2019-10-01 01:00:00,view,1', ['remove-enum-value:kind:cart']);
  await expect(without).rejects.toMatchObject({
    ...refused,
    payload: { misfits: [{ id: 'remove-enum-value:kind:cart' }] },
  });
  const kept = await lakeRows(lake, 'events');
  expect(kept).toHaveLength(1);
});
