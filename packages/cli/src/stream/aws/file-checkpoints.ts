import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint, CheckpointStore } from '@headwater/stream/local';

/**
 * The checkpoints of one consumer in a file, so that a run that is killed goes on where it was. A checkpoint that a crash of the machine
 * loses makes deliveries come again, which handlers count once.
 *
 * @param folder exists
 */
export function openFileCheckpoints(folder: string, consumer: string): CheckpointStore {
  const path = join(folder, `checkpoints-${consumer}.json`);
  const checkpoints = readCheckpoints(path);
  let writing: Promise<void> = Promise.resolve();
  return {
    get: async (shard) => checkpoints.get(shard),
    set(shard, checkpoint) {
      checkpoints.set(shard, checkpoint);
      writing = writing.then(async () => {
        await writeFile(`${path}.new`, JSON.stringify(Object.fromEntries(checkpoints)), { mode: 0o600 });
        await rename(`${path}.new`, path);
      });
      return writing;
    },
  };
}

function readCheckpoints(path: string): Map<string, Checkpoint> {
  try {
    return new Map<string, Checkpoint>(Object.entries(JSON.parse(readFileSync(path, 'utf8'))));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw cause;
  }
}
