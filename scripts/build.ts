// Builds every package into its dist, which it empties first: the output of a renamed source would be published too.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

for (const name of readdirSync(join(root, 'packages'))) {
  rmSync(join(root, 'packages', name, 'dist'), { recursive: true, force: true });
}
const { status } = spawnSync('tsc -b tsconfig.build.json --force', {
  cwd: root,
  stdio: 'inherit',
  shell: true,
});
process.exitCode = status ?? 1;
