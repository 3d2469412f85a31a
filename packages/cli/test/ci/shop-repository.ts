import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const clone = join(import.meta.dirname, '../../../..');
const bin = join(clone, 'packages/cli/bin/headwater.js');

/** A repository of Git with a project, on disk. */
export interface ShopRepository {
  readonly path: string;
  /** A folder for a run, which is new. */
  folder(): string;
  git(...args: readonly string[]): string;
  /** Runs the command in the working tree. */
  headwater(...args: readonly string[]): string;
  read(file: string): string;
  write(file: string, text: string): void;
  /** Commits everything. @returns the commit's hash */
  commit(message: string): string;
  /** What `npm ci` would bring to a checkout. */
  link(checkout: string): void;
  /** Makes the merge of a branch into main that GitHub offers to workflows, as a ref. @returns the ref and its commit */
  mergeRef(branch: string, number: number): { readonly ref: string; readonly sha: string };
  remove(): void;
}

/** Makes an empty repository. The command of this clone is used, from its sources. */
export function shopRepository(): ShopRepository {
  const base = mkdtempSync(join(tmpdir(), 'headwater-workflow-'));
  const path = join(base, 'shop');
  mkdirSync(path);
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...author, ...args], { cwd: path, env, encoding: 'utf8', stdio: 'pipe' }).trim();
  git('init', '-q', '-b', 'main');
  let folders = 0;
  return {
    path,
    git,
    folder: () => {
      folders += 1;
      return join(base, `run-${folders}`);
    },
    headwater: (...args) =>
      execFileSync(process.execPath, ['--conditions=@headwater/source', bin, ...args], {
        cwd: path,
        encoding: 'utf8',
      }),
    read: (file) => readFileSync(join(path, file), 'utf8'),
    write: (file, text) => writeFileSync(join(path, file), text),
    commit(message) {
      git('add', '-A');
      git('commit', '-q', '-m', message);
      return git('rev-parse', 'HEAD');
    },
    mergeRef(branch, number) {
      const ref = `refs/pull/${number}/merge`;
      const tree = git('merge-tree', '--write-tree', 'main', branch);
      const sha = git('commit-tree', tree, '-p', 'main', '-p', branch, '-m', `Merge ${branch} into main`);
      git('update-ref', ref, sha);
      return { ref, sha };
    },
    link: (checkout) => linkPackages(checkout, join(base, 'types.tsbuildinfo')),
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}

/**
 * Links the packages of this clone into a checkout, in place of `npm ci`. The links lead to sources, so `tsc` gets the condition
 * `@headwater/source`. It keeps its build info in a file, which makes the next run incremental.
 */
function linkPackages(checkout: string, buildInfo: string): void {
  const modules = join(checkout, 'node_modules');
  const packages = ['cli', 'core', 'queries'].map(
    (name) => [`@headwater/${name}`, join(clone, 'packages', name)] as const,
  );
  const others = ['zod', 'typescript'].map((name) => [name, join(clone, 'node_modules', name)] as const);
  for (const [name, target] of [...packages, ...others]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(target, join(modules, name), 'dir');
  }
  mkdirSync(join(modules, '.bin'));
  symlinkSync(bin, join(modules, '.bin', 'headwater'));
  const compiler = join(clone, 'node_modules/typescript/bin/tsc');
  const tsc = join(modules, '.bin', 'tsc');
  writeFileSync(
    tsc,
    `#!/bin/sh\nexec "${process.execPath}" "${compiler}" --customConditions @headwater/source --incremental --tsBuildInfoFile "${buildInfo}" "$@"\n`,
  );
  chmodSync(tsc, 0o755);
}
