import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { DuckDBInstance } from '@duckdb/node-api';
import { awsTarget, deriveGlueTable, isHeadwaterError, type RollupConfig } from '@headwater/core';
import { readRollups } from '@headwater/core/internal';
import { type RollupOptions, type RollupReport, refreshRollups } from '@headwater/etl';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { registerRollups } from '@headwater/publish';
import {
  createLake,
  type LakeEngine,
  namedMetricQuery,
  rollupsOnEngine,
  rowsOnEngine,
  tableOf,
} from '@headwater/queries';
import { athenaEngine } from '@headwater/queries/athena';
import { duckdbEngine, openRollupWriter } from '@headwater/queries/duckdb';
import { trinoEngine } from '@headwater/queries/trino';
import { openLakeStore } from '@headwater/storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadRows } from '../support/loaded-lake.ts';
import { refresh } from '../support/refresh.ts';
import { event, history, shop } from '../support/shop.ts';

const aws = useAwsSandbox('rollup-read');
const { location, database, endpoints } = aws;
const target = awsTarget({
  ...{ region: 'us-east-1', account: '123456789012', firstDay: '2024-02-25', lastDay: '2024-03-20' },
  ...{ database, location, results: `s3://${aws.bucket}/results` },
});
const engines = [
  trinoEngine({ url: endpoints.trino, catalog: 'awsdatacatalog', schema: database, lake: location }),
  athenaEngine({
    ...{ region: target.region, database, workgroup: 'primary' },
    ...{ results: `s3://${aws.bucket}/results/`, lake: location },
  }),
] as const;
const configs: readonly RollupConfig[] = [
  { metric: 'revenue', grains: ['day'] },
  { metric: 'conversion-funnel', grains: ['day', 'hour'] },
  { metric: 'cart-abandonment', grains: ['day'], by: ['category'] },
];
const catalog = {
  database,
  register: (rollups: Parameters<typeof registerRollups>[0]['rollups']) =>
    registerRollups({ rollups, target }),
};
const range = { from: '2024-03-03', to: '2024-03-09' };
const questions = [
  ['revenue', {}],
  ['conversion-funnel', { grain: 'week' }],
  ['conversion-funnel', { grain: 'hour' }],
  ['cart-abandonment', { by: 'category' }],
] as const;

let folder: string;
const work = () => ({ lake: location, work: join(folder, 'work') });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-rollups-'));
  await loadRows(shop, work(), history);
  const glue = new GlueClient();
  const TableInput = deriveGlueTable(shop.schema, target);
  await glue.send(new CreateTableCommand({ DatabaseName: database, TableInput }));
  glue.destroy();
  await refresh(shop, location, configs, { workFolder: join(folder, 'work'), catalog });
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

/** Asks questions from rollups and from the events. @returns how each was answered */
async function agree(engine: LakeEngine, asked: readonly (typeof questions)[number][]): Promise<string[]> {
  await using lake = createLake({ tables: [shop], engine });
  return await Promise.all(
    asked.map(async ([metric, parameters]) => {
      const table = tableOf(lake, 'shop');
      const query = namedMetricQuery(table, metric, { ...range, ...parameters }, { withHidden: true });
      const use = await query.rollup();
      const ran: string[] = [];
      const rows = await query.rows({ onFinish: ({ sql }) => ran.push(sql) });
      expect(rows).toEqual(await query.rows({ noRollup: true }));
      const isUsed = use.isUsed && ran[0] === use.sql;
      return use.isUsed ? `${use.how} ${use.storedDays}+${use.freshDays} ${isUsed}` : use.reasons.join('; ');
    }),
  );
}

const [trino, athena] = engines;

test('Trino and Athena answer from rollups as from the events', async () => {
  expect(await agree(trino, questions)).toEqual([
    'same 3+0 true',
    'summed 3+0 true',
    'same 3+0 true',
    'summed 3+0 true',
  ]);
  expect(await agree(athena, questions.slice(0, 2))).toEqual(['same 3+0 true', 'summed 3+0 true']);
});

test('late rows come from the events, replaced files are not read, and a file that is gone makes no row go missing', async () => {
  await loadRows(shop, work(), [
    event('05 10:00', 'purchase', 1, 77, 'late'),
    event('08 10:00', 'view', 2, 78, 'new'),
  ]);
  const [late = ''] = await agree(trino, questions.slice(0, 1));
  expect(late).toMatch(/^same [1-9]\+[1-9] true$/);
  // Files of the state before are in the folders, beside those of this one.
  await refresh(shop, location, configs, { workFolder: join(folder, 'work'), catalog });
  expect(await agree(trino, questions.slice(0, 1))).toEqual(['same 4+0 true']);
  const store = openLakeStore(location);
  const revenue = (await readRollups(store, 'shop'))?.rollups.find(({ metric }) => metric === 'revenue');
  await store.remove([revenue?.entries[0]?.path ?? '']);
  expect(await agree(trino, questions.slice(0, 1))).toEqual(['same 4+0 false']);
});

/** Amounts, counts, ratios and groups without a value; keys; and the groups of a ranking. */
const severalKinds: readonly RollupConfig[] = [
  { metric: 'revenue', grains: ['day'], keys: true },
  { metric: 'cart-abandonment', grains: ['hour'], by: ['category'] },
  { metric: 'top-categories', grains: ['day'] },
];

/** Refreshes with the rows of an engine. @param onRows is called before the end of each of its answers */
async function refreshBy(
  engine: LakeEngine,
  rollups: readonly RollupConfig[],
  { onRows, ...options }: Partial<RollupOptions> & { onRows?(): Promise<void> },
): Promise<RollupReport> {
  await using here = createLake({ tables: [shop], engine: duckdbEngine({ lake: location }) });
  await using there = createLake({ tables: [shop], engine });
  const table = tableOf(there, 'shop');
  return await refreshRollups({
    ...{ table: shop, lake: location, eventsPerGroup: 0, readsFiles: false },
    rollups: rollupsOnEngine(tableOf(here, 'shop'), table, rollups),
    open: (source) =>
      openRollupWriter(
        {
          ...{ lake: location, threads: 1 },
          async *rowsOf(query) {
            for await (const rows of rowsOnEngine(table, source.state, query)) {
              await onRows?.();
              yield rows;
            }
          },
        },
        shop.schema,
        source,
      ),
    ...options,
  });
}

/** What the newest state has: types, days with what they are of, and the rows of the files as text, in an order of their own. */
async function contents(): Promise<object[]> {
  const store = openLakeStore(location);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const found: object[] = [];
  for (const { name, columns, entries } of (await readRollups(store, 'shop'))?.rollups ?? []) {
    const rows: string[] = [];
    for (const { path } of entries) {
      if (path === undefined) continue;
      const file = join(folder, 'one.parquet');
      await writeFile(file, await store.read(path));
      const read = await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM '${file}'`);
      rows.push(...read.getRowsJS().map((row) => JSON.stringify(row)));
    }
    const days = entries.map(({ day, rows: count, sources }) => [day, count, sources]);
    found.push({ name, columns, days, rows: rows.toSorted() });
  }
  instance.closeSync();
  return found;
}

test('Trino writes the rollups that DuckDB writes, downloads no event, and writes no day that a load changes meanwhile', async () => {
  await refresh(shop, location, severalKinds, { workFolder: join(folder, 'work') });
  const byDuckdb = await contents();
  expect(byDuckdb).toHaveLength(4);
  await refresh(shop, location, [], { workFolder: join(folder, 'work') });
  expect(await contents()).toEqual([]);
  const workFolder = join(folder, 'engine');
  const { rollups } = await refreshBy(trino, severalKinds, { workFolder, catalog });
  expect(rollups.map(({ missingDays }) => missingDays)).toEqual([0, 0, 0, 0]);
  expect(await contents()).toEqual(byDuckdb);
  const kept = await readdir(workFolder, { recursive: true });
  expect(kept.filter((path) => path.endsWith('.parquet'))).toEqual([]);

  // A load commits while the engine's rows are on their way: the refresh begins again, on the files of that load.
  await loadRows(shop, work(), [event('08 11:00', 'purchase', 3, 79, 'later')]);
  let loads = 0;
  const again = await refreshBy(trino, configs.slice(0, 1), {
    ...{ workFolder, catalog },
    async onRows() {
      loads += 1;
      if (loads === 1) await loadRows(shop, work(), [event('08 12:00', 'purchase', 1, 80, 'latest')]);
    },
  });
  expect(loads).toBeGreaterThan(1);
  expect(again.rollups[0]?.missingDays).toBe(0);
  expect(await agree(trino, questions.slice(0, 1))).toEqual(['same 4+0 true']);

  // The catalog's days end before it: its answer would lack that day.
  await loadRows(shop, work(), [event('30 10:00', 'purchase', 1, 81, 'beyond')]);
  const refused = await refreshBy(trino, configs.slice(0, 1), { workFolder }).catch(
    (error: unknown) => error,
  );
  expect(isHeadwaterError(refused, 'QUERY_FAILED') && refused.message).toMatch(
    /0 events in the folder of 2024-03-30, where the lake has 1.*aws\.lastDay/,
  );
}, 120_000);
