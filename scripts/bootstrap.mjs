// Plain JavaScript for whatever Node the machine has (20 or later): installs the workspace with the
// pinned pnpm, then runs the arguments on the workspace's own Node. Nothing but Node and npm is needed.
//
//   node scripts/bootstrap.mjs [node options] <script> [arguments]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Not package.json's `packageManager`: pnpm would want to record itself in the lockfile, and a frozen
// lockfile without that record fails where the registry cannot give it.
const PNPM = 'pnpm@12.21.0';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules', '.bin');
const windows = process.platform === 'win32';

/** Runs a command in the workspace with its output shown; ends this process when the command fails. */
function run(command, args, env = {}) {
  const shell = windows && command.endsWith('.cmd');
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell,
    env: { ...process.env, ...env },
  });
  if (result.error) {
    console.error(`Cannot run ${command}: ${result.error.message}`);
    process.exit(1);
  }
  if (result.status !== 0) process.exit(result.status ?? 1);
}

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(
    `Headwater needs Node 20 or later to install; this is ${process.version}. See https://nodejs.org`,
  );
  process.exit(1);
}

// npx fetches the pinned pnpm into npm's cache, so that nothing has to be installed globally.
run(
  windows ? 'npx.cmd' : 'npx',
  ['--yes', '--loglevel=error', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'],
  { CI: 'true' },
);

const node = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
if (!existsSync(node)) {
  console.error('The install left no Node in node_modules/node. Remove node_modules and try again.');
  process.exit(1);
}

// The user's folder, for paths given as arguments: npm says it in INIT_CWD, a direct call does not.
run(node, process.argv.slice(2), {
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  INIT_CWD: process.env.INIT_CWD ?? process.cwd(),
});
