// The pinned pnpm, for those who have not installed it: `node scripts/pnpm.mjs install`.
// Plain JavaScript, for whatever Node the machine has.
import { spawnSync } from 'node:child_process';

// Not package.json's `packageManager`: pnpm would want to record itself in the lockfile, and a frozen
// lockfile without that record fails where the registry cannot give it.
const PNPM = 'pnpm@12.21.0';

// npx fetches it into npm's cache, so that nothing has to be installed globally.
const { status, error } = spawnSync('npx', ['--yes', '--loglevel=error', PNPM, ...process.argv.slice(2)], {
  stdio: 'inherit',
  shell: process.platform === 'win32', // where npx is a script, which only a shell can start
});
if (error) console.error(`Cannot run npx: ${error.message}. Is npm installed?`);
process.exitCode = status ?? 1;
