import { mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RollupConfig } from '@headwater/core';
import { compactLake, expireDays, forgetActors, rollupsStatus, verifyLake } from '@headwater/etl';
import { createLake, dailyVisitors, namedMetricQuery, rollupsIn, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { loadRows } from '../support/loaded-lake.ts';
import { refresh } from '../support/refresh.ts';
import { event, shop } from '../support/shop.ts';
import { valuesWith } from '../support/values-with.ts';

const configs: readonly RollupConfig[] = [
  { metric: 'daily-visitors', grains: ['day'] },
  { metric: 'revenue', grains: ['day', 'hour'] },
];

let folder: string;
let lake: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-upkeep-'));
  lake = join(folder, 'lake');
});
afterEach(() => rm(folder, { recursive: true }));

const load = (...rows: ReturnType<typeof event>[]) => loadRows(shop, { lake, work: folder }, rows);
const status = () =>
  rollupsStatus({
    table: shop,
    lake,
    rollups: rollupsIn(
      tableOf(createLake({ tables: [shop], engine: duckdbEngine({ lake }) }), 'shop'),
      configs,
    ),
  });
/** The files of rollups. */
const files = async (): Promise<string[]> =>
  (await readdir(lake, { recursive: true })).filter(
    (path) => path.includes('__rollup_') && path.endsWith('.parquet'),
  );

/** What the person spent: no sum of others has it. */
const spent = 100.1;
const person = 4_711_000_001;

/** Days so far apart that no session reaches from one to another. */
const others = ['03', '10', '20'].flatMap((day) =>
  [1, 2, 3].map((user) => event(`${day} 10:0${user}`, 'purchase', 2, user, `${day}-${user}`)),
);

test('an erasure removes what stored answers say of the person, at once, and keeps the other days', async () => {
  // A day that is the person's alone, and one that others share.
  await load(
    ...others,
    event('10 11:00', 'purchase', 1, person, 'own'),
    event('25 11:00', 'purchase', 1, person, 'alone'),
  );
  await refresh(shop, lake, configs);
  // Stored answers of the state before stay for readers.
  await load(event('10 12:00', 'view', 4, 9, 'late'));
  await refresh(shop, lake, configs);
  const isOfRollup = (path: string): boolean => path.includes('__rollup_');
  const before = (await valuesWith(lake, String(spent))).filter(isOfRollup);
  expect(before.length).toBeGreaterThan(2);

  const preview = await forgetActors({ table: shop, lake, actors: [String(person)], dryRun: true });
  expect(preview).toMatchObject({ rows: 2, rollups: { entries: 0, files: 0 } });
  const receipt = await forgetActors({ table: shop, lake, actors: [String(person)], answerFolders: [] });
  expect(receipt).toMatchObject({ rows: 2, unsettled: [] });
  expect(receipt.rollups.entries).toBeGreaterThan(0);
  expect(receipt.rollups.files).toBeGreaterThanOrEqual(before.length);
  expect(await valuesWith(lake, String(spent))).toEqual([]);
  expect(await valuesWith(lake, '250.1')).toEqual([]);
  expect(await valuesWith(lake, String(person))).toEqual([]);

  // What others did is there: the days that were not touched are still stored.
  const [visitors] = (await status()).rollups;
  expect(visitors).toMatchObject({ outdatedDays: 0 });
  expect(visitors?.days).toBeGreaterThanOrEqual(2);
  expect((await verifyLake({ table: shop, lake })).problems).toEqual([]);
  const [again] = (await refresh(shop, lake, configs)).rollups;
  expect(again).toMatchObject({ days: 3, missingDays: 0 });
  expect(await valuesWith(lake, '250.1')).toEqual([]);
  expect(
    await forgetActors({ table: shop, lake, actors: [String(person)], answerFolders: [] }),
  ).toMatchObject({ rows: 0, rollups: { entries: 0 } });
});

test('an expiry takes the stored answers of its days along', async () => {
  await load(...others);
  await refresh(shop, lake, configs);
  const report = await expireDays({ table: shop, lake, olderThan: '2024-03-10' });
  expect(report.rollups).toEqual({ entries: 3, files: 3 });
  expect((await files()).filter((path) => path.includes('dt=2024-03-03'))).toEqual([]);
  expect((await status()).rollups.map(({ days, missingDays }) => [days, missingDays])).toEqual([
    [2, 0],
    [2, 0],
    [2, 0],
  ]);
});

test('a compaction makes the entries of its days outdated, which is shown, and noted by a verification', async () => {
  await load(...others);
  await load(event('10 12:00', 'view', 4, 9, 'late'));
  await refresh(shop, lake, configs);
  expect(await verifyLake({ table: shop, lake })).toMatchObject({ ok: true, notes: [] });
  expect(await compactLake({ table: shop, lake })).toMatchObject({ partitions: 1 });
  expect((await status()).rollups[0]).toMatchObject({ days: 2, missingDays: 1, outdatedDays: 1 });
  const { ok, notes } = await verifyLake({ table: shop, lake });
  expect(ok).toBe(true);
  expect(notes[0]).toMatch(/^3 of 9 entries of rollups are of earlier files: .*lake rollups --refresh/);
  expect((await refresh(shop, lake, configs)).rollups[0]).toMatchObject({ writtenDays: 1, outdatedDays: 0 });
});

test('a verification finds a stored answer that is damaged or missing, and a refresh writes it again', async () => {
  await load(...others);
  await refresh(shop, lake, configs);
  const [first = '', second = ''] = await files();
  await rm(join(lake, first));
  await truncate(join(lake, second), (await stat(join(lake, second))).size - 1);
  const { problems } = await verifyLake({ table: shop, lake });
  expect(problems.map(({ file, problem }) => [file, problem.replace(/\d+/g, 'n')]).toSorted()).toEqual(
    [
      [first, 'is missing'],
      [second, 'has n bytes, not n'],
    ].toSorted(),
  );
  await refresh(shop, lake, configs);
  expect(await verifyLake({ table: shop, lake })).toMatchObject({ ok: true });
  await using opened = createLake({ tables: [shop], engine: duckdbEngine({ lake }) });
  const query = namedMetricQuery(tableOf(opened, 'shop'), dailyVisitors, {
    from: '2024-03-01',
    to: '2024-03-31',
  });
  expect(await query.rollup()).toMatchObject({ isUsed: true, storedDays: 3 });
  expect(await query.rows()).toEqual(await query.rows({ noRollup: true }));
});
