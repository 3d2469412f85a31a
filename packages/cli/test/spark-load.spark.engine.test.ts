import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { sparkEnvironment } from '@headwater/local-aws/testing';
import { metrics } from '@headwater/queries';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

// HEADWATER_SPARK_ROWS=1000000 runs the same over a million events.
const rows = process.env['HEADWATER_SPARK_ROWS'] ?? '30000';
const days = 7;
const folder = mkdtempSync(join(tmpdir(), 'headwater-spark-load-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
// Short runs end before the better compiler of Java pays.
const quick = Number(rows) < 500_000 ? { JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1' } : {};
const env = { ...sparkEnvironment(), ...quick, XDG_CACHE_HOME: join(folder, 'cache') };

async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await runCli([...args, '--config', config, '--json'], {
    cwd: folder,
    env,
  });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

const load = (engine: string, lake: string, ...files: readonly string[]) =>
  json('etl', 'run', ...files, '--lake', lake, '--engine', engine, '--memory-limit', '3GB');

/** The rows of a query over a table's files, each as a text. */
async function rowsOf(lake: string, table: string, select: string): Promise<string[]> {
  const root = join(folder, lake, table);
  const files = readdirSync(root, { recursive: true }).map(String);
  const list = files.filter((name) => name.endsWith('.parquet')).map((name) => `'${join(root, name)}'`);
  const connection = await (await DuckDBInstance.create()).connect();
  const reader = await connection.runAndReadAll(
    `SET TimeZone = 'UTC'; SELECT to_json(one)::VARCHAR AS text FROM (${select.replace('FILES', `read_parquet([${list.join(', ')}], hive_partitioning = false)`)}) one`,
  );
  return reader.getRowObjectsJS().map(({ text }) => String(text));
}

/** The rows of each day: their number, and the sum of their hashes. The engines' types differ in whether a time says that it is UTC. */
const perDay = (lake: string) =>
  rowsOf(
    lake,
    'clickstream',
    `SELECT event_time::DATE AS day, count(*) AS rows, sum(hash(event)::HUGEINT)::VARCHAR AS content
     FROM (SELECT * REPLACE (epoch_ms(epoch_ms(event_time)) AS event_time) FROM FILES) event GROUP BY 1 ORDER BY 1`,
  );

/** The quarantine, but for the id of the run. */
const quarantine = (lake: string) =>
  rowsOf(
    lake,
    'clickstream__quarantine',
    'SELECT source, line, raw, record, reasons, schema_version FROM FILES ORDER BY source, line',
  );

const counts = [
  'rowsIn',
  'rowsOut',
  'duplicates',
  'quarantined',
  'filtered',
  'partitions',
  'days',
  'reasons',
];

describe('simulated events by DuckDB and by Spark', () => {
  const reports = new Map<string, Record<string, unknown>>();

  beforeAll(async () => {
    const simulate = [
      '--events',
      rows,
      '--days',
      String(days),
      '--seed',
      '5',
      '--dirty',
      '2%',
      '--out',
      'all.csv',
    ];
    expect((await runCli(['simulate', ...simulate], { cwd: folder, env })).code).toBe(0);
    const [header = '', ...lines] = readFileSync(join(folder, 'all.csv'), 'utf8').trimEnd().split('\n');
    // The second begins with rows of the first, which are late by then, and is packed.
    const half = Math.floor(lines.length / 2);
    writeFileSync(join(folder, 'first.csv'), [header, ...lines.slice(0, half), ''].join('\n'));
    const rest = [header, ...lines.slice(half - 1000), ''].join('\n');
    writeFileSync(join(folder, 'second.csv.gz'), gzipSync(rest));
    const both = ['first.csv', 'second.csv.gz'];
    reports.set('duckdb', await load('duckdb', 'duckdb', ...both));
    reports.set('spark', await load('spark', 'spark', ...both));
    await load('spark', 'spark-duckdb', 'first.csv');
    reports.set('spark-duckdb', await load('duckdb', 'spark-duckdb', 'second.csv.gz'));
    await load('duckdb', 'duckdb-spark', 'first.csv');
    reports.set('duckdb-spark', await load('spark', 'duckdb-spark', 'second.csv.gz'));
  }, 1_800_000);

  it('are counted alike, input by input', () => {
    const [duckdb, spark] = [reports.get('duckdb'), reports.get('spark')];
    for (const name of counts) expect(spark?.[name], name).toEqual(duckdb?.[name]);
    expect(spark?.['inputs']).toEqual(duckdb?.['inputs']);
    expect(Number(spark?.['duplicates'])).toBeGreaterThan(1000 - 100);
    expect(Number(spark?.['quarantined'])).toBeGreaterThan(0);
  });

  it('are the same when one engine begins and the other goes on', () => {
    const [first, second] = [reports.get('spark-duckdb'), reports.get('duckdb-spark')];
    for (const name of counts) expect(second?.[name], name).toEqual(first?.[name]);
    expect(second?.['inputs']).toEqual(first?.['inputs']);
  });

  it.each(['spark', 'spark-duckdb', 'duckdb-spark'])('are the same rows on each day: %s', async (lake) => {
    const expected = await perDay('duckdb');
    expect(expected).toHaveLength(days);
    expect(await perDay(lake)).toEqual(expected);
    expect(await json('etl', 'verify', '--lake', lake)).toMatchObject({ ok: true, problems: [] });
  });

  it.each(['spark', 'spark-duckdb', 'duckdb-spark'])('have the same quarantine: %s', async (lake) => {
    expect(await quarantine(lake)).toEqual(await quarantine('duckdb'));
  });

  it('answer every metric alike', async () => {
    const range = ['--from', '2019-10-01', '--to', '2019-10-07'];
    for (const metric of Object.keys(metrics)) {
      const answer = await json('query', metric, ...range, '--lake', 'duckdb');
      expect(answer.length, metric).toBeGreaterThan(0);
      expect(await json('query', metric, ...range, '--lake', 'spark'), metric).toEqual(answer);
      expect(await json('query', metric, ...range, '--lake', 'spark-duckdb'), metric).toEqual(answer);
    }
  }, 600_000);
});
