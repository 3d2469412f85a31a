import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and its missing parents. Node's recursive `mkdir` never returns if the system reports an existing parent as
 * missing because no folder can be created in it, as in `/proc`.
 *
 * @param mode the permissions of the folders that are made. Defaults to what the process gives
 * @returns the folders that were made, from the top
 */
export async function makeFolder(folder: string, mode?: number): Promise<readonly string[]> {
  const above = dirname(folder);
  const first = await tryToMake(folder, mode);
  if (first === 'made') return [folder];
  if (first === 'there') return [];
  if (first.code !== 'ENOENT' || above === folder) throw first;
  const made = await makeFolder(above, mode);
  const second = await tryToMake(folder, mode);
  if (typeof second === 'object') throw second;
  // Another process may have made it in the meantime.
  return second === 'made' ? [...made, folder] : made;
}

async function tryToMake(
  folder: string,
  mode: number | undefined,
): Promise<'made' | 'there' | NodeJS.ErrnoException> {
  try {
    await mkdir(folder, mode);
    return 'made';
  } catch (error) {
    const isThere = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    return isThere ? 'there' : (error as NodeJS.ErrnoException);
  }
}
