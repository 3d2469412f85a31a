import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { usePostgres } from '@headwater/local-aws/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config as cloneConfig, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-postgres-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const postgres = usePostgres();
const week = ['--from', '2019-10-01', '--to', '2019-10-07'];
let url = '';
const run = (...args: readonly string[]) =>
  runCli(args, { cwd: folder, env: { HEADWATER_POSTGRES_URL: url } });

beforeAll(async () => {
  url = postgres.url;
  writeFileSync(
    join(folder, 'headwater.config.mjs'),
    `import base from ${JSON.stringify(pathToFileURL(cloneConfig).href)};\nexport default { ...base, lake: './lake' };\n`,
  );
  const made = await run('simulate', '--events', '5k', '--days', '7', '--seed', '3', '--out', 'raw.csv');
  expect(made).toMatchObject({ code: 0 });
  expect(await run('etl', 'run', 'raw.csv')).toMatchObject({ code: 0 });
  const { stdout: table } = await run('derive', 'postgres-table');
  await postgres.query(table);
  const { stdout: rows } = await run('sql', 'select * exclude (dt) from clickstream', '--json');
  await postgres.insert('clickstream', JSON.parse(rows));
});

it.each([
  ['revenue'],
  ['repeat-views'],
  ['top-products', '--by', 'brand', '--where', 'event_type=view', '--where', 'event_type=purchase'],
])('gives the rows of DuckDB: %s', async (...asked) => {
  const ask = async (...more: readonly string[]) => {
    const { code, stdout, stderr } = await run('query', ...asked, ...week, '--json', ...more);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout);
  };
  const expected = await ask();
  expect(expected.length).toBeGreaterThan(5);
  expect(await ask('--engine', 'postgres')).toEqual(expected);
});

it('runs a statement, and prints every integer as digits', async () => {
  const text = "select count(*) as n, max(product_id) as id from clickstream where dt = '2019-10-01'";
  const local = await run('sql', text, '--json');
  expect(await run('sql', text, '--engine', 'postgres', '--json')).toEqual(local);
  expect(await run('sql', 'delete from clickstream', '--engine', 'postgres')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('[QUERY_NOT_READ_ONLY]'),
  });
});

it('explains by the plan of the server, and refuses what is above the maximum', async () => {
  await postgres.query('analyze clickstream');
  const { code, stdout } = await run('query', 'revenue', ...week, '--engine', 'postgres', '--explain');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^engine +postgres\nreads +clickstream: [\d.]+ [kM]B in 1 partition, 2019-/);
  expect(stdout).toMatch(/\nestimate +[\d.]+ [kM]B.*\nsql +with "events_read" as \(/);
  const refused = await run('query', 'revenue', ...week, '--engine', 'postgres', '--max-scan', '1kB');
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('[SCAN_BUDGET_EXCEEDED]') });
});

it('prints the SQL for Redshift, and runs none', async () => {
  const asked = ['query', 'revenue', ...week, '--engine', 'redshift'];
  const { code, stdout } = await run(...asked, '--explain');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^engine +redshift\nsql +with "events_read" as \(/);
  expect(stdout).toContain('datediff(millisecond, ');
  expect(await run(...asked)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('`--explain` prints it'),
  });
});

it('is checked by doctor, and never shows the password', async () => {
  const { stdout } = await run('doctor');
  expect(stdout).toMatch(/good {2}PostgreSQL: 18\.\d+, database \w+: 1 table of the config\n/);
  const wrong = new URL(url);
  wrong.password = 'not-this-one';
  const env = { HEADWATER_POSTGRES_URL: wrong.href };
  for (const args of [['doctor'], ['query', 'revenue', ...week, '--engine', 'postgres']]) {
    const { code, ...texts } = await runCli(args, { cwd: folder, env });
    expect(code).toBe(1);
    expect(JSON.stringify(texts)).toContain('28P01');
    expect(JSON.stringify(texts)).not.toContain('not-this-one');
  }
  const bare = await runCli(['query', 'revenue', ...week, '--engine', 'postgres'], {
    cwd: folder,
    env: { HEADWATER_POSTGRES_URL: '' },
  });
  expect(bare).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('set `postgres: { url }`, or the variable HEADWATER_POSTGRES_URL'),
  });
});
