import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HeadwaterError } from '@headwater/core';
import { makeFolder } from '@headwater/storage';

/** Reads of a lock, 20 ms apart, until a file without an id is taken for one that a process left when it was killed. */
const mostReads = 10;

/**
 * Makes a folder, for this user only, since it holds rows, and takes it for this process. Of processes that want it at the same moment one gets it.
 *
 * @param waitSeconds how long to wait for another process that lives; with 0 there is one try
 * @param signal ends the waiting
 * @returns what gives it back; the id of the process that has it, if another one that lives still has
 * @throws HeadwaterError `INTERRUPTED` when the signal ended the waiting
 */
export async function lockFolder(
  folder: string,
  waitSeconds: number,
  signal?: AbortSignal,
): Promise<{ release(): Promise<void> } | { holder: number }> {
  const deadline = performance.now() + waitSeconds * 1000;
  const path = join(folder, 'run.lock');
  await makeFolder(folder, 0o700);
  while (!(await isCreated(path))) {
    const holder = await holderOf(path);
    // A process that was killed leaves its file; in a container the next one often has the same id.
    if (holder > 0 && holder !== process.pid && isAlive(holder)) {
      const left = deadline - performance.now();
      if (left <= 0) return { holder };
      await pause(Math.min(200, left), signal);
    } else {
      await rm(path, { force: true });
    }
  }
  return { release: () => rm(path, { force: true }) };
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await setTimeout(ms, undefined, signal && { signal });
  } catch (cause) {
    throw new HeadwaterError('INTERRUPTED', { during: 'waiting for another run' }, { cause });
  }
}

async function isCreated(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

/** The process that made a lock; 0 when it says none. */
async function holderOf(path: string): Promise<number> {
  for (let reads = 0; reads < mostReads; reads += 1) {
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (holder > 0) return holder;
    // Its maker is about to write.
    await setTimeout(20);
  }
  return 0;
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
