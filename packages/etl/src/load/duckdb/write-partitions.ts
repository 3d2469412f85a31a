import type { TableSchema } from '@headwater/core';
import { inParallel } from '@headwater/core/internal';
import type { DuckdbSession } from '../../engine/duckdb-session.ts';
import { targetFileBytes } from '../file-bytes.ts';
import type { WrittenFile } from './write-file.ts';
import { type PartitionWork, writePartition } from './write-partition.ts';

/** Everything that was written, in the order of the partitions. */
export interface WrittenPartitions {
  readonly files: readonly WrittenFile[];
  readonly removed: readonly string[];
  readonly duplicates: ReadonlyMap<number, number>;
}

/** The most partitions written at the same time; Node gives the engine's statements four threads to wait in. */
const mostAtOnce = 4;

/**
 * Writes partitions into the run's staging folder, several at a time. Each statement works in the thread that waits for
 * it, and the engine keeps only the processors that are left for threads of its own: threads that share one small
 * partition spend up to half of their time on merging what they sorted apart.
 */
export async function writePartitions(
  session: DuckdbSession,
  schema: TableSchema,
  works: readonly PartitionWork[],
  target: { stagedPath(index: number): string; fileSize?: string | undefined },
  onWritten: (done: number) => void,
): Promise<WrittenPartitions> {
  const fileBytes = targetFileBytes(target.fileSize);
  // One more than processors: while a file is hashed and put on the disk, its processor has another partition's work.
  const atOnce = Math.min(mostAtOnce, session.threads + 1, works.length);
  const connections = await Promise.all(Array.from({ length: atOnce }, () => session.connect()));
  await connections[0]?.run(`SET threads = ${Math.max(1, session.threads - atOnce + 1)}`);
  let done = 0;
  const results = await inParallel([...works.entries()], atOnce, async ([index, work]) => {
    const connection = connections.pop();
    if (!connection) throw new Error('more partitions at work than connections');
    const result = await writePartition(connection, schema, work, {
      stagedPath: target.stagedPath(index),
      fileBytes,
    });
    connections.push(connection);
    done += 1;
    onWritten(done);
    return result;
  });
  const duplicates = new Map<number, number>();
  for (const result of results) {
    for (const [input, rows] of result.duplicates) duplicates.set(input, (duplicates.get(input) ?? 0) + rows);
  }
  return {
    files: results.flatMap((result) => result.written),
    removed: results.flatMap((result) => result.removed),
    duplicates,
  };
}
