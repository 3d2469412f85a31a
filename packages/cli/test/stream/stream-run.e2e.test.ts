import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { config, runCli } from '../run-cli.ts';

const root = mkdtempSync(join(tmpdir(), 'headwater-stream-run-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const shown = ['--input', 'simulate', '--events', '30k', '--dirty', '2%', '--bots', '5%', '--seed', '5'];
const stream = (lake: string, ...more: readonly string[]) => [
  ...['stream', 'run', ...shown, '--lake', join(root, lake), '--config', config, '--load-every', '0.3'],
  ...more,
];

/** Rows of the lake and of its quarantine, each by a digest that no order changes. */
async function contents(lake: string) {
  const digest = (table: string, columns: string) =>
    `select '${table}' as "of", count(*)::int as rows, sum(hash(${columns})::hugeint)::varchar as digest from ${table}`;
  const of = (table: string, columns: string) =>
    runCli([
      'sql',
      digest(table, columns),
      '--lake',
      join(root, lake),
      '--config',
      config,
      '--format',
      'json',
    ]);
  const [rows, rejected] = await Promise.all([
    of('clickstream', 'clickstream::varchar'),
    of('clickstream__quarantine', 'raw'),
  ]);
  expect([rows.stderr, rejected.stderr]).toEqual(['', '']);
  return [JSON.parse(rows.stdout), JSON.parse(rejected.stdout)];
}

it('a run that is killed and stopped goes on, and ends with the lake of an undisturbed one', async () => {
  const undisturbed = await runCli(stream('undisturbed', '--speed', 'max', '--json'));
  expect(undisturbed.stderr).toBe('');
  const whole = JSON.parse(undisturbed.stdout);
  expect(undisturbed.code).toBe(0);
  expect(whole.accounting).toMatchObject({ sent: 30_000, unsent: 0, before: 0, lake: { records: 30_000 } });

  const landing = join(root, 'killed-landing');
  for (const kill of ['SIGKILL', 'SIGTERM', 'SIGKILL'] as const) {
    const { code, stdout } = await runCli(stream('killed', '--speed', '6000'), {
      async started(child) {
        // At work: what it has archived is recorded.
        while (!recorded(landing) && child.exitCode === null) await sleep(20);
        await sleep(1500);
        child.kill(kill);
      },
    });
    expect(code).toBe(kill === 'SIGTERM' ? 130 : null);
    if (kill === 'SIGTERM') expect(stdout).toMatch(/stopped clickstream to .*killed: \d+ load/);
  }
  const last = await runCli(stream('killed', '--speed', 'max'));
  expect(last.stderr).toBe('');
  expect(last.code).toBe(0);
  expect(last.stdout).toMatch(/of them were archived by an earlier run/);
  expect(last.stdout).toContain('archived clickstream to');
  expect(await contents('killed')).toEqual(await contents('undisturbed'));
  expect(readdirSync(landing).flatMap((name) => readdirSync(join(landing, name)))).toEqual(['position.json']);
}, 120_000);

function recorded(landing: string): boolean {
  try {
    return readdirSync(landing, { recursive: true }).some((name) => String(name).endsWith('position.json'));
  } catch {
    return false;
  }
}

it('says what is wrong with a command line, and what to do', async () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['--lake', 'x'], 'needs --input FILE, or --input simulate'],
    [
      ['--input', 'a.csv', '--dirty', '2%', '--lake', 'x'],
      '--dirty, --bots and --attacks are for --input simulate',
    ],
    [
      ['--input', 'a.csv', '--attacks', 'easy', '--lake', 'x'],
      '--dirty, --bots and --attacks are for --input simulate',
    ],
    [['--input', 'simulate', '--labels', 'l.jsonl', '--lake', 'x'], '--labels needs --attacks LEVEL'],
    [['--input', 'simulate', '--attacks', 'easy', '--lake', 'x'], 'days 1: expected at least 2 with attacks'],
    [['--input', 'simulate', '--speed', '0', '--lake', 'x'], 'expected a number above zero, or max'],
  ];
  for (const [args, message] of cases) {
    const { code, stderr } = await runCli(['stream', 'run', ...args, '--config', config]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  }
});
