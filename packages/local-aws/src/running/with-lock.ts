import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheFolder } from '../cache-folder.ts';
import { SetupError } from '../setup-error.ts';

/** Maximum wait in milliseconds: a first installation on a slow line may take this long. */
const patience = 45 * 60_000;

/**
 * Runs the work while it holds the lock of the cache, which one process holds at a time; waits for the lock. It is the
 * operating system's lock on a database file, so a process that dies releases it.
 *
 * @throws SetupError when another process holds the lock for too long
 */
export async function withLock<Result>(work: () => Promise<Result>): Promise<Result> {
  mkdirSync(cacheFolder(), { recursive: true });
  const database = new DatabaseSync(join(cacheFolder(), 'lock.sqlite'), { timeout: 0 });
  try {
    await acquire(database);
    return await work();
  } finally {
    database.close();
  }
}

async function acquire(database: DatabaseSync): Promise<void> {
  const started = performance.now();
  for (let waits = 0; ; waits += 1) {
    try {
      database.exec('BEGIN EXCLUSIVE');
      return;
    } catch (error) {
      if (!(error instanceof Error && /locked|busy/.test(error.message))) throw error;
    }
    if (waits === 0) console.error('Another `engines` command is running. Waiting for it.');
    if (performance.now() - started > patience)
      throw new SetupError('The other `engines` command does not end', 'Find it with ps, and stop it');
    await pause(250);
  }
}
