import type { ChildProcess } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { verifyLake } from '@headwater/etl';
import { simulateToFile } from '@headwater/simulator';
import { afterAll, expect, it } from 'vitest';
import { clickstream } from '../src/template/clickstream.ts';
import { config, runCli } from './run-cli.ts';

// Small by default; HEADWATER_KILLS=50 HEADWATER_KILL_ROWS=1000000 is the whole of it.
const kills = Number(process.env['HEADWATER_KILLS'] ?? 6);
const rows = Number(process.env['HEADWATER_KILL_ROWS'] ?? 60_000);
/** Named in the test, so that a failure can be had again. */
const seed = Number(process.env['HEADWATER_KILL_SEED'] ?? randomInt(1_000_000));

const folder = mkdtempSync(join(tmpdir(), 'headwater-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inputs = ['first.csv', 'second.csv.gz'].map((name) => join(folder, name));
const load = (lake: string, input: number) => [
  'etl',
  'run',
  inputs[input] ?? '',
  '--lake',
  lake,
  '--config',
  config,
];

/** The n-th number of the seed, from 0 up to 1. */
const chance = (n: number): number =>
  createHash('sha256').update(`${seed} ${n}`).digest().readUInt32BE() / 2 ** 32;

/** Every data file of the lake by its path, with the hash of its bytes. */
function contents(lake: string): Record<string, string> {
  const entries = readdirSync(join(lake, clickstream.name), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
  return Object.fromEntries(files.sort().map((file) => [file.slice(lake.length), hash(file)]));
}

/** Waits until a run has made its staging folder, or has ended. */
async function atWork(run: ChildProcess, lake: string): Promise<void> {
  const staging = join(lake, '_headwater', clickstream.name, 'staging');
  while (run.exitCode === null && !existsSync(staging)) await sleep(5);
}

const verify = async (lake: string) => {
  const { rows, problems, leftovers } = await verifyLake({ table: clickstream, lake });
  return { rows, problems, leftovers };
};

it(`a load killed at ${kills} random instants (HEADWATER_KILL_SEED=${seed}) leaves the lake before or after it, and run again ends as if undisturbed`, async () => {
  const half = { events: rows / 2, days: 7, start: '2019-10-01', dirty: 0.02 };
  await simulateToFile({ ...half, seed: 1, out: inputs[0] ?? '' });
  await simulateToFile({ ...half, seed: 2, out: inputs[1] ?? '' });
  const [before, undisturbed, lake] = ['before', 'undisturbed', 'killed'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  expect(await runCli(load(before, 0))).toMatchObject({ code: 0 });
  cpSync(before, undisturbed, { recursive: true });
  let started = performance.now();
  expect(await runCli(load(undisturbed, 1))).toMatchObject({ code: 0 });
  let span = performance.now() - started;
  const [rowsBefore, rowsAfter] = [(await verify(before)).rows, (await verify(undisturbed)).rows];
  expect(rowsAfter).toBeGreaterThan(rowsBefore);

  cpSync(before, lake, { recursive: true });
  const outcomes: string[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    started = performance.now();
    // The first is killed at work for certain, however fast the machine has become meanwhile.
    const instant = kill === 0 ? atWork : () => sleep(chance(kill) * span);
    const { code } = await runCli(load(lake, 1), {
      started: (child) => void instant(child, lake).then(() => child.kill('SIGKILL')),
    });
    if (code === 0) span = Math.min(span, performance.now() - started);
    const { rows: found, problems } = await verify(lake);
    expect({ kill, problems }).toEqual({ kill, problems: [] });
    expect([rowsBefore, rowsAfter]).toContain(found);
    outcomes.push(
      code === 0 ? 'ended first' : found === rowsAfter ? 'after the commit' : 'before the commit',
    );
    if (found === rowsBefore) continue;
    // It was too late: the next one starts from the lake as it was before.
    expect(contents(lake)).toEqual(contents(undisturbed));
    rmSync(lake, { recursive: true });
    cpSync(before, lake, { recursive: true });
  }
  console.info(`killed with seed ${seed}: ${outcomes.join(', ')}`);
  expect(outcomes).toContain('before the commit');
  expect(await runCli(load(lake, 1))).toMatchObject({ code: 0 });
  expect(await verify(lake)).toEqual({ rows: rowsAfter, problems: [], leftovers: [] });
  expect(contents(lake)).toEqual(contents(undisturbed));
}, 3_600_000);
