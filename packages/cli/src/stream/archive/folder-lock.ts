import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Takes a folder for this process.
 *
 * @returns what gives it back; the id of the process that has it, if another one that lives has
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> } | { holder: number }> {
  const path = join(folder, 'run.lock');
  const text = await readFile(path, 'utf8').catch(() => '');
  const holder = Number(text);
  // A process that was killed leaves its file; in a container the next one often has the same id.
  if (holder > 0 && holder !== process.pid && isAlive(holder)) return { holder };
  await writeFile(path, String(process.pid));
  return { release: () => rm(path, { force: true }) };
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (cause) {
    // It lives, and is another user's.
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
