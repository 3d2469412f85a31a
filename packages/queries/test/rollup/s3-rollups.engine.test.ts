import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRollups, type StoredRollup } from '@headwater/core/internal';
import { syncLake } from '@headwater/etl';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { openLakeStore } from '@headwater/storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadRows } from '../support/loaded-lake.ts';
import { refresh } from '../support/refresh.ts';
import { event, history, shop } from '../support/shop.ts';
import { configs } from './refresh-once.ts';

const program = fileURLToPath(new URL('refresh-once.ts', import.meta.url));
const aws = useAwsSandbox('rollups');

let folder: string;
let home: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-rollups-'));
  home = join(folder, 'home');
  await loadRows(shop, { lake: home, work: folder }, history);
});
afterAll(() => rm(folder, { recursive: true }));

const send = (to: string) => syncLake({ table: shop, from: home, to, workFolder: join(folder, 'sync') });

/** A refresh as of a machine of its own. */
const refreshOn = (machine: string, lake: string, graceSeconds = 3600) =>
  refresh(shop, lake, configs, { workFolder: join(folder, machine), leftoverGraceSeconds: graceSeconds });

/** What the newest state says, by content: names of files on S3 hold the refresh as well. */
async function entriesOf(lake: string): Promise<readonly StoredRollup[]> {
  const state = await readRollups(openLakeStore(lake), 'shop');
  return (state?.rollups ?? []).map((one) => ({
    ...one,
    entries: one.entries.map((entry) => ({
      ...entry,
      ...(entry.path === undefined
        ? {}
        : { path: entry.path.replace(/-\d{8,}-[0-9a-f]{8}\.parquet$/, '.parquet') }),
    })),
  }));
}

async function filesOf(lake: string): Promise<string[]> {
  const store = openLakeStore(lake);
  const paths: string[] = [];
  for (const name of await store.folders('shop__rollup_'))
    for await (const { path } of store.walk(name)) paths.push(path);
  return paths.toSorted();
}

const listedIn = async (lake: string): Promise<string[]> =>
  ((await readRollups(openLakeStore(lake), 'shop'))?.rollups ?? [])
    .flatMap(({ entries }) => entries.flatMap(({ path }) => path ?? []))
    .toSorted();

test('a killed refresh on S3 shows nothing, two at once end in the same rollups, and those are what a folder has', async () => {
  const lake = `${aws.location}/two`;
  await send(lake);
  // With all files in their places, and the commit to come.
  let steps = 0;
  await refresh(shop, home, configs, {
    onProgress() {
      steps += 1;
    },
  });
  const killed = spawn(
    process.execPath,
    ['--conditions=@headwater/source', program, lake, String(steps), join(folder, 'killed')],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  expect(await once(killed, 'exit')).toEqual([null, 'SIGKILL']);
  expect(await entriesOf(lake)).toEqual([]);
  expect((await filesOf(lake)).length).toBeGreaterThan(0);

  const both = await Promise.all([refreshOn('one', lake), refreshOn('other', lake)]);
  const missing = both.map(({ rollups }) => rollups.map(({ missingDays }) => missingDays));
  expect(missing[0]?.length).toBeGreaterThan(0);
  expect(new Set(missing.flat())).toEqual(new Set([0]));
  expect(await entriesOf(lake)).toEqual(await entriesOf(home));

  await loadRows(shop, { lake: home, work: folder }, [
    event('04 10:00', 'cart', 1, 77, 'late'),
    event('08 10:00', 'view', 2, 78, 'new'),
  ]);
  await send(lake);
  const [again] = (await refreshOn('one', lake)).rollups;
  expect(again?.writtenDays).toBeLessThan(again?.days ?? 0);
  await refresh(shop, home, configs);
  expect(await entriesOf(lake)).toEqual(await entriesOf(home));
  // Files of the state before stay for readers; after their time only those that are listed are left.
  const listed = await listedIn(lake);
  expect(await filesOf(lake)).not.toEqual(listed);
  await refreshOn('one', lake, 0);
  expect(await filesOf(lake)).toEqual(listed);
});

test('an entry whose file is gone is written again', async () => {
  const lake = `${aws.location}/gone`;
  await send(lake);
  await refreshOn('one', lake);
  const [first = ''] = await listedIn(lake);
  await openLakeStore(lake).remove([first]);
  const { rollups } = await refreshOn('one', lake);
  expect(rollups.reduce((sum, { writtenDays }) => sum + writtenDays, 0)).toBe(1);
  expect(await filesOf(lake)).toEqual(await listedIn(lake));
});
