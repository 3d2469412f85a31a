import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DeleteJobCommand, GlueClient } from '@aws-sdk/client-glue';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { metrics } from '@headwater/queries';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { config, runCli } from './run-cli.ts';

// HEADWATER_SPARK_ROWS=1000000 submits a million events.
const rows = Number(process.env['HEADWATER_SPARK_ROWS'] ?? 6000);

const aws = useAwsSandbox('spark-job');
const folder = mkdtempSync(join(tmpdir(), 'headwater-spark-job-'));
const job = () => `headwater-${aws.database}-clickstream`;
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await new GlueClient().send(new DeleteJobCommand({ JobName: job() }));
});

const env = { XDG_CACHE_HOME: join(folder, 'cache') };
const week = ['--from', '2019-10-01', '--to', '2019-10-07'];

async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await runCli([...args, '--json'], { cwd: folder, env });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

/** Parts of the events in every format. The last one has damaged rows. */
const parts = ['part-1.csv', 'part-2.jsonl.zst', 'part-3.parquet', 'part-4.csv.gz'];
/** What is loaded first, and what comes later: it has rows of the first part again, which are late by then. */
const files = { first: parts.slice(0, 2), second: [...parts.slice(2), 'part-5.csv'] };
const lateRows = 1000;

/** The rows of each day: their number, and the sum of their hashes. The engines' types differ in whether a time says that it is UTC. */
const perDay = `SELECT dt, count(*) AS n, sum(hash(event)::HUGEINT)::VARCHAR AS content
  FROM (SELECT * REPLACE (epoch_ms(epoch_ms(event_time)) AS event_time) FROM clickstream) event GROUP BY dt ORDER BY dt`;

/** The quarantined rows of a lake in a folder, but for the ids of the runs and the folders of the sources. */
async function quarantineOf(lake: string): Promise<string[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `SELECT to_json(one)::VARCHAR AS text FROM (SELECT parse_filename(source) AS file, line, raw, record, reasons, schema_version
     FROM read_parquet('${lake}/clickstream__quarantine/**/*.parquet', hive_partitioning = false)) one ORDER BY text`,
  );
  const rejected = reader.getRowObjectsJS().map(({ text }) => String(text));
  connection.closeSync();
  instance.closeSync();
  return rejected;
}

interface Load {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly inputs: readonly {
    readonly source: string;
    readonly rowsIn: number;
    readonly quarantined: number;
  }[];
}

/** What a load counted, whichever engine loaded from wherever. */
const counts = ({ rowsIn, rowsOut, duplicates, quarantined, reasons, inputs }: Load) => ({
  ...{ rowsIn, rowsOut, duplicates, quarantined, reasons },
  inputs: inputs.map((input) => [input.source.split('/').at(-1), input.rowsIn, input.quarantined]),
});

describe('simulate, put on S3, submit to Spark on Glue, ask', () => {
  beforeAll(async () => {
    const target = {
      ...{ region: 'us-east-1', account: '123456789012', database: aws.database, location: aws.location },
      ...{ workgroup: aws.database, firstDay: '2019-09-01' },
    };
    writeFileSync(
      join(folder, 'headwater.config.ts'),
      `import base from ${JSON.stringify(pathToFileURL(config).href)};
export default { tables: base.tables, metrics: base.metrics, lake: ${JSON.stringify(aws.location)}, aws: ${JSON.stringify(target)} };
`,
    );
    for (const [index, file] of parts.entries()) {
      const dirt = index === parts.length - 1 ? ['--dirty', '4%'] : [];
      const events = String(Math.ceil(rows / parts.length));
      const size = ['--events', events, '--days', '7', '--seed', String(index + 1)];
      await json('simulate', ...size, ...dirt, '--out', file);
    }
    const lines = readFileSync(join(folder, 'part-1.csv'), 'utf8').split('\n', lateRows + 1);
    writeFileSync(join(folder, 'part-5.csv'), `${lines.join('\n')}\n`);
    const s3 = new S3Client({ forcePathStyle: true });
    for (const [part, names] of Object.entries(files))
      for (const name of names) {
        const Body = readFileSync(join(folder, name));
        await s3.send(new PutObjectCommand({ Bucket: aws.bucket, Key: `landing/${part}/${name}`, Body }));
      }
  }, 1_800_000);

  const landing = (part: keyof typeof files) => `s3://${aws.bucket}/landing/${part}/`;
  /** A lake that DuckDB begins and the job extends; the other one is that of the config. */
  const extended = () => `${aws.location}-extended`;
  async function submit(part: keyof typeof files, ...more: readonly string[]): Promise<Load> {
    const { load, run } = await json('etl', 'submit', landing(part), '--poll', '1', ...more);
    expect(run.state).toBe('SUCCEEDED');
    return load;
  }

  it('accounts for every row as loads by DuckDB do, and extends their lakes as they extend its own', async () => {
    const local: Record<keyof typeof files, Load> = {
      first: await json('etl', 'run', ...files.first, '--lake', 'local'),
      second: await json('etl', 'run', ...files.second, '--lake', 'local'),
    };
    expect(local.second.quarantined).toBeGreaterThan(0);
    expect(local.second.duplicates).toBeGreaterThanOrEqual(Math.min(lateRows, Math.ceil(rows / 4)) * 0.9);
    expect(counts(await submit('first'))).toEqual(counts(local.first));
    expect(counts(await json('etl', 'run', landing('second')))).toEqual(counts(local.second));
    await json('etl', 'run', landing('first'), '--lake', extended());
    expect(counts(await submit('second', '--lake', extended()))).toEqual(counts(local.second));
    await json('lake', 'sync', aws.location, 'copy');
    await json('lake', 'sync', extended(), 'copy-extended');
    const days = await json('sql', perDay, '--lake', 'local');
    expect(days).toHaveLength(7);
    const rejected = async (lake: string) => quarantineOf(join(folder, lake));
    for (const copy of ['copy', 'copy-extended']) {
      expect(await json('sql', perDay, '--lake', copy), copy).toEqual(days);
      expect(await rejected(copy), copy).toEqual(await rejected('local'));
    }
    for (const lake of [aws.location, extended()])
      expect((await json('etl', 'verify', '--lake', lake)).problems).toEqual([]);
  }, 1_800_000);

  it('loads nothing the second time, and says so', async () => {
    const both = [landing('first'), landing('second')];
    const { code, stdout, stderr } = await runCli(['etl', 'submit', ...both, '--poll', '1'], {
      cwd: folder,
      env,
    });
    expect(code, stderr).toBe(0);
    for (const [part, names] of Object.entries(files))
      for (const name of names)
        expect(stdout).toContain(`s3://${aws.bucket}/landing/${part}/${name}: loaded before, skipped`);
    expect(stdout).toContain('Nothing new');
    const status = await json('etl', 'status');
    expect(status.runs).toHaveLength(2);
  });

  // The rows of each day are equal by then. All metrics are asked when the number of events is chosen.
  const asked = Object.keys(metrics).filter(
    (_, index) => process.env['HEADWATER_SPARK_ROWS'] !== undefined || index % 4 === 0,
  );
  it.each(asked)('%s is the same on Trino and DuckDB', async (metric) => {
    if (metric === asked[0]) await json('schema', 'publish', '--yes');
    const expected = await json('query', metric, '--lake', 'local', ...week);
    expect(await json('query', metric, '--lake', 'copy', ...week)).toEqual(expected);
    expect(await json('query', metric, '--engine', 'athena', ...week)).toEqual(expected);
  });

  it('lists the runs with their accounting and price, and cancels one', async () => {
    const { stdout } = await runCli(['etl', 'runs'], { cwd: folder, env });
    expect(stdout).toMatch(/SUCCEEDED, nothing new/);
    expect(stdout).toMatch(/DPU-hours, [\d.]+ USD/);
    // A run with nothing new is over soon: on a busy machine before the next command has started.
    await vi.waitFor(
      async () => {
        const { run } = await json('etl', 'submit', `${landing('first')}part-1.csv`, '--no-wait');
        expect(await json('etl', 'cancel', run.id)).toMatchObject({ run: run.id, isCancelled: true });
      },
      { timeout: 120_000, interval: 100 },
    );
    const watched = await runCli(['etl', 'runs', '--watch', '--poll', '1'], { cwd: folder, env });
    expect(watched.code, watched.stderr).toBe(0);
    expect(watched.stdout).toContain('STOPPED');
    const { code, stderr } = await runCli(['etl', 'cancel', 'jr_none'], { cwd: folder, env });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('[JOB_RUN_UNKNOWN]') });
  });

  it('names the file that cannot be loaded', async () => {
    const Body = 'name,colour\nx,y\n';
    await new S3Client({ forcePathStyle: true }).send(
      new PutObjectCommand({ Bucket: aws.bucket, Key: 'wrong/colours.csv', Body }),
    );
    const { code, stderr } = await runCli(['etl', 'submit', `s3://${aws.bucket}/wrong/`, '--poll', '1'], {
      cwd: folder,
      env,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('[JOB_FAILED]');
    expect(stderr).toContain(
      `s3://${aws.bucket}/wrong/colours.csv: required columns of clickstream are missing`,
    );
  });
});
