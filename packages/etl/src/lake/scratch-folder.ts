import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A process of another container may have a number that no process has here, so its folder is left alone while it is in use. */
const abandonedMs = 3_600_000;

/**
 * Creates a folder that is removed when disposed of. The next call removes the folders of killed processes: a folder's
 * name holds the number of its process.
 *
 * @param purpose a word for the name
 * @param parent defaults to the machine's folder for temporary files
 */
export async function openScratchFolder(
  purpose: string,
  parent: string = tmpdir(),
): Promise<AsyncDisposable & { readonly path: string }> {
  await mkdir(parent, { recursive: true });
  await removeAbandoned(purpose, parent);
  const path = await mkdtemp(join(parent, `headwater-${purpose}-${process.pid}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

async function removeAbandoned(purpose: string, parent: string): Promise<void> {
  const owned = new RegExp(`^headwater-${purpose}-(\\d+)-`);
  for (const name of await readdir(parent).catch(() => [])) {
    const pid = Number(owned.exec(name)?.[1] ?? process.pid);
    const path = join(parent, name);
    if (isRunning(pid)) continue;
    const { mtimeMs = Date.now() } = (await stat(path).catch(() => undefined)) ?? {};
    // That of another user cannot be removed.
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
