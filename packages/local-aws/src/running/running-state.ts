import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cacheFolder } from '../cache-folder.ts';

const processOf = z.object({ pid: z.int(), started: z.string() });

/** What `up` leaves for the others to find: which processes run, and where they listen. */
const runningState = z.object({
  since: z.string(),
  aws: z.url(),
  moto: z.url(),
  trino: z.url(),
  /** Started last, stopped first. */
  processes: z.record(z.string(), processOf),
});

/** @see runningState */
export type RunningState = z.infer<typeof runningState>;

/** Where the state is kept. */
export function statePath(): string {
  return join(cacheFolder(), 'running.json');
}

/** The state as last written; undefined where nothing was started, or by a version that wrote it otherwise. */
export function readRunningState(): RunningState | undefined {
  try {
    return runningState.parse(JSON.parse(readFileSync(statePath(), 'utf8')));
  } catch {
    return undefined;
  }
}
