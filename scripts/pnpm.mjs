// Runs the pinned pnpm without an installation of it: `node scripts/pnpm.mjs install`. Plain JavaScript, so that any Node
// runs it.
import { spawnSync } from 'node:child_process';

// package.json has no `packageManager`, because pnpm would then record itself in the lockfile, and a frozen lockfile
// without that record fails if the registry does not have it.
const PNPM = 'pnpm@12.21.0';

// npx downloads it into npm's cache, so that nothing is installed globally.
const { status, error } = spawnSync('npx', ['--yes', '--loglevel=error', PNPM, ...process.argv.slice(2)], {
  stdio: 'inherit',
  shell: process.platform === 'win32', // there npx is a script, which only a shell can start
});
if (error) console.error(`Cannot run npx: ${error.message}. Is npm installed?`);
process.exitCode = status ?? 1;
