import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those above it that are missing. Node's own recursive `mkdir` asks for ever where the system says
 * of a folder that is there that it is not, since nothing can be made in it, as in `/proc`.
 *
 * @returns the folders that were made, the highest first
 */
export async function makeFolder(folder: string): Promise<readonly string[]> {
  const above = dirname(folder);
  const first = await tryToMake(folder);
  if (first === 'made') return [folder];
  if (first === 'there') return [];
  if (first.code !== 'ENOENT' || above === folder) throw first;
  const made = await makeFolder(above);
  const second = await tryToMake(folder);
  if (typeof second === 'object') throw second;
  // Another process may have made it meanwhile.
  return second === 'made' ? [...made, folder] : made;
}

async function tryToMake(folder: string): Promise<'made' | 'there' | NodeJS.ErrnoException> {
  try {
    await mkdir(folder);
    return 'made';
  } catch (error) {
    const isThere = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    return isThere ? 'there' : (error as NodeJS.ErrnoException);
  }
}
