import { createHash, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { usePostgres } from '@headwater/local-aws/testing';
import { simulateToFile } from '@headwater/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { config, runCli } from './run-cli.ts';

// Small by default; HEADWATER_POSTGRES_ROWS=1000000 HEADWATER_KILLS=50 is the whole of it.
const rows = Number(process.env['HEADWATER_POSTGRES_ROWS'] ?? 100_000);
const kills = Number(process.env['HEADWATER_KILLS'] ?? 5);
/** Named in the test, so that a failure can be had again. */
const seed = Number(process.env['HEADWATER_KILL_SEED'] ?? randomInt(1_000_000));

const postgres = usePostgres();
const folder = mkdtempSync(join(tmpdir(), 'headwater-lake-load-'));
const lake = join(folder, 'lake');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Adds simulated events to the lake, some of them dirty. */
async function add(events: number, number: number): Promise<void> {
  const out = join(folder, `${number}.csv`);
  await simulateToFile({ events, days: 7, start: '2019-10-01', dirty: 0.01, seed: number, out });
  expect(await runCli(['etl', 'run', out, '--lake', lake, '--config', config])).toMatchObject({ code: 0 });
}

const load = (url: string, more: readonly string[] = [], started?: Parameters<typeof runCli>[1]) =>
  runCli(
    [
      'lake',
      'load',
      '--to',
      'postgres',
      '--table',
      'clickstream',
      '--lake',
      lake,
      '--config',
      config,
      ...more,
    ],
    {
      env: { HEADWATER_POSTGRES_URL: url },
      ...started,
    },
  );

/** What loads report with `--json`. */
const reportOf = (stdout: string): Record<string, unknown> => JSON.parse(stdout).tables[0];

/** The rows of the table, the rows that are recorded for it, and those that are there twice. */
async function countsOf(url: string): Promise<Record<string, unknown>> {
  const [found] = await postgres.queryOn(url, "SELECT to_regclass('clickstream') IS NOT NULL AS made");
  if (!found?.['made']) return { table: 0, recorded: 0, unlike: 0 };
  const [counts = {}] = await postgres.queryOn(
    url,
    `SELECT (SELECT count(*)::int FROM clickstream) AS table,
       (SELECT coalesce(sum(rows), 0)::int FROM _headwater.files) AS recorded,
       (SELECT count(*)::int FROM (SELECT dt, count(*) AS n FROM clickstream GROUP BY dt) t
         FULL JOIN (SELECT day, sum(rows) AS n FROM _headwater.files GROUP BY day) f ON t.dt = f.day
         WHERE t.n IS DISTINCT FROM f.n) AS unlike`,
  );
  return counts;
}

beforeAll(() => add(rows, 1));

test(`${rows} events are loaded into PostgreSQL, and a second time not one row`, async () => {
  const url = await postgres.createDatabase();
  const dry = await load(url, ['--dry-run']);
  expect(dry).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/would load [\d,]+ rows of \d+ files into a new table/),
  });
  const first = await load(url, ['--json']);
  expect(first).toMatchObject({ code: 0 });
  const { totalRows, seconds, ...report } = reportOf(first.stdout);
  console.info(`loaded ${totalRows} rows in ${Number(seconds).toFixed(1)} s`);
  expect(report).toMatchObject({
    target: 'public.clickstream',
    isNew: true,
    from: 0,
    to: 1,
    rows: totalRows,
  });
  expect(totalRows).toBeGreaterThan(rows * 0.9);
  const again = await load(url);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to load') });
  expect(await countsOf(url)).toEqual({ table: totalRows, recorded: totalRows, unlike: 0 });
  // The key is the whole row, so equal rows would be an event twice.
  const [twice] = await postgres.queryOn(
    url,
    'SELECT count(*)::int AS n FROM (SELECT DISTINCT * FROM clickstream) d',
  );
  expect(twice).toEqual({ n: totalRows });
  // What the table answers is what the lake answers.
  for (const metric of ['revenue', 'daily-visitors']) {
    const ask = [
      'query',
      metric,
      '--from',
      '2019-10-01',
      '--to',
      '2019-10-07',
      '--lake',
      lake,
      '--config',
      config,
    ];
    const [inLake, inDatabase] = await Promise.all(
      ['duckdb', 'postgres'].map((engine) =>
        runCli([...ask, '--engine', engine, '--json'], { env: { HEADWATER_POSTGRES_URL: url } }),
      ),
    );
    expect(inDatabase).toMatchObject({ code: 0 });
    expect(JSON.parse(inDatabase?.stdout ?? '')).toEqual(JSON.parse(inLake?.stdout ?? ''));
  }
  for (const { stdout, stderr } of [dry, first, again]) expect(stdout + stderr).not.toMatch(/secret/);
});

test('what cannot be loaded is said with what to do, and without the password', async () => {
  const url = new URL(await postgres.createDatabase());
  const unset = await load('');
  expect(unset).toMatchObject({ code: 2, stderr: expect.stringContaining('HEADWATER_POSTGRES_URL') });
  const role = await load(url.href, ['--indexes', 'actor,nobody']);
  expect(role).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--indexes nobody: expected roles'),
  });
  url.password = 'hidden';
  const wrong = await load('', ['--url', url.href, '--json']);
  expect(wrong.code).toBe(1);
  expect(wrong.stdout + wrong.stderr).toContain('WAREHOUSE_UNREACHABLE');
  expect(wrong.stdout + wrong.stderr).not.toContain('hidden');
});

test(`a load killed at ${kills} random instants (HEADWATER_KILL_SEED=${seed}) leaves whole steps, and run again ends as if undisturbed`, async () => {
  const undisturbed = await postgres.createDatabase();
  const fresh = await load(undisturbed, ['--json']);
  let span = Number(reportOf(fresh.stdout)['seconds']) * 1000;
  const chance = (n: number): number =>
    createHash('sha256').update(`${seed} ${n}`).digest().readUInt32BE() / 2 ** 32;
  const outcomes: string[] = [];
  let url = await postgres.createDatabase();
  for (let kill = 0; kill < kills; kill += 1) {
    // In the middle of the run, a new lake: late rows, and days that a compaction replaced.
    if (kill === Math.floor(kills / 2)) {
      await load(url);
      await add(Math.ceil(rows / 10), 2);
      expect(await runCli(['etl', 'compact', '--lake', lake, '--config', config])).toMatchObject({ code: 0 });
    }
    const { code } = await load(url, [], {
      started: (child) => {
        // It is killed at work: from the first change in the database to about its end.
        void (async () => {
          const before = JSON.stringify(await countsOf(url));
          while (child.exitCode === null && kill % 2 === 0 && JSON.stringify(await countsOf(url)) === before)
            await sleep(5);
          await sleep(chance(kill) * span * (kill % 2 === 0 ? 0.5 : 1));
          child.kill('SIGKILL');
        })();
      },
    });
    const { table, recorded, unlike } = await countsOf(url);
    expect({ kill, table, unlike }).toEqual({ kill, table: recorded, unlike: 0 });
    outcomes.push(code === 0 ? 'ended first' : `${table} rows`);
    if (code !== 0) continue;
    // It was too late: the next one starts from nothing.
    span *= 0.8;
    url = await postgres.createDatabase();
  }
  console.info(`killed with seed ${seed}: ${outcomes.join(', ')}`);
  expect(await load(url)).toMatchObject({ code: 0 });
  expect(await load(undisturbed)).toMatchObject({ code: 0 });
  const hash = `SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text COLLATE "C")) AS hash, count(*)::int AS n FROM clickstream t`;
  expect(await postgres.queryOn(url, hash)).toEqual(await postgres.queryOn(undisturbed, hash));
  expect(await countsOf(url)).toMatchObject({ unlike: 0 });
}, 3_600_000);
