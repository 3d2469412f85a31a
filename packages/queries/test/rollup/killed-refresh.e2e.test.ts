import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLake, namedMetricQuery, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { expect, test } from 'vitest';
import { makeLake } from '../support/made-lake.ts';
import { refresh } from '../support/refresh.ts';
import { event, history, shop } from '../support/shop.ts';
import { configs } from './refresh-once.ts';

const program = fileURLToPath(new URL('refresh-once.ts', import.meta.url));

/** Refreshes in a process of its own, which is killed after so many steps. */
async function killedRefresh(lake: string, steps: number): Promise<void> {
  const run = spawn(process.execPath, ['--conditions=@headwater/source', program, lake, String(steps)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  expect(await once(run, 'exit')).toEqual([null, 'SIGKILL']);
}

const questions = [
  ['daily-visitors', { grain: 'day' }],
  ['daily-visitors', { grain: 'all' }],
  ['cart-abandonment', { grain: 'all' }],
] as const;

/** Asks every question from rollups and from the events, and counts the rollups that answered. */
async function agree(folder: string): Promise<number> {
  await using lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: folder, threads: 1 }) });
  let used = 0;
  for (const [metric, parameters] of questions) {
    const range = { from: '2024-03-01', to: '2024-03-09' };
    const query = namedMetricQuery(tableOf(lake, 'shop'), metric, { ...range, ...parameters });
    expect(await query.rows()).toEqual(await query.rows({ noRollup: true }));
    if ((await query.rollup()).isUsed) used += 1;
  }
  return used;
}

/** The newest state of the rollups without its number and its time, and the files of their folders. */
async function stateOf(folder: string) {
  const states = join(folder, '_headwater', 'shop__rollups');
  const names = (await readdir(states).catch(() => [])).filter((name) => name.endsWith('.json'));
  const last = names.toSorted().at(-1);
  const rollups: unknown =
    last === undefined ? [] : JSON.parse(await readFile(join(states, last), 'utf8')).rollups;
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = all
    .filter((entry) => entry.isFile() && entry.parentPath.includes('__rollup_'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length));
  return { rollups, files: files.toSorted() };
}

test('a refresh that is killed at any step leaves the rollups before it, and run again ends as if undisturbed', async () => {
  const made = await makeLake();
  await made.commit(shop, history);
  await refresh(shop, made.folder, configs);
  await made.commit(shop, [
    event('04 10:00', 'cart', 1, 77, 'late'),
    event('08 10:00', 'view', 2, 78, 'new'),
  ]);
  const copyOf = async (name: string): Promise<string> => {
    const copy = join(made.folder, '..', `${name}-${process.pid}-${Date.now()}`);
    await cp(made.folder, copy, { recursive: true });
    return copy;
  };
  const before = (await stateOf(made.folder)).rollups;
  const undisturbed = await copyOf('undisturbed');
  let last = 0;
  await refresh(shop, undisturbed, configs, {
    onProgress() {
      last += 1;
    },
  });
  // Once more, so that the files that were kept for readers are gone.
  await refresh(shop, undisturbed, configs);
  const whole = await stateOf(undisturbed);
  // With the first file in its place, in the middle, and with all of them there and the commit to come.
  const killed = [1, Math.ceil(last / 2), last].map(async (steps) => {
    const lake = await copyOf(`killed-${steps}`);
    await killedRefresh(lake, steps);
    expect((await stateOf(lake)).rollups).toEqual(before);
    await agree(lake);
    await refresh(shop, lake, configs);
    await refresh(shop, lake, configs);
    expect(await stateOf(lake)).toEqual(whole);
    expect(await agree(lake)).toBe(questions.length);
    await rm(lake, { recursive: true });
  });
  await Promise.all(killed);
  await made.remove();
  await rm(undisturbed, { recursive: true });
});
