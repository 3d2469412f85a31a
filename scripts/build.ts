// Builds every package into its dist, which it empties first: the output of a renamed source would be published too.
// Python files are copied beside the JavaScript that looks for them, and the page of the dashboard is bundled.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePage } from '../packages/dashboard/src/bundle/bundle-page.ts';

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
const page = join(root, 'packages', 'dashboard', 'dist', 'page');
mkdirSync(page, { recursive: true });
writeFileSync(join(page, 'page.js'), await bundlePage());
process.exitCode = status ?? 1;
