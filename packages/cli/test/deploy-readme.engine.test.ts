// What the README says under "Deploy it", as a newcomer does it: each command in its order, on the stand-in.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from '@headwater/local-aws/testing';
import { afterAll, expect, inject, test } from 'vitest';
import { codeBlocks } from '../../../test/code-blocks.ts';
import { type Ended, runCli } from './run-cli.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const [, section = ''] =
  /\n### Deploy it\n(.*?)\n#{2,3} /s.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
const own = 'npm run -s headwater -- ';
const unique = randomBytes(3).toString('hex');

/** Names of this run's own: everybody shares the stand-in. */
const named = (text: string): string =>
  text.replaceAll('my-shop', `my-shop-${unique}`).replaceAll('my_shop', `my_shop_${unique}`);

const lines = codeBlocks(section, 'sh')
  .flatMap((block) => block.split('\n'))
  .filter((line) => line.startsWith(own))
  .map((line) => named(line.slice(own.length).replace(/\s+# .*$/, '')));

// Inside the command's package: a project in a clone is linked to the packages of the clone, and needs no npm.
const folder = mkdtempSync(join(root, 'packages', 'cli', '.deploy-'));
const env = { XDG_CACHE_HOME: join(folder, 'cache') };

let isGone = false;

afterAll(async () => {
  // A test that failed leaves its stack, and others share the stand-in. Without the stand-in nothing ran.
  if (!('missing' in inject('engines')) && !isGone)
    for (const line of ['infra destroy', 'infra destroy --delete-data'])
      await confirmed(line).catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});

const run = (line: string): Promise<Ended> => runCli(line.split(' '), { cwd: join(folder, 'shop'), env });

/** Runs the first step of a deletion, and the second with its token. */
async function confirmed(line: string): Promise<Ended> {
  const { stack, token } = JSON.parse((await run(`${line} --json`)).stdout);
  return run(`${line} --confirm ${stack} --token ${token}`);
}

test('each command of "Deploy it" does what the README says', { timeout: 600_000 }, async () => {
  const init = await runCli(['init', 'shop'], { cwd: folder });
  expect(init.code, init.stderr).toBe(0);
  const [config = ''] = codeBlocks(section, 'ts');
  writeFileSync(join(folder, 'shop', 'headwater.config.ts'), named(config));

  const printed = new Map<string, string>();
  let token = '';
  for (const line of lines) {
    // Where nobody can be asked, --yes answers.
    const asked = line.startsWith('infra deploy')
      ? `${line} --yes`
      : line.replace(/--token \S+/, `--token ${token}`);
    const { code, stdout, stderr } = await (asked.includes('--bootstrap')
      ? alone(() => run(asked))
      : run(asked));
    expect(code, `${asked}\n${stdout}${stderr}`).toBe(0);
    token = /--token (\S+)/.exec(stdout)?.[1] ?? token;
    printed.set(line, stdout);
    if (line.startsWith('infra deploy')) {
      const published = JSON.parse((await run('schema publish --yes --json')).stdout);
      expect(published.published, 'the stack has what publishing writes').toBe(false);
    }
  }
  const text = (part: string): string => [...printed].find(([line]) => line.includes(part))?.[1] ?? '';
  expect(text('infra synth')).toMatch(/total +\S+ +\S+ +\S+/);
  expect(text('infra diff')).toContain('a new stack');
  expect(text('infra deploy')).toContain(`deployed headwater-my-shop-${unique}`);
  expect(text('query revenue')).toMatch(/2019-10-01/);
  expect(text('infra destroy')).toMatch(new RegExp(`stays +bucket my-shop-${unique}-lake: \\d+ objects`));
  expect(text('--confirm')).toContain(`deleted headwater-my-shop-${unique}`);

  const deleted = await confirmed('infra destroy --delete-data');
  expect(deleted.code, deleted.stderr).toBe(0);
  expect(deleted.stdout).toContain('deleted the data of');
  isGone = true;
});
