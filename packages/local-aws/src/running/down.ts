import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { stopProcess } from './process-table.ts';
import { partNames, readRunningState, removeRunningState } from './running-state.ts';
import { withLock } from './with-lock.ts';

/** Stops what `up` started and nothing else. Gives false when nothing was running. */
export function down(): Promise<boolean> {
  return withLock(stopAll);
}

/** The same for a caller that already holds the lock. */
export async function stopAll(): Promise<boolean> {
  const state = readRunningState();
  if (state === undefined) return false;
  // The façade first, so that no client is answered by half of the stand-in.
  const identities = partNames.toReversed().flatMap((name) => state.processes[name] ?? []);
  await Promise.all(identities.map((identity) => stopProcess(identity)));
  await rm(join(cacheFolder(), 'run'), { recursive: true, force: true });
  removeRunningState();
  return true;
}
