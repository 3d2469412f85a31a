// Builds every package into its dist, which it empties first: the output of a renamed source would be published too.
// Python files are copied beside the JavaScript that looks for them.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
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
for (const name of readdirSync(join(root, 'packages'))) {
  const source = join(root, 'packages', name, 'src');
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.py')) cpSync(join(source, file), join(root, 'packages', name, 'dist', file));
  }
}
process.exitCode = status ?? 1;
