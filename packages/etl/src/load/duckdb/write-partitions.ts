import { inParallel } from '@headwater/core/internal';
import type { PartitionWork, WrittenPartitions } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { mergeErrorFrom } from './merge-error.ts';
import { writePartition } from './write-partition.ts';

/** The most partitions written at the same time; Node gives the engine's statements four threads to wait in. */
const mostAtOnce = 4;

/**
 * Writes partitions into the run's staging folder, several at a time. Each statement works in the thread that waits for
 * it, and the engine keeps only the processors that are left for threads of its own: threads that share one small
 * partition spend up to half of their time on merging what they sorted apart.
 */
export async function writePartitions(
  run: DuckdbRun,
  works: readonly PartitionWork[],
  onWritten: (done: number) => void,
): Promise<WrittenPartitions> {
  const { session, staged } = run;
  await run.fetch(works.flatMap(({ existingFiles }) => existingFiles));
  // One more than processors: while a file is hashed and synced to disk, its processor has another partition's work.
  const atOnce = Math.min(mostAtOnce, session.threads + 1, works.length);
  const connections = await Promise.all(Array.from({ length: atOnce }, () => session.connect()));
  await connections[0]?.run(`SET threads = ${Math.max(1, session.threads - atOnce + 1)}`);
  let done = 0;
  const results = await inParallel([...works.entries()], atOnce, async ([index, work]) => {
    const connection = connections.pop();
    if (!connection) throw new Error('more partitions at work than connections');
    const stagedPath = staged(`part-${index}.parquet`);
    const result = await writePartition(run, connection, work, stagedPath).catch((error: unknown) => {
      throw mergeErrorFrom(error, run, work);
    });
    connections.push(connection);
    done += 1;
    onWritten(done);
    return result;
  });
  const duplicates = new Map(run.across.duplicates);
  for (const result of results) {
    for (const [input, rows] of result.duplicates) duplicates.set(input, (duplicates.get(input) ?? 0) + rows);
  }
  return {
    files: results.flatMap((result) => result.files),
    removed: results.flatMap((result) => result.removed),
    duplicates,
  };
}
