import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { stopProcess } from './process-table.ts';
import { partNames, readRunningState, removeRunningState } from './running-state.ts';
import { withLock } from './with-lock.ts';

/** Stops what `up` started and nothing else; true when there was something. */
export function down(): Promise<boolean> {
  return withLock(stopAll);
}

/** The same for one who holds the lock already. */
export async function stopAll(): Promise<boolean> {
  const state = readRunningState();
  if (state === undefined) return false;
  // The façade first, so that nobody is answered with half of it.
  const identities = partNames.toReversed().flatMap((name) => state.processes[name] ?? []);
  await Promise.all(identities.map((identity) => stopProcess(identity)));
  await rm(join(cacheFolder(), 'run'), { recursive: true, force: true });
  removeRunningState();
  return true;
}
