import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DeleteJobCommand, GlueClient } from '@aws-sdk/client-glue';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { metrics } from '@headwater/queries';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

// HEADWATER_AWS_ROWS=1000000 submits a million events.
const rows = Number(process.env['HEADWATER_AWS_ROWS'] ?? 6000);

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
const files = ['part-1.csv', 'part-2.jsonl.zst', 'part-3.parquet', 'part-4.csv.gz'];
const perDay = `SELECT dt, count(*) AS n, sum(price) AS amount, count(DISTINCT user_id) AS actors FROM clickstream GROUP BY dt ORDER BY dt`;

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
    const s3 = new S3Client({ forcePathStyle: true });
    for (const [index, file] of files.entries()) {
      const dirt = index === files.length - 1 ? ['--dirty', '4%'] : [];
      const size = [
        '--events',
        String(Math.ceil(rows / files.length)),
        '--days',
        '7',
        '--seed',
        String(index + 1),
      ];
      await json('simulate', ...size, ...dirt, '--out', file);
      const Body = readFileSync(join(folder, file));
      await s3.send(new PutObjectCommand({ Bucket: aws.bucket, Key: `landing/${file}`, Body }));
    }
  });

  const landing = () => `s3://${aws.bucket}/landing/`;

  it('accounts for every row as a load of the same files by DuckDB does, with the same rows on each day', async () => {
    const local = await json('etl', 'run', ...files, '--lake', 'local');
    const { load, run } = await json('etl', 'submit', landing(), '--poll', '1');
    expect(run.state).toBe('SUCCEEDED');
    const counts = ({ rowsIn, rowsOut, duplicates, quarantined, reasons }: typeof load) => ({
      ...{ rowsIn, rowsOut, duplicates, quarantined, reasons },
    });
    expect(counts(load)).toEqual(counts(local));
    expect(load.quarantined).toBeGreaterThan(0);
    type Input = { readonly source: string; readonly rowsIn: number; readonly quarantined: number };
    const perInput = (inputs: readonly Input[]) =>
      inputs.map(({ source, rowsIn, quarantined }) => [source.split('/').at(-1), rowsIn, quarantined]);
    expect(perInput(load.inputs)).toEqual(perInput(local.inputs));
    await json('lake', 'sync', aws.location, 'copy');
    expect(await json('sql', perDay, '--lake', 'copy')).toEqual(await json('sql', perDay, '--lake', 'local'));
    expect((await json('etl', 'verify')).problems).toEqual([]);
  });

  it('loads nothing the second time, and says so', async () => {
    const { code, stdout, stderr } = await runCli(['etl', 'submit', landing(), '--poll', '1'], {
      cwd: folder,
      env,
    });
    expect(code, stderr).toBe(0);
    for (const file of files) expect(stdout).toContain(`${landing()}${file}: loaded before, skipped`);
    expect(stdout).toContain('Nothing new');
    const status = await json('etl', 'status');
    expect(status.runs).toHaveLength(1);
  });

  it.each(Object.keys(metrics))('%s is the same on Trino and DuckDB', async (metric) => {
    if (metric === Object.keys(metrics)[0]) await json('schema', 'publish', '--yes');
    const expected = await json('query', metric, '--lake', 'local', ...week);
    expect(await json('query', metric, '--lake', 'copy', ...week)).toEqual(expected);
    expect(await json('query', metric, '--engine', 'athena', ...week)).toEqual(expected);
  });

  it('lists the runs with their accounting and price, and cancels one', async () => {
    const { stdout } = await runCli(['etl', 'runs'], { cwd: folder, env });
    expect(stdout).toMatch(/SUCCEEDED, nothing new/);
    expect(stdout).toMatch(/DPU-hours, [\d.]+ USD/);
    const { run } = await json('etl', 'submit', `${landing()}part-1.csv`, '--no-wait');
    expect(await json('etl', 'cancel', run.id)).toMatchObject({ run: run.id, isCancelled: true });
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
