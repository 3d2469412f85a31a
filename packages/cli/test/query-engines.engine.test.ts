import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import type { Config } from '@headwater/cli';
import { awsTarget, deriveGlueTable } from '@headwater/core';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config as cloneConfig, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-engines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const aws = useAwsSandbox('cli');
const week = ['--from', '2019-10-01', '--to', '2019-10-07'];
const env = { XDG_CACHE_HOME: join(folder, 'cache') };
const run = (...args: readonly string[]) => runCli(args, { cwd: folder, env });

beforeAll(async () => {
  const names = {
    region: 'us-east-1',
    account: '123456789012',
    database: aws.database,
    // A workgroup that publishing does not make, and that has no place for results.
    workgroup: 'primary',
    results: `s3://${aws.bucket}/_athena`,
  };
  const settings = {
    lake: aws.location,
    aws: { ...names, firstDay: '2019-10-01' },
    trino: { url: aws.endpoints.trino, catalog: 'awsdatacatalog', schema: aws.database },
    maxScan: '1 GB',
  };
  writeFileSync(
    join(folder, 'headwater.config.mjs'),
    `import base from ${JSON.stringify(pathToFileURL(cloneConfig).href)};\nexport default { ...base, ...${JSON.stringify(settings)} };\n`,
  );
  const clone: { default: Config } = await import(pathToFileURL(cloneConfig).href);
  const [{ schema }] = clone.default.tables;
  const target = awsTarget({ ...settings.aws, location: aws.location });
  await new GlueClient().send(
    new CreateTableCommand({ DatabaseName: aws.database, TableInput: deriveGlueTable(schema, target) }),
  );
  expect(
    await run('simulate', '--events', '5k', '--days', '7', '--seed', '3', '--out', 'raw.csv'),
  ).toMatchObject({ code: 0 });
  expect(await run('etl', 'run', 'raw.csv')).toMatchObject({ code: 0 });
  expect(await run('etl', 'run', 'raw.csv', '--lake', 'local')).toMatchObject({ code: 0 });
});

it.each(['revenue', 'repeat-views'])('gives the same rows of %s on every engine', async (metric) => {
  const ask = async (...more: readonly string[]) => {
    const { code, stdout, stderr } = await run('query', metric, ...week, '--json', ...more);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout);
  };
  const expected = await ask('--lake', 'local');
  expect(expected).toHaveLength(7);
  expect(await ask('--engine', 'trino')).toEqual(expected);
  expect(await ask('--engine', 'athena')).toEqual(expected);
});

it('serves the same page from every engine', async () => {
  const days = { from: '2019-10-04', to: '2019-10-07' };
  const figures = async (...more: readonly string[]): Promise<readonly unknown[]> => {
    let ended: Promise<unknown> = Promise.resolve();
    let stop = (): unknown => undefined;
    const url = await new Promise<string>((resolve) => {
      ended = runCli(['dashboard', '--port', '0', ...more], {
        cwd: folder,
        env,
        started(child) {
          stop = () => child.kill('SIGTERM');
          child.stdout?.once('data', (line: Buffer | string) =>
            resolve((JSON.parse(String(line)) as { url: string }).url),
          );
        },
      });
    });
    const ask = async (tile: string): Promise<unknown> => {
      const state = new URLSearchParams({ ...days, compare: 'none' }).toString();
      const sent = await fetch(`${url}api/answer`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ page: 'page-of-a-test', view: 1, tile, state, width: 616 }),
      });
      const answer = (await sent.json()) as { value?: unknown; table?: { rows: unknown } };
      expect(sent.status, JSON.stringify(answer)).toBe(200);
      return answer.value ?? answer.table?.rows;
    };
    try {
      return await Promise.all(['visitors', 'order', 'course', 'brands'].map(ask));
    } finally {
      stop();
      await ended;
    }
  };
  const expected = await figures('--lake', 'local');
  expect(Number(expected[0])).toBeGreaterThan(10);
  expect(await figures('--engine', 'trino')).toEqual(expected);
  expect(await figures('--engine', 'athena')).toEqual(expected);
});

it('says what a query read, beside what was estimated', async () => {
  const asked = ['query', 'revenue', ...week, '--engine', 'athena', '--format', 'csv'];
  const { stdout, stderr } = await run(...asked, '--no-cache');
  expect(stdout.split('\n')).toHaveLength(9);
  expect(stderr).toMatch(
    /^scanned [\d.]+ [kM]?B, estimated [\d.]+ [kM]?B to [\d.]+ [kM]?B, 0\.000050 USD, [\d.]+ s, query [\w-]+\n$/,
  );
  // The first test had this answer, of the same files.
  const again = await run(...asked);
  expect(again).toEqual({
    code: 0,
    stdout,
    stderr: expect.stringMatching(/^from the cache .* --no-cache runs the query again\n$/),
  });
  const trino = await run(
    'sql',
    "select count(*) as n from clickstream where dt < '2019-10-08'",
    '--engine',
    'trino',
    '--format',
    'csv',
  );
  expect(trino.stdout).toMatch(/^n\n4\d\d\d\n$/);
  expect(trino.stderr).toMatch(/^scanned .* query \d+_\d+_\d+_\w+\n$/);
});

it('prints every integer of a column as digits, whatever the engine and the value', async () => {
  const ids =
    'select cast(7 as bigint) as id union all select cast(1234567890123456789 as bigint) order by id';
  const expected = { code: 0, stdout: '[\n{"id":7},\n{"id":1234567890123456789}\n]\n', stderr: '' };
  expect(await run('sql', ids, '--lake', 'local', '--json')).toEqual(expected);
  for (const engine of ['trino', 'athena'])
    expect(await run('sql', ids, '--engine', engine, '--json')).toEqual(expected);
});

it('keeps no answer that names people', async () => {
  const answers = () => readdirSync(join(folder, 'cache', 'headwater', 'answers'));
  const before = answers();
  expect(before).not.toEqual([]);
  for (const args of [
    ['query', 'frequent-visitors', ...week],
    ['sql', "select user_id from clickstream where dt = '2019-10-01' limit 1"],
  ])
    expect(await run(...args, '--engine', 'trino')).toMatchObject({ code: 0 });
  expect(answers()).toEqual(before);
});

it('explains without running: SQL, partitions, estimate, price', async () => {
  const { code, stdout } = await run('query', 'revenue', ...week, '--engine', 'athena', '--explain');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^engine +athena\nreads +clickstream: [\d.]+ kB in 7 files of 7 partitions, 2019-10-01 to 2019-10-07; event_time, /,
  );
  expect(stdout).toMatch(
    /\nestimate +[\d.]+ kB to [\d.]+ kB\nprice +0\.000050 USD at 5 USD a terabyte, 10 MB at least\nlists +14 partitions, 0\.000070 USD that S3 charges for LIST requests\nmax scan +1 GB\nrollup +none: the lake has no valid rollup of revenue with a table in Glue[^\n]*\nsql +with "events_read" as \(/,
  );
  const json = await run('query', 'revenue', ...week, '--engine', 'trino', '--explain', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({
    engine: 'trino',
    sql: expect.stringContaining('with "events_read"'),
    estimate: {
      bytes: expect.any(Number),
      mostBytes: expect.any(Number),
      tables: [{ partitions: 7 }, { partitions: 7 }],
    },
  });
});

it('shows the values of parameters, wherever they go', async () => {
  const { stdout } = await run(
    'query',
    'top-brands',
    ...week,
    '--limit',
    '3',
    '--engine',
    'athena',
    '--explain',
  );
  expect(stdout).toMatch(/\nparameters ("\w+", )+3\n$/);
});

it('refuses what would read more than the budget, and what is no query', async () => {
  const refused = await run('query', 'revenue', ...week, '--engine', 'athena', '--max-scan', '1kB');
  expect(refused).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('[SCAN_BUDGET_EXCEEDED]'),
  });
  for (const format of ['csv', 'arrow'])
    expect(await run('sql', 'drop table clickstream', '--engine', 'trino', '--format', format)).toMatchObject(
      {
        code: 2,
        stderr: expect.stringContaining('[QUERY_NOT_READ_ONLY]'),
      },
    );
  const bare = await runCli(
    ['query', 'revenue', ...week, '--engine', 'trino', '--lake', 'local', '--config', cloneConfig],
    { cwd: folder },
  );
  expect(bare).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('`trino: { url, catalog, schema }`'),
  });
});

it('counts what is read of the quarantine, which is a table of the lake like any other', async () => {
  const { code, stdout } = await run(
    'sql',
    'from clickstream__quarantine',
    '--explain',
    '--json',
    '--engine',
    'trino',
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout).estimate.tables).toMatchObject([{ table: 'clickstream__quarantine' }]);
});

it('says which days of the lake are outside of the projection, and so missing from an answer', async () => {
  writeFileSync(
    join(folder, 'early.csv'),
    'event_time,event_type,product_id,price,user_id\n2019-09-30 12:00:00 UTC,purchase,1,2.50,7\n',
  );
  const omits =
    /queries on Athena and Trino omit 1 row in 1 day \(2019-09-30\): .*; set firstDay in `aws` to 2019-09-30 or earlier/;
  expect(await run('etl', 'run', 'early.csv')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(omits),
  });
  const ask = (from: string, ...more: readonly string[]) =>
    run('query', 'revenue', '--from', from, '--to', '2019-10-01', '--format', 'csv', ...more);
  // DuckDB reads the manifests, and so has both days.
  await run('etl', 'run', 'early.csv', '--lake', 'local');
  const local = await ask('2019-09-30', '--lake', 'local');
  expect(local).toMatchObject({ code: 0, stderr: '' });
  expect(local.stdout).toContain('\n2019-09-30,0,1,2.5,');
  for (const engine of ['trino', 'athena']) {
    const asked = await ask('2019-09-30', '--engine', engine);
    expect(asked.stdout).not.toContain('2019-09-30');
    expect(asked.stderr).toMatch(omits);
    expect((await ask('2019-10-01', '--engine', engine)).stderr).not.toMatch(omits);
  }
  const count = await run(
    'sql',
    "select count(*) as n from clickstream where dt < '2019-10-02'",
    '--engine',
    'trino',
    '--format',
    'csv',
  );
  expect(count.stderr).toMatch(omits);
  const plan = await run('schema', 'publish', '--dry-run');
  expect(plan.stdout).toMatch(new RegExp(`warning: ${omits.source}`));
  const data = await run('schema', 'publish', '--dry-run', '--json');
  expect(JSON.parse(data.stdout)).toMatchObject({ unprojected: { days: 1, rows: 1, first: '2019-09-30' } });
});
