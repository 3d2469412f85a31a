import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Empties folders of cached answers. Answers have no names of lakes or actors, so none can stay.
 * @returns the number of answers that were removed
 */
export async function emptyAnswerFolders(folders: readonly string[]): Promise<number> {
  let count = 0;
  for (const folder of folders) {
    for (const name of await readdir(folder).catch(() => [])) {
      // The names of answers are hashes; an answer that is being written has a longer one.
      if (!/^[0-9a-f]{64}(\.|$)/.test(name)) continue;
      await rm(join(folder, name), { force: true });
      count += 1;
    }
  }
  return count;
}
