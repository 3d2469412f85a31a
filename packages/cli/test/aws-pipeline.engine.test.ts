import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { metrics } from '@headwater/queries';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

// HEADWATER_AWS_ROWS=1000000 runs the same on a lake of a million events.
const rows = process.env['HEADWATER_AWS_ROWS'] ?? '20000';

const aws = useAwsSandbox('pipeline');
const folder = mkdtempSync(join(tmpdir(), 'headwater-aws-pipeline-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = { XDG_CACHE_HOME: join(folder, 'cache') };

const week = ['--from', '2019-10-01', '--to', '2019-10-07'];

async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await runCli([...args, '--json'], { cwd: folder, env });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

describe('simulate, load to S3, publish, ask Athena', () => {
  let local: { rowsIn: number; rowsOut: number; duplicates: number; quarantined: number };
  let remote: typeof local;

  beforeAll(async () => {
    // A config as a user writes it, with the example's table and this test's own names on AWS.
    const target = {
      region: 'us-east-1',
      account: '123456789012',
      database: aws.database,
      location: aws.location,
      workgroup: aws.database,
    };
    writeFileSync(
      join(folder, 'headwater.config.ts'),
      `import base from ${JSON.stringify(pathToFileURL(config).href)};
export default { tables: base.tables, metrics: base.metrics, lake: ${JSON.stringify(aws.location)}, aws: ${JSON.stringify({ ...target, firstDay: '2019-09-01' })} };
`,
    );
    await json(
      'simulate',
      '--events',
      rows,
      '--days',
      '7',
      '--seed',
      '7',
      '--dirty',
      '2%',
      '--out',
      'raw.csv',
    );
    local = await json('etl', 'run', 'raw.csv', '--lake', 'lake');
    remote = await json('etl', 'run', 'raw.csv');
    // Without a terminal there is nobody to ask: nothing is published.
    const { code, stdout, stderr } = await runCli(['schema', 'publish'], { cwd: folder, env });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('Give --yes to publish') });
    expect(stdout).toContain('create table clickstream');
    await json('schema', 'publish', '--yes');
  });

  it('loads the same rows to S3 as to a folder', () => {
    const counts = ({ rowsIn, rowsOut, duplicates, quarantined }: typeof local) => ({
      rowsIn,
      rowsOut,
      duplicates,
      quarantined,
    });
    expect(counts(remote)).toEqual(counts(local));
    expect(remote.rowsIn).toBe(remote.rowsOut + remote.duplicates + remote.quarantined);
  });

  it.each([...Object.keys(metrics), 'repeat-views'])(
    '%s has the rows of DuckDB on Athena',
    async (metric) => {
      const expected = await json('query', metric, '--lake', 'lake', ...week);
      expect(expected.length).toBeGreaterThan(0);
      expect(await json('query', metric, '--engine', 'athena', ...week)).toEqual(expected);
    },
  );

  it('has nothing to publish the second time', async () => {
    const { code, stdout, stderr } = await runCli(['schema', 'publish', '--yes'], { cwd: folder, env });
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('Everything is published already.');
  });
});
