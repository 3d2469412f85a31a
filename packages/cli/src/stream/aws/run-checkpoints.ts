import { type CheckpointStore, MemoryCheckpoints } from '@headwater/stream/local';
import { openFileCheckpoints } from './file-checkpoints.ts';

/** The consumer whose checkpoints are the files of the archive itself. */
const archiveConsumer = 'archive';

/**
 * The checkpoints of the consumers of a run: the archive begins to read where its files end, and handlers where they were.
 *
 * @param folder exists; the checkpoints of handlers are files there
 * @param after the last record of a shard that the archive has
 */
export const runCheckpoints =
  (folder: string, after: (shard: string) => string | undefined) =>
  (consumer: string): CheckpointStore =>
    consumer === archiveConsumer ? afterFiles(after) : openFileCheckpoints(folder, consumer);

function afterFiles(after: (shard: string) => string | undefined): CheckpointStore {
  const memory = new MemoryCheckpoints();
  return {
    async get(shard) {
      const sequenceNumber = after(shard);
      return (await memory.get(shard)) ?? (sequenceNumber === undefined ? undefined : { sequenceNumber });
    },
    set: (shard, checkpoint) => memory.set(shard, checkpoint),
  };
}
