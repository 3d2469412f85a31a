import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A process of another container may have a number that is nobody's here: its folder is left alone while it is in use. */
const abandonedMs = 3_600_000;

/**
 * A folder of the machine's temporary ones, removed when disposed of. What a process that was killed left is removed by
 * the next call: the folder's name has the process in it.
 *
 * @param purpose a word for the name
 */
export async function openScratchFolder(
  purpose: string,
): Promise<AsyncDisposable & { readonly path: string }> {
  await removeAbandoned(purpose);
  const path = await mkdtemp(join(tmpdir(), `headwater-${purpose}-${process.pid}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

async function removeAbandoned(purpose: string): Promise<void> {
  const owned = new RegExp(`^headwater-${purpose}-(\\d+)-`);
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const pid = Number(owned.exec(name)?.[1] ?? process.pid);
    const path = join(tmpdir(), name);
    if (isRunning(pid)) continue;
    const { mtimeMs = Date.now() } = (await stat(path).catch(() => undefined)) ?? {};
    // Another user's cannot be removed, and is not ours to.
    if (Date.now() - mtimeMs > abandonedMs)
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
