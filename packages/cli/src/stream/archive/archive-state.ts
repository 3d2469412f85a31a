import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import { createFolderStore } from '@headwater/storage';
import { z } from 'zod';
import type { ShardPosition } from './landed-file.ts';

const stateFile = 'position.json';

const stateSchema = z.strictObject({
  version: z.literal(1),
  /** What the run reads, in words. */
  input: z.string(),
  shards: z.record(
    z.string(),
    z.strictObject({ last: z.string().regex(/^\d+$/), records: z.int().nonnegative(), digest: z.string() }),
  ),
});

/** The shards as far as they are in the lake. */
export type LoadedPositions = ReadonlyMap<string, ShardPosition>;

/**
 * How far an archive got: what an earlier run wrote.
 *
 * @returns no positions where the folder has none
 * @throws HeadwaterError `STREAM_RESUME_CONFLICT` when the file is damaged
 */
export async function readArchiveState(folder: string): Promise<LoadedPositions> {
  const text = await readFile(join(folder, stateFile), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw cause;
  });
  if (text === undefined) return new Map();
  try {
    return new Map(Object.entries(stateSchema.parse(JSON.parse(text)).shards));
  } catch (cause) {
    const problem = `${stateFile} there is damaged`;
    throw new HeadwaterError('STREAM_RESUME_CONFLICT', { folder, problem }, { cause });
  }
}

/** Replaces what an archive wrote about itself. After a crash the file is the old one or the new one. */
export async function writeArchiveState(
  folder: string,
  input: string,
  loaded: LoadedPositions,
): Promise<void> {
  const state: z.input<typeof stateSchema> = { version: 1, input, shards: Object.fromEntries(loaded) };
  await createFolderStore(folder).replaceText(stateFile, `${JSON.stringify(state)}\n`);
}

/** The complete files of a folder that this process has taken. Files that a dead run did not complete are removed. */
export async function openLanding(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  for (const name of names) if (/\.(part|new|draft)$/.test(name)) await rm(join(folder, name));
  return names.filter((name) => name.endsWith('.jsonl')).map((name) => join(folder, name));
}
