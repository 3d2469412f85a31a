import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-completion-'));
const script = join(folder, 'headwater.bash');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => writeFileSync(script, (await runCli(['completion', 'bash'])).stdout));

/** What bash offers after these words, the last of which is being typed. */
function offered(...words: readonly string[]): string[] {
  const quoted = ['headwater', ...words].map((word) => `'${word}'`).join(' ');
  const program = `source '${script}'; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _headwater; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', program], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

describe.skipIf(process.platform === 'win32')('bash completes', () => {
  it.each([
    [['s'], ['simulate', 'sql', 'schema']],
    [
      ['etl', 'r'],
      ['run', 'replay'],
    ],
    [['query', 'cart'], ['cart-abandonment']],
    [
      ['query', 'cart-abandonment', '--by', ''],
      ['none', 'hour', 'category', 'product'],
    ],
    [['etl', 'run', 'x.csv', '--max'], ['--max-quarantine']],
    [['etl', 'run', '--format', 'p'], ['parquet']],
    [['simulate', '--labels', ''], []],
    [
      ['derive', 'glue-'],
      ['glue-table', 'glue-schema'],
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
});
