import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What scratch folders are for, where they may hold rows of a lake or of a lookup. */
const copies = 'verify|quarantine|dry-run|lookups|warehouse';

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

/**
 * Removes the folders of killed processes.
 *
 * @param purpose of which folders, as a regular expression. Defaults to those that may hold rows of a lake
 * @returns those that stay: of other running processes, and of killed ones within an hour
 */
export async function removeAbandoned(
  purpose = copies,
  parent: string = tmpdir(),
): Promise<readonly string[]> {
  const owned = new RegExp(`^headwater-(?:${purpose})-(\\d+)-`);
  const left: string[] = [];
  for (const name of await readdir(parent).catch(() => [])) {
    const pid = Number(owned.exec(name)?.[1] ?? process.pid);
    if (pid === process.pid) continue;
    const path = join(parent, name);
    const { mtimeMs = Date.now() } = (await stat(path).catch(() => undefined)) ?? {};
    if (isRunning(pid) || Date.now() - mtimeMs <= abandonedMs) left.push(path);
    // That of another user cannot be removed.
    else await rm(path, { recursive: true, force: true }).catch(() => left.push(path));
  }
  return left;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
