import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derivations } from '@headwater/core';
import { readOssie } from '@headwater/queries';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-derive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const derive = (...args: readonly string[]) =>
  runCli(['derive', ...args, '--config', config], { cwd: folder });

describe('derive prints what AWS takes', () => {
  it('as JSON of the API: a table with its database', async () => {
    const { code, stdout, stderr } = await derive('glue-table');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      DatabaseName: 'shop',
      TableInput: {
        Name: 'clickstream',
        StorageDescriptor: { Location: 's3://example-shop-lake/events/clickstream/' },
      },
    });
    const quarantine = JSON.parse((await derive('glue-table', '--layer', 'quarantine')).stdout);
    expect(quarantine.TableInput.Name).toBe('clickstream__quarantine');
  });

  const landing = ['--landing', 's3://example-landing/clickstream/'];
  const neededOptions: Readonly<Record<string, readonly string[]>> = {
    'load-pipeline': landing,
    'state-machine': landing,
    'github-roles': ['--repository', 'ada/shop'],
    // Columns of the example have several names, of which Firehose reads one.
    firehose: ['--transform', 'arn:aws:lambda:eu-central-1:123456789012:function:clean'],
  };

  it('cloudwatch-dashboard, as text and in JSON with its body as JSON too', async () => {
    const dashboard = JSON.parse((await derive('cloudwatch-dashboard')).stdout);
    const { stdout: json } = await derive('cloudwatch-dashboard', '--json');
    expect(JSON.parse(json)).toEqual({
      table: 'clickstream',
      target: 'cloudwatch-dashboard',
      ...dashboard,
      DashboardBody: JSON.parse(dashboard.DashboardBody),
    });
  });

  // A policy needs a role, and the example's table needs no view.
  const tested = ['cloudwatch-dashboard', 'iam-policy', 'glue-view'];
  const others = Object.keys(derivations).filter((name) => !tested.includes(name));
  it.each(others)('%s, as text and in one JSON value', async (target) => {
    const needed = neededOptions[target] ?? [];
    const { code, stdout, stderr } = await derive(target, ...needed);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { stdout: json } = await derive(target, ...needed, '--json');
    expect(JSON.parse(json)).toEqual({ table: 'clickstream', target, text: stdout });
  });
});

describe('derive ossie', () => {
  const days = ['--from', '2024-03-01', '--to', '2024-03-02'];
  it('prints YAML that its own rules read back, as the JSON of the same document', async () => {
    const { code, stdout, stderr } = await derive('ossie', ...days);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const document = readOssie(parse(stdout));
    expect(document.datasets[0]).toMatchObject({
      name: 'clickstream',
      source: 'awsdatacatalog.shop.clickstream',
    });
    // The config's own metric is among them.
    expect(document.datasets.map(({ name }) => name)).toContain('repeat_views');
    const json = JSON.parse((await derive('ossie', ...days, '--json')).stdout);
    expect(json).toMatchObject({ table: 'clickstream', target: 'ossie', document, leftOut: {} });
  });

  it('needs its days', async () => {
    const { code, stderr } = await derive('ossie');
    expect(code).not.toBe(0);
    expect(stderr).toContain('needs --from and --to');
  });
});

describe('derive quicksight', () => {
  it('prints the same requests each time, and writes each to a file of its own', async () => {
    const { code, stdout, stderr } = await derive('quicksight');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        'metric-frequent-visitors is left out: its column visitor is personal data (pseudonymous), and quicksight.personalData names nobody who may see it\n',
    });
    expect((await derive('quicksight')).stdout).toBe(stdout);
    const assets = JSON.parse(stdout);
    expect(assets.dashboard).toMatchObject({
      DashboardId: 'headwater-shop-clickstream-dashboard',
      Name: 'clickstream',
    });
    // The config's own metric is among them.
    expect(JSON.stringify(assets.dataSets)).toContain('headwater-shop-clickstream-repeat-views');
    const out = join(folder, 'quicksight');
    const written = await derive('quicksight', '--out', out);
    expect(written.stdout).toMatch(/^\d+ requests in /);
    const read = (path: string) => JSON.parse(readFileSync(join(out, path), 'utf8'));
    expect(read('dashboard.json')).toEqual(assets.dashboard);
    for (const one of assets.dataSets) expect(read(`data-sets/${one.DataSetId}.json`)).toEqual(one);
  });
});

describe('derive databrew-recipe', () => {
  it('--explain lists the differences, as text and as rows', async () => {
    const { code, stdout, stderr } = await derive('databrew-recipe', '--explain');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('sub-second (values): A time has whole seconds.\n  parse: event_time\n');
    expect(stdout).toMatch(/clickstream: \d+ rules are exact, and \d+ differences are listed\.\n$/);
    const { rules, ...rest } = JSON.parse((await derive('databrew-recipe', '--explain', '--json')).stdout);
    expect(rest).toEqual({ table: 'clickstream', target: 'databrew-recipe' });
    expect(rules).toContainEqual({
      column: 'event_time',
      step: 'required',
      operations: ['REMOVE_MISSING'],
      exact: false,
      difference: expect.objectContaining({ code: 'no-reason', affects: 'accounting' }),
    });
  });

  it('--strict refuses a recipe that differs, and names the code', async () => {
    const { code, stdout, stderr } = await derive('databrew-recipe', '--strict');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('differs from its definition in');
    const wrong = await derive('databrew-recipe', '--strict', '--allow', 'everything');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('needs --allow with codes of differences: white-space, ');
  });

  it('--fields names the fields of the files', async () => {
    const { stdout } = await derive('databrew-recipe', '--fields', 'user_id=visitorId');
    expect(JSON.parse(stdout).Steps[0].Action.Parameters).toEqual({
      sourceColumn: 'visitorId',
      targetColumn: 'user_id',
    });
    expect((await derive('databrew-recipe', '--fields', 'user_id')).code).toBe(2);
  });
});

describe('derive flink-job', () => {
  it('--metric asks of the stream what the metric asks of the lake', async () => {
    const { code, stdout } = await derive('flink-job', '--metric', 'cart-abandonment');
    expect(code).toBe(0);
    expect(stdout.match(/^INSERT INTO .*$/gm)).toEqual(['INSERT INTO `clickstream_abandonment`']);
    const explained = await derive(
      'flink-job',
      '--metric',
      'funnel',
      '--steps',
      'view,purchase',
      '--part',
      'explanation',
    );
    expect(JSON.parse(explained.stdout).questions).toMatchObject([
      {
        name: 'funnel',
        parameters: { steps: ['view', 'purchase'] },
        metrics: ['conversion-funnel', 'funnel'],
      },
    ]);
  });

  it('refuses a metric that has no meaning over a stream, and names those that have', async () => {
    const { code, stderr } = await derive('flink-notebook', '--metric', 'retention');
    expect(code).toBe(2);
    expect(stderr).toContain('--metric retention: expected one of daily-visitors, cart-abandonment,');
  });
});

it('a table without renamed columns and defaults has no view, and the error says what queries read', async () => {
  const { code, stderr } = await derive('glue-view');
  expect(code).toBe(2);
  expect(stderr).toContain('queries read the table itself');
});

it('s3-lifecycle has the rules of every table, and those of a bucket', async () => {
  const file = join(folder, 'apart.config.mjs');
  writeFileSync(
    file,
    `const { default: config } = await import(${JSON.stringify(config)});
const [table] = config.tables;
const other = { ...table, name: 'other', schema: { ...table.schema, name: 'other' } };
export default { ...config, tables: [table, other], aws: { ...config.aws, results: 's3://example-results' } };`,
  );
  const lifecycle = async (...args: readonly string[]) => {
    const { stdout } = await runCli(['derive', 's3-lifecycle', ...args, '--config', file], { cwd: folder });
    const { Bucket, LifecycleConfiguration } = JSON.parse(stdout);
    return [Bucket, LifecycleConfiguration.Rules.map((rule: { readonly ID: string }) => rule.ID)];
  };
  const [uploads, staging] = ['headwater-shop-uploads', 'shop-clickstream-staging'];
  expect(await lifecycle()).toEqual(['example-shop-lake', [uploads, staging, 'shop-other-staging']]);
  expect(await lifecycle('--table', 'clickstream')).toEqual(['example-shop-lake', [uploads, staging]]);
  expect(await lifecycle('--bucket', 'results')).toEqual(['example-results', ['headwater-shop-results']]);
});

it('a pipeline needs the folder where objects land, and takes numbers', async () => {
  const { code, stderr } = await derive('load-pipeline');
  expect(code).toBe(2);
  expect(stderr).toContain('needs --landing, the folder where raw objects land');
  const landing = ['--landing', 's3://example-landing/clickstream/'];
  const { stdout } = await derive('state-machine', ...landing, '--job-minutes', '30');
  expect(JSON.parse(stdout).States.Load.Parameters.Timeout).toBe(30);
});

it('numbers are taken as they are written on a command line', async () => {
  const { stdout } = await derive('s3-lifecycle', '--upload-days', '3');
  const { Rules } = JSON.parse(stdout).LifecycleConfiguration;
  expect(Rules).toContainEqual(
    expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 } }),
  );
  expect((await derive('s3-lifecycle', '--upload-days', 'many')).code).toBe(2);
  const job = await derive('spark-job', '--max-workers', '10', '--minutes', '20');
  expect({ code: job.code, stderr: job.stderr }).toEqual({ code: 0, stderr: '' });
});

it('an option wins over the setting of the config that it defaults to', async () => {
  const file = join(folder, 'max-scan.config.mjs');
  writeFileSync(
    file,
    `const { default: config } = await import(${JSON.stringify(config)});
export default { ...config, maxScan: '5 GB' };`,
  );
  const cutoff = async (...args: readonly string[]) => {
    const { stdout } = await runCli(['derive', 'athena-workgroup', ...args, '--config', file], {
      cwd: folder,
    });
    return JSON.parse(stdout).Configuration.BytesScannedCutoffPerQuery;
  };
  expect(await cutoff()).toBe(5_000_000_000);
  expect(await cutoff('--max-scan', '50 MB')).toBe(50_000_000);
});

it('data-quality explains each rule, as text and as data', async () => {
  const { code, stdout } = await derive('data-quality', '--explain');
  expect(code).toBe(0);
  expect(stdout).toContain('clickstream rows: the table has rows');
  expect(stdout).toContain('no rule. ');
  const { rules } = JSON.parse((await derive('data-quality', '--explain', '--json')).stdout);
  expect(rules).toContainEqual(expect.objectContaining({ source: 'rows', rule: 'RowCount > 0' }));
});

it('the help of a target has its options, and how to apply the text', async () => {
  const { stdout } = await derive('glue-table', '--help');
  expect(stdout).toContain('--layer LAYER');
  expect(stdout).toContain('aws glue create-table --cli-input-json file://glue-table.json');
});

describe('derive iam-policy', () => {
  it('prints the document, and why on standard error', async () => {
    const { code, stdout, stderr } = await derive('iam-policy', '--role', 'publisher');
    expect(code).toBe(0);
    const { Statement } = JSON.parse(stdout);
    expect(stderr.trim().split('\n')).toHaveLength(Statement.length);
    expect(stderr).toContain('CheckSchemas: On *: ');
  });

  it('of a metric names what the metric reads', async () => {
    const { stdout } = await derive('iam-policy', '--metric', 'daily-visitors', '--json');
    const { policy, reasons } = JSON.parse(stdout);
    expect(reasons.ReadCatalog).toMatch(/^Tables and columns that are read: clickstream \(event_time, /);
    expect(JSON.stringify(policy)).not.toContain('__quarantine');
  });
});

it('a config without aws is told what to add', async () => {
  const file = join(folder, 'headwater.config.mjs');
  writeFileSync(
    file,
    `const { default: config } = await import(${JSON.stringify(config)});
export default { tables: config.tables };`,
  );
  const { code, stderr } = await runCli(['derive', 'glue-table', '--config', file], { cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toContain('[CONFIG_INVALID]');
  expect(stderr).toContain("aws: { region: 'eu-central-1', account: ");
});

it('a config with a wrong aws names the field', async () => {
  const file = join(folder, 'wrong.config.mjs');
  writeFileSync(
    file,
    `const { default: config } = await import(${JSON.stringify(config)});
export default { ...config, aws: { ...config.aws, region: 'Frankfurt' } };`,
  );
  const { code, stderr } = await runCli(['derive', 'json-schema', '--config', file], { cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toContain('aws.region must be a region such as eu-central-1');
});
