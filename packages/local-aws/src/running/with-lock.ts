import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheFolder } from '../cache-folder.ts';
import { SetupError } from '../setup-error.ts';

/** Milliseconds: a first installation on a slow line takes this long. */
const patience = 45 * 60_000;

/**
 * Does the work while no other process does such work on the same cache; waits for its turn. The lock is the operating
 * system's on a database file, so that a process that dies leaves none behind.
 *
 * @throws SetupError when the other one takes too long
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
    if (waits === 0) console.error('Another `engines` command is at work. Waiting for it.');
    if (performance.now() - started > patience)
      throw new SetupError('The other `engines` command does not end', 'Look for it with ps, and end it');
    await pause(250);
  }
}
