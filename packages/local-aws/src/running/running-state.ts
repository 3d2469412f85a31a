import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cacheFolder } from '../cache-folder.ts';

/** The parts, in the order in which they are started. */
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

/** What `up` writes for the other commands: the processes that run, and the addresses that they listen on. */
export type RunningState = z.infer<typeof runningState>;

const pathOf = (): string => join(cacheFolder(), 'running.json');

/** The last state written; undefined when nothing was started, or when another version wrote the file. */
export function readRunningState(): RunningState | undefined {
  try {
    return runningState.parse(JSON.parse(readFileSync(pathOf(), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Replaces the state in one step. */
export function writeRunningState(state: RunningState): void {
  const path = pathOf();
  writeFileSync(`${path}.new`, JSON.stringify(state, null, 2));
  renameSync(`${path}.new`, path);
}

/** Removes the state, once nothing runs. */
export function removeRunningState(): void {
  rmSync(pathOf(), { force: true });
}
