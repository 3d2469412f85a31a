// Plain JavaScript for whatever Node the machine has (20 or later): installs the workspace with the
// pinned pnpm, then hands over to a script that runs on the pinned Node. Nothing but Node and npm is needed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [script, ...args] = process.argv.slice(2);
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(`Headwater needs Node 20 or later to install; this is ${process.version}. See https://nodejs.org`);
  process.exit(1);
}

/** Runs the pinned pnpm through npx, so that nothing has to be installed globally. */
function pnpm(pnpmArgs, env = {}) {
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  const result = spawnSync(npx, ['--yes', '--loglevel=error', packageManager, ...pnpmArgs], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  if (result.error) {
    console.error(`Cannot run npx: ${result.error.message}. Is npm installed?`);
    process.exit(1);
  }
  if (result.status !== 0) process.exit(result.status ?? 1);
}

pnpm(['install', '--frozen-lockfile', '--reporter=append-only'], { CI: 'true' });
pnpm(['run', '--silent', script, ...args], { INIT_CWD: process.env.INIT_CWD ?? process.cwd() });
