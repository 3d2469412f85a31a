import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-completion-'));
const script = join(folder, 'headwater.bash');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => writeFileSync(script, (await runCli(['completion', 'bash'])).stdout));

/** Whether the machine has this shell. */
const has = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

/** What the command prints for `completion sources` in a project with sources. */
const sources = `headwater() { [ "$*" = 'completion sources' ] && printf 'clicks\\nbuys\\n'; }`;

/** What bash offers after these words, the last of which is being typed. */
function offered(...words: readonly string[]): string[] {
  const quoted = ['headwater', ...words].map((word) => `'${word}'`).join(' ');
  const program = `${sources}; source '${script}'; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _headwater; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', program], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

describe.skipIf(process.platform === 'win32')('bash completes', () => {
  it.each([
    [['s'], ['simulate', 'stream', 'sql', 'schema']],
    [
      ['etl', 'r'],
      ['run', 'replay', 'runs'],
    ],
    [['query', 'cart'], ['cart-abandonment']],
    // The second one is the example's own.
    [
      ['query', 'repeat'],
      ['repeat-purchase', 'repeat-views'],
    ],
    [
      ['query', 'cart-abandonment', '--by', ''],
      ['none', 'hour', 'category', 'product', 'brand', 'weekday'],
    ],
    [['etl', 'run', 'x.csv', '--max'], ['--max-quarantine']],
    [['etl', 'run', '--format', 'p'], ['parquet']],
    [['etl', 'run', '--source', 'b'], ['buys']],
    [['simulate', '--labels', ''], []],
    [
      ['derive', 'glue-'],
      ['glue-table', 'glue-view', 'glue-schema'],
    ],
    [
      ['derive', 'glue-table', '--layer', 'raw'],
      ['raw-csv', 'raw-json'],
    ],
    [['derive', 'iam-policy', '--role', 'pub'], ['publisher']],
    [['derive', 'glue-schema', '--la'], []],
  ])('%j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });
});

describe('other shells', () => {
  it.each(['zsh', 'fish'])('%s gets every metric', async (shell) => {
    const { code, stdout } = await runCli(['completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toContain('cart-abandonment');
    expect(stdout).toContain('max-quarantine');
  });

  const asked: readonly [string, readonly string[]][] = [
    ['etl r', ['run', 'replay', 'runs']],
    ['query cart', ['cart-abandonment']],
    ['query cart-abandonment --by ', ['none', 'hour', 'category', 'product', 'brand', 'weekday']],
    ['etl run x.csv --max', ['--max-quarantine']],
  ];

  it.skipIf(!has('fish'))('fish offers the words and options that bash does', async () => {
    const file = join(folder, 'headwater.fish');
    writeFileSync(file, (await runCli(['completion', 'fish'])).stdout);
    for (const [line, expected] of asked) {
      const program = `source ${file}; complete -C 'headwater ${line}'`;
      const found = execFileSync('fish', ['--no-config', '-c', program], { encoding: 'utf8' });
      const words = found.split('\n').map((one) => one.split('\t')[0]);
      expect(words, line).toEqual(expect.arrayContaining([...expected]));
    }
  });

  it.skipIf(!has('zsh'))('zsh takes it as its only setting', async () => {
    writeFileSync(join(folder, '.zshrc'), (await runCli(['completion', 'zsh'])).stdout);
    const { stdout, stderr } = spawnSync('zsh', ['-i', '-c', 'echo "for $_comps[headwater]"'], {
      encoding: 'utf8',
      env: { ...process.env, ZDOTDIR: folder, HOME: folder },
    });
    expect({ stdout, stderr }).toEqual({ stdout: 'for _headwater\n', stderr: '' });
  });

  it.skipIf(!has('zsh'))('zsh offers the words and options that bash does', async () => {
    const file = join(folder, '_headwater');
    writeFileSync(file, (await runCli(['completion', 'zsh'])).stdout);
    for (const [line, expected] of asked) {
      const words = ['headwater', ...line.split(' ')];
      // What the shell's line editor would define; `compadd` there also leaves out what does not begin as typed.
      const program = `compdef() { : }; compadd() { shift; print -l -- "$@" }; _files() { : }
        source ${file}; words=(${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length}; _headwater`;
      const found = execFileSync('zsh', ['-f', '-c', program], { encoding: 'utf8' }).split('\n');
      expect(found, line).toEqual(expect.arrayContaining([...expected]));
    }
  });
});
