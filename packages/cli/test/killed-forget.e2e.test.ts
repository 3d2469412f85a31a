import { createHash, randomInt } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { lakeStatus, verifyLake } from '@headwater/etl';
import { simulateToFile } from '@headwater/simulator';
import { afterAll, expect, it } from 'vitest';
import { clickstream } from '../src/template/clickstream.ts';
import { config, runCli } from './run-cli.ts';

// Small by default; HEADWATER_KILLS=50 HEADWATER_KILL_ROWS=1000000 is the whole of it.
const kills = Number(process.env['HEADWATER_KILLS'] ?? 5);
const rows = Number(process.env['HEADWATER_KILL_ROWS'] ?? 60_000);
/** Named in the test, so that a failure can be had again. */
const seed = Number(process.env['HEADWATER_KILL_SEED'] ?? randomInt(1_000_000));

const folder = mkdtempSync(join(tmpdir(), 'headwater-killed-forget-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const env = { XDG_CACHE_HOME: join(folder, 'cache') };

/** The n-th number of the seed, from 0 up to 1. */
const chance = (n: number): number =>
  createHash('sha256').update(`${seed} ${n}`).digest().readUInt32BE() / 2 ** 32;

/** Every data file of the lake by its path, with the hash of its bytes. */
function contents(lake: string): Record<string, string> {
  const files = [clickstream.name, `${clickstream.name}__quarantine`].flatMap((table) =>
    readdirSync(join(lake, table), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
  return Object.fromEntries(files.sort().map((file) => [file.slice(lake.length), hash(file)]));
}

/** The actors with the most rows in a lake. */
async function busiest(lake: string, count: number): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const found = await connection.runAndReadAll(
    `SELECT user_id::VARCHAR AS id FROM read_parquet('${lake}/${clickstream.name}/*/*.parquet') GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${count}`,
  );
  connection.closeSync();
  instance.closeSync();
  return found.getRowObjectsJson().map(({ id }) => String(id));
}

const look = async (lake: string) => {
  const { rows: found, problems } = await verifyLake({ table: clickstream, lake });
  const { quarantined } = await lakeStatus({ table: clickstream, lake });
  return { rows: found, quarantined, problems };
};

it(`an erasure killed at ${kills} random instants (HEADWATER_KILL_SEED=${seed}) leaves the lake before or after it, and run again ends as if undisturbed`, async () => {
  const input = join(folder, 'raw.csv');
  await simulateToFile({ events: rows, days: 7, start: '2019-10-01', dirty: 0.02, seed: 1, out: input });
  const [before, undisturbed, lake] = ['before', 'undisturbed', 'killed'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  expect(await runCli(['etl', 'run', input, '--lake', before, '--config', config], { env })).toMatchObject({
    code: 0,
  });
  const ids = await busiest(before, 3);
  const forget = (place: string, started?: (child: { kill(signal: 'SIGKILL'): boolean }) => void) =>
    runCli(['etl', 'forget', '--actors-from', '-', '--yes', '--lake', place, '--config', config], {
      ...{ env, input: ids.join('\n') },
      ...(started ? { started } : {}),
    });
  cpSync(before, undisturbed, { recursive: true });
  let started = performance.now();
  expect(await forget(undisturbed)).toMatchObject({ code: 0 });
  let span = performance.now() - started;
  const [first, last] = [await look(before), await look(undisturbed)];
  expect(last.rows).toBeLessThan(first.rows);
  const expected = contents(undisturbed);

  const outcomes: string[] = [];
  cpSync(before, lake, { recursive: true });
  for (let kill = 0; kill < kills; kill += 1) {
    started = performance.now();
    // Half of the time goes by before the program is at work.
    const instant = (0.3 + 0.7 * chance(kill)) * span;
    const { code } = await forget(lake, (child) => void sleep(instant).then(() => child.kill('SIGKILL')));
    if (code === 0) span = Math.min(span, performance.now() - started);
    const found = await look(lake);
    expect({ kill, problems: found.problems }).toEqual({ kill, problems: [] });
    expect([first, last]).toContainEqual(found);
    const isAfter = found.rows === last.rows;
    outcomes.push(code === 0 ? 'ended first' : isAfter ? 'after the commit' : 'before the commit');
    if (!isAfter) continue;
    // It was too late. Run again it deletes what the dead one left, and the next one starts from the lake as it was before.
    expect(await forget(lake)).toMatchObject({ code: 0 });
    expect(contents(lake)).toEqual(expected);
    rmSync(lake, { recursive: true });
    cpSync(before, lake, { recursive: true });
  }
  console.info(`killed with seed ${seed}: ${outcomes.join(', ')}`);
  expect(await forget(lake)).toMatchObject({ code: 0 });
  expect(contents(lake)).toEqual(expected);
  const { leftovers } = await verifyLake({ table: clickstream, lake });
  expect(leftovers).toEqual([]);
}, 3_600_000);
