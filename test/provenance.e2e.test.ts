// Which environment variable makes the pinned pnpm sign what it publishes: npm's own name for it has no effect.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { repositoryRoot } from './repository-files.ts';
import { runProgram } from './run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-provenance-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Tries to publish to a port that no server has. pnpm refuses to sign on a machine that is no known CI, before it connects. */
async function publish(env: Readonly<Record<string, string>>): Promise<string> {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'nothing', version: '0.0.1' }));
  const pnpm = [join(repositoryRoot, 'scripts', 'pnpm.mjs'), 'publish', '--no-git-checks'];
  const args = [...pnpm, '--registry', 'http://127.0.0.1:1/'];
  const { status, output } = await runProgram(folder, process.execPath, args, {
    ...env,
    CI: '',
    GITHUB_ACTIONS: '',
    GITLAB_CI: '',
  });
  expect(status).not.toBe(0);
  return output;
}

test('the release sets the variable that pnpm reads', async () => {
  const release = readFileSync(join(repositoryRoot, '.github', 'workflows', 'release.yml'), 'utf8');
  const [, name = 'none'] = /^ +(\w+PROVENANCE): "true"$/m.exec(release) ?? [];
  expect(await publish({})).not.toContain('provenance');
  expect(await publish({ [name]: 'true' })).toMatch(/provenance generation is not supported/);
});
