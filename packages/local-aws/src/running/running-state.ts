import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cacheFolder } from '../cache-folder.ts';

/** The parts, in the order they are started. */
export const partNames = ['moto', 'trino', 'aws'] as const;

/** Name of a part. */
export type PartName = (typeof partNames)[number];

const runningState = z.object({
  aws: z.url(),
  moto: z.url(),
  trino: z.url(),
  /** A Python with pyarrow, boto3 and moto. */
  python: z.string(),
  processes: z.partialRecord(z.enum(partNames), z.object({ pid: z.int(), started: z.string() })),
});

/** What `up` leaves for the others to find: which processes run, and where they listen. */
export type RunningState = z.infer<typeof runningState>;

const pathOf = (): string => join(cacheFolder(), 'running.json');

/** The state as last written; undefined where nothing was started, or by a version that wrote it otherwise. */
export function readRunningState(): RunningState | undefined {
  try {
    return runningState.parse(JSON.parse(readFileSync(pathOf(), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Puts the state in place of the last one, whole. */
export function writeRunningState(state: RunningState): void {
  const path = pathOf();
  writeFileSync(`${path}.new`, JSON.stringify(state, null, 2));
  renameSync(`${path}.new`, path);
}

/** Nothing runs any more. */
export function removeRunningState(): void {
  rmSync(pathOf(), { force: true });
}
