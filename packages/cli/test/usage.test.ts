import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-usage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]) => runCli(args, { cwd: folder });

describe('help', () => {
  it('of headwater lists every command', async () => {
    const { code, stdout, stderr } = await run('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot();
  });

  it('is the same without arguments', async () => {
    expect(await run()).toEqual(await run('--help'));
  });

  it('of a command has its options and examples', async () => {
    const { code, stdout } = await run('etl', 'run', '--help');
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot();
    expect((await run('help', 'etl', 'run')).stdout).toBe(stdout);
  });

  it('of a metric is its definition and its own parameters', async () => {
    const { code, stdout } = await run('query', 'top-categories', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('Views, cart adds, purchases and revenue');
    expect(stdout).toContain('--by BY');
  });

  it('of a group lists its commands', async () => {
    const { code, stdout } = await run('etl', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('etl verify');
  });
});

describe('a wrong command line', () => {
  it.each([
    [['simulat'], 'Unknown command "simulat".', 'Did you mean headwater simulate?'],
    [['etl', 'rnu'], 'Unknown command "etl rnu".', 'Did you mean headwater etl run?'],
    [['verify'], 'Unknown command "verify".', 'Did you mean headwater etl verify?'],
    [['etl'], 'headwater etl needs one of: run, status, verify, replay, compact.', ''],
    [['simulate', '--ot', 'x.csv'], 'Unknown option --ot of headwater simulate.', 'Did you mean --out?'],
    [['simulate', '--out'], '--out needs a value: --out FILE.', ''],
    [['simulate', '--out', '--dirty', '2%'], '--out needs a value: --out FILE.', ''],
    [['simulate', '--events', 'many', '--out', 'x.csv'], '--events many: expected a whole number', ''],
    [['simulate', '--dirty', '200%', '--out', 'x.csv'], '--dirty 200%: expected a share', ''],
    [['simulate', '--start', '2019-02-30', '--out', 'x.csv'], 'start 2019-02-30: expected', ''],
    [['etl', 'run', '--config', config], 'headwater etl run needs a file', ''],
    [['etl', 'run', 'x', '--dry-run=yes'], '--dry-run takes no value', ''],
    [['query'], 'headwater query needs a metric: daily-visitors', ''],
    [['query', 'revenu'], 'No metric "revenu".', 'Did you mean revenue?'],
    [['query', 'revenue', '--from', '2019-10-01'], 'headwater query revenue needs --to.', ''],
    [['query', 'revenue', '--grain', 'dai'], '--grain dai: expected one of hour, day, week, month, all.', ''],
    [
      ['query', 'revenue', '--config', config, '--from', 'x', '--to', 'y'],
      'expected a UTC day that exists',
      '',
    ],
    [['schema', 'show', '--config', config, '--table', 'click'], 'No table "click" in the config.', ''],
    [['derive', 'json-schem', '--config', config], 'No target "json-schem".', 'Did you mean json-schema?'],
    [['completion', 'powershell'], 'No script for "powershell".', ''],
    [['--verison'], 'Unknown option --verison.', ''],
  ])('%j is exit code 2 and says what to do', async (args, message, hint) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('is one JSON object on standard error with --json', async () => {
    const { code, stdout, stderr } = await run('query', 'revenu', '--json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'METRIC_UNKNOWN',
      payload: { metric: 'revenu' },
      hints: ['Did you mean revenue?'],
    });
  });
});

describe('a failure', () => {
  it.each([
    [['etl', 'status'], 'CONFIG_NOT_FOUND'],
    [['etl', 'status', '--config', config, '--lake', 'nowhere'], 'LAKE_NOT_FOUND'],
    [['etl', 'run', 'nothing.csv', '--config', config, '--lake', 'lake'], 'INPUT_NOT_FOUND'],
  ])('%j is exit code 1 with its code', async (args, error) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`[${error}]`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(JSON.parse((await run(...args, '--json')).stderr)).toMatchObject({ code: error });
  });
});

describe('colour', () => {
  it('is shown where it is asked for and nowhere else', async () => {
    const coloured = await runCli(['--help'], { cwd: folder, env: { FORCE_COLOR: '1' } });
    const plain = await runCli(['--help'], { cwd: folder, env: { NO_COLOR: '1' } });
    expect(coloured.stdout).toContain('\u001b[1m');
    expect(plain.stdout).not.toContain('\u001b[');
    expect((await run('--help')).stdout).toBe(plain.stdout);
  });
});
