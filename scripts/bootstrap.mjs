// Installs the workspace with the pinned pnpm, then runs the arguments on the workspace's own Node. Needs only npm and
// Node 20 or later, so it is plain JavaScript.
//
//   node scripts/bootstrap.mjs [node options] <script> [arguments]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules', '.bin');
const executable = process.platform === 'win32' ? 'node.exe' : 'node';
const workspaceNode = join(root, 'node_modules', 'node', 'bin', executable);

/** Runs a Node in the workspace and shows its output. Exits when it fails. */
function run(node, args, env) {
  const { status, error } = spawnSync(node, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (error) console.error(`Cannot run ${node}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(
    `Headwater needs Node 20 or later to install; this is ${process.version}. See https://nodejs.org`,
  );
  process.exit(1);
}

run(
  process.execPath,
  [join(root, 'scripts', 'pnpm.mjs'), 'install', '--frozen-lockfile', '--reporter=append-only'],
  { CI: 'true' }, // without prompts
);

if (!existsSync(workspaceNode)) {
  console.error(`The installation has no ${workspaceNode}. Remove node_modules and try again.`);
  process.exit(1);
}

// The user's folder, against which paths in the arguments resolve. npm sets INIT_CWD; a direct call does not.
run(workspaceNode, process.argv.slice(2), {
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  INIT_CWD: process.env.INIT_CWD ?? process.cwd(),
});
