import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

// The example's config has the metric repeat-views of its own.
const folder = mkdtempSync(join(tmpdir(), 'headwater-own-metrics-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const range = ['--from', '2024-02-28', '--to', '2024-03-01'];
const run = (...args: readonly string[]) => runCli([...args, '--config', config], { cwd: folder });
const queried = ['query', 'repeat-views', '--lake', 'lake', ...range] as const;

beforeAll(async () => {
  const simulated = ['simulate', '--events', '3000', '--days', '3', '--start', '2024-02-28', '--seed', '4'];
  const made = await runCli([...simulated, '--out', 'raw.csv'], { cwd: folder });
  expect(made.code, made.stderr).toBe(0);
  const loaded = await run('etl', 'run', 'raw.csv', '--lake', 'lake');
  expect(loaded.code, loaded.stderr).toBe(0);
});

/** A config with other metrics. */
function configWith(name: string, metrics: string): string {
  const file = join(folder, `${name}.config.mjs`);
  writeFileSync(
    file,
    `const { default: config } = await import(${JSON.stringify(config)});
export default { ...config, metrics: ${metrics} };`,
  );
  return file;
}

describe("a project's own metric", () => {
  it('has a help text with its definition and its parameters', async () => {
    const { code, stdout } = await run('query', 'repeat-views', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('A bought product is a product with a purchase event in a session');
    expect(stdout).toMatch(/--by BY\s/);
    expect((await run('query', '--help')).stdout).toContain('repeat-views');
  });

  it('is answered as a table, as JSON and by a break-down', async () => {
    const { stdout } = await run(...queried, '--json');
    const rows = JSON.parse(stdout);
    expect(rows.map(({ period }: { period: string }) => period)).toEqual([
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ]);
    expect(Object.keys(rows[0])).toEqual([
      'period',
      'bought',
      'viewed',
      'viewedAgain',
      'views',
      'averageViews',
      'repeatRate',
    ]);
    const weekdays = JSON.parse((await run(...queried, '--by', 'weekday', '--json')).stdout);
    expect(weekdays.map(({ weekday }: { weekday: number }) => weekday)).toEqual([3, 4, 5]);
    expect((await run(...queried)).stdout).toMatch(/averageViews/);
  });

  it('is explained, and completed', async () => {
    const { stdout } = await run(...queried, '--explain');
    expect(stdout).toContain('"boughtAt"');
    const completion = await runCli(['completion', 'fish'], { cwd: join(config, '..') });
    expect(completion.stdout).toMatch(/repeat-views/);
    expect(completion.stdout.match(/repeat-views/g)?.length).toBeGreaterThan(3);
  });

  it('has a policy of its own: what it reads, and what its break-downs read', async () => {
    const { stdout, stderr } = await run('derive', 'iam-policy', '--metric', 'repeat-views', '--json');
    const { reasons } = JSON.parse(stdout);
    expect(stderr).toBe('');
    const [, columns = ''] = /clickstream \(([^)]+)\)/.exec(reasons.ReadCatalog) ?? [];
    for (const column of ['event_time', 'event_type', 'product_id', 'user_session', 'brand', 'category_code'])
      expect(columns).toContain(column);
    expect(columns).not.toContain('user_id');
    expect(columns).not.toContain('price');
  });

  it('is unknown without its config, and close names are suggested with it', async () => {
    const none = await runCli(['query', 'repeat-views', ...range], { cwd: folder });
    expect(none.stderr).toContain('[METRIC_UNKNOWN]');
    const close = await run('query', 'repeat-view', ...range);
    expect(close.stderr).toContain('repeat-views');
    expect(close.code).toBe(2);
  });
});

describe('a config with wrong metrics', () => {
  it('says that a name is taken', async () => {
    const taken = configWith('taken', "[{ ...config.metrics[0], name: 'revenue' }]");
    const { code, stderr } = await runCli(
      [...queried.slice(0, 1), 'daily-visitors', '--lake', 'lake', ...range, '--config', taken],
      { cwd: folder },
    );
    expect(code).toBe(1);
    expect(stderr).toContain('[METRIC_INVALID]');
    expect(stderr).toContain(
      'The metric revenue cannot be used: a metric that ships with Headwater has this name',
    );
    const twice = configWith('twice', '[config.metrics[0], config.metrics[0]]');
    expect((await runCli(['query', 'repeat-views', '--config', twice], { cwd: folder })).stderr).toContain(
      'two metrics have this name',
    );
  });

  it('says that a value is not a metric', async () => {
    const junk = configWith('junk', "[{ name: 'x' }]");
    const { stderr } = await runCli(['schema', 'show', '--config', junk], { cwd: folder });
    expect(stderr).toContain('`metrics[0]` is not a metric; make it with defineMetric');
    // A help text of metrics that ship is there nevertheless.
    expect((await runCli(['query', '--help', '--config', junk], { cwd: folder })).stdout).toContain(
      'daily-visitors',
    );
  });
});
