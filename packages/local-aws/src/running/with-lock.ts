import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheFolder } from '../cache-folder.ts';
import { SetupError } from '../setup-error.ts';

/** Maximum wait in milliseconds: a first installation on a slow line may take this long. */
const patience = 45 * 60_000;

/** What one process does at a time: the file of its lock in the cache, and who holds it. */
const locks = {
  cache: { file: 'lock.sqlite', holder: '`engines` command' },
  account: { file: 'account.sqlite', holder: 'test file' },
} as const;

/**
 * Runs the work while it holds a lock, which one process holds at a time; waits for the lock. It is the operating system's lock
 * on a database file, so a process that dies releases it.
 *
 * @param name `cache` for what installs, starts and stops; `account` for what tests change that all of them share
 * @throws SetupError when another process holds the lock for too long
 */
export async function withLock<Result>(
  work: () => Promise<Result>,
  name: keyof typeof locks = 'cache',
): Promise<Result> {
  mkdirSync(cacheFolder(), { recursive: true });
  const { file, holder } = locks[name];
  const database = new DatabaseSync(join(cacheFolder(), file), { timeout: 0 });
  try {
    await acquire(database, holder);
    return await work();
  } finally {
    database.close();
  }
}

async function acquire(database: DatabaseSync, holder: string): Promise<void> {
  const started = performance.now();
  for (let waits = 0; ; waits += 1) {
    try {
      database.exec('BEGIN EXCLUSIVE');
      return;
    } catch (error) {
      if (!(error instanceof Error && /locked|busy/.test(error.message))) throw error;
    }
    if (waits === 0) console.error(`Another ${holder} is running. Waiting for it.`);
    if (performance.now() - started > patience)
      throw new SetupError(`The other ${holder} does not end`, 'Find it with ps, and stop it');
    await pause(250);
  }
}
