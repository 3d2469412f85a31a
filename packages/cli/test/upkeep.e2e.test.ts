import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-upkeep-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const place = ['--lake', 'lake', '--config', config];
const env = { XDG_CACHE_HOME: join(folder, 'cache') };
const run = (...args: readonly string[]) => runCli(args, { cwd: folder, env });
async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

beforeAll(async () => {
  const header = 'event_time,event_type,product_id,brand,price,user_id\n';
  const rows = Array.from(
    { length: 60 },
    (_, n) =>
      `2019-10-0${1 + (n % 3)} 00:00:${10 + (n % 50)} UTC,view,${n},nike,5.00,${7_000_000_001 + (n % 4)}`,
  );
  writeFileSync(join(folder, 'raw.csv'), `${header}${rows.join('\n')}\ncut off\n`);
  expect(await json('etl', 'run', 'raw.csv', ...place)).toMatchObject({ rowsOut: 60, quarantined: 1 });
});

it('expires days, and only when that is confirmed', async () => {
  const expire = ['etl', 'expire', ...place, '--older-than', '2019-10-02'];
  expect(await run('etl', 'expire', ...place)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('needs --older-than'),
  });
  expect(await run(...expire)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('Give --yes'),
  });
  const what = '1 day before 2019-10-02 (20 rows, 2019-10-01 to 2019-10-01), 1 file';
  expect((await run(...expire, '--dry-run')).stdout).toContain(
    `Dry run: nothing was changed. It would remove ${what}`,
  );
  expect(await json('etl', 'status', ...place)).toMatchObject({ rows: 60 });
  expect((await run(...expire, '--yes')).stdout).toContain(`removed ${what}`);
  expect((await run(...expire, '--yes')).stdout).toBe('Nothing to remove: no day is before 2019-10-02.\n');
  expect((await run('etl', 'status', ...place)).stdout).toMatch(/erased\n(.*\n)*.* expire .* 20\n/);
  expect(await json('etl', 'verify', ...place)).toMatchObject({ ok: true, rows: 40 });
  expect(await run('etl', 'expire', ...place, '--older-than', 'soon', '--yes')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('such as 90d'),
  });
});

it('erases actors, whose ids come from a file, from standard input or from options, and are in no output', async () => {
  const id = '7000000002';
  const forget = ['etl', 'forget', ...place];
  expect(await run(...forget)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--actors-from FILE'),
  });
  expect(await run(...forget, '--actor', id)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('Give --yes'),
  });
  const dry = await run(...forget, '--actor', id, '--dry-run');
  expect(dry).toMatchObject({ code: 0 });
  expect(dry.stdout).toContain(
    'Dry run: nothing was changed. It would erase 10 rows of 1 actor on 2 days, and 0 quarantined rows',
  );
  expect(await json('etl', 'status', ...place)).toMatchObject({ rows: 40 });

  const cached = join(folder, 'cache', 'headwater', 'answers', 'c'.repeat(64));
  mkdirSync(dirname(cached), { recursive: true });
  writeFileSync(cached, 'an answer');
  writeFileSync(join(folder, 'ids.txt'), `\r\n ${id} \r\n${id}\n`);
  const done = await run(...forget, '--actors-from', 'ids.txt', '--yes');
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(done.stdout).toContain('erased 10 rows of 1 actor on 2 days');
  expect(done.stdout).toContain('no file of the table holds such a row');
  expect(done.stdout).toContain('1 cached answer\n');
  expect(done.stdout).toContain('the raw files that were loaded');
  expect(existsSync(cached)).toBe(false);
  for (const { stdout, stderr } of [dry, done]) expect(stdout + stderr).not.toContain(id);
  expect(await json('etl', 'verify', ...place)).toMatchObject({ ok: true, rows: 30 });
  expect((await run('etl', 'status', ...place)).stdout).toMatch(/ forget .* 10\n/);

  const given = await runCli([...forget, '--actors-from', '-', '--yes', '--json'], {
    cwd: folder,
    env,
    input: '7000000003\n',
  });
  expect(JSON.parse(given.stdout)).toMatchObject({ rows: 10, actors: 1, table: 'clickstream' });
  expect(given.stdout + given.stderr).not.toContain('7000000003');
  const wrong = await run(...forget, '--actor', 'somebody', '--yes');
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('number 1 of 1') });
  expect(wrong.stderr).not.toContain('somebody');
  expect(await run(...forget, '--actors-from', 'absent.txt', '--yes')).toMatchObject({ code: 2 });
});

it('compacts and replays by the engine that is asked for', async () => {
  // No Python is there: Spark is started for what it has to do, and for nothing else.
  const noSpark = { ...env, PYSPARK_PYTHON: join(folder, 'no-python'), PYSPARK_DRIVER_PYTHON: '' };
  const bySpark = (command: string) =>
    runCli(['etl', command, ...place, '--engine', 'spark'], { cwd: folder, env: noSpark });
  expect(await bySpark('replay')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Spark cannot be started'),
  });
  expect(await bySpark('compact')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('every day is compact'),
  });
  expect((await run('etl', 'replay', ...place)).stdout).toContain('all are rejected again');
  expect(await run('etl', 'compact', ...place, '--engine', 'flink')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('duckdb'),
  });
});
