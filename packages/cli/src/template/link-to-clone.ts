import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { cloneFolder } from '../output/own-command.ts';

/**
 * Links a project inside a clone of the repository to the clone's packages. They resolve from their own folders alone, and npm
 * cannot install them: their versions may not be published.
 *
 * @returns whether the project is inside a clone that this command runs from
 */
export async function linkToClone(folder: string): Promise<boolean> {
  const clone = cloneFolder(import.meta.filename);
  if (clone === undefined || relative(clone, folder).startsWith('..')) return false;
  const modules = join(folder, 'node_modules');
  const links = {
    [join('@headwater', 'cli')]: join(clone, 'packages', 'cli'),
    [join('@headwater', 'core')]: join(clone, 'packages', 'core'),
    zod: dirname(createRequire(import.meta.url).resolve('zod/package.json')),
  };
  await mkdir(join(modules, '@headwater'), { recursive: true });
  for (const [name, target] of Object.entries(links)) {
    const path = join(modules, name);
    if (!existsSync(path)) await symlink(relative(dirname(path), target), path, 'dir');
  }
  return true;
}
