import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the workspace. */
export const repositoryRoot = join(import.meta.dirname, '..');

// What .gitignore names, written out: a checkout that git refuses to read, or that has no .git, is tested the same.
const notOurs =
  /^(node_modules|dist|\.git|coverage|\.headwater|\.DS_Store|\.snippets-\w+)$|\.(tgz|tsbuildinfo)$/;

/**
 * The files of the repository, without what is installed, built or left by a run.
 *
 * @param folder where to begin, from the root; the root itself when left out
 * @returns paths from the root, with `/`, in order
 * @example repositoryFiles('.ci') // ['.ci/run']
 */
export function repositoryFiles(folder = ''): readonly string[] {
  return readdirSync(join(repositoryRoot, folder), { withFileTypes: true })
    .filter((entry) => !notOurs.test(entry.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? repositoryFiles(path) : [path];
    })
    .sort();
}
