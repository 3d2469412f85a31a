import { execFile } from 'node:child_process';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import { HeadwaterError } from '@headwater/core';
import { type SchemaSnapshot, snapshotPath } from '@headwater/core/internal';
import { snapshotsOf } from './snapshot-folder.ts';

const run = promisify(execFile);

/**
 * Reads the versions of a table as they are in a commit of the Git repository, in their order. The working files do not matter.
 *
 * @param folder the folder of snapshots, in the working tree. It may be missing there, and in the commit
 * @param project a folder of the working tree that is there
 * @param commit a commit as Git names it: `origin/main`, `HEAD^1`
 * @throws HeadwaterError `OPTION_INVALID` for a commit that Git does not find, `SNAPSHOT_INVALID`
 * @example readCommittedSnapshots('/shop/schema', '/shop', 'clickstream', 'origin/main')
 */
export async function readCommittedSnapshots(
  folder: string,
  project: string,
  table: string,
  commit: string,
): Promise<SchemaSnapshot[]> {
  const git = async (...args: readonly string[]): Promise<string> =>
    (await run('git', [...args], { cwd: project, maxBuffer: 2 ** 28 })).stdout;
  const hash = await git('rev-parse', '--verify', '--end-of-options', `${commit}^{commit}`).catch(
    (cause: unknown) => {
      throw unknownCommit(commit, cause);
    },
  );
  const below = `./${relative(project, folder).replaceAll('\\', '/')}`;
  const list = await git('ls-tree', '--name-only', '-z', hash.trim(), '--', `${below}/${table}/`);
  const names = list.split('\0').map((path) => path.slice(path.lastIndexOf('/') + 1));
  return snapshotsOf(table, names, {
    place: (number) => `${commit}:${below}/${snapshotPath(table, number)}`,
    read: (number) => git('show', `${hash.trim()}:${below}/${snapshotPath(table, number)}`),
  });
}

function unknownCommit(commit: string, cause: unknown): HeadwaterError {
  const { code, stderr = '' } = cause as { readonly code?: unknown; readonly stderr?: string };
  const problem = code === 'ENOENT' ? 'git is not installed' : (stderr.trim().split('\n')[0] ?? '');
  const expected =
    'a commit of this repository, such as origin/main; in a shallow clone, one that was fetched' +
    (problem === '' ? '' : ` (${problem})`);
  return new HeadwaterError('OPTION_INVALID', { option: '--base', value: commit, expected }, { cause });
}
