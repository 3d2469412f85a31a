import type { DuckDBConnection } from '@duckdb/node-api';
import type { TableSchema } from '@headwater/core';
import type { DuckdbSession } from '../engine/duckdb-session.ts';
import type { WrittenFile } from './write-file.ts';
import { type PartitionWork, writePartition } from './write-partition.ts';

/** Everything that was written, in the order of the partitions. */
export interface WrittenPartitions {
  readonly files: readonly WrittenFile[];
  readonly removed: readonly string[];
  readonly duplicates: ReadonlyMap<number, number>;
}

/** Partitions written at the same time: one alone leaves a processor idle whenever its last row group is encoded. */
const parallelPartitions = 2;

/** Writes partitions, two at a time, into the run's staging folder. */
export async function writePartitions(
  session: DuckdbSession,
  schema: TableSchema,
  works: readonly PartitionWork[],
  stagedPath: (index: number) => string,
  onWritten: (done: number) => void,
): Promise<WrittenPartitions> {
  const results: Awaited<ReturnType<typeof writePartition>>[] = [];
  let next = 0;
  let done = 0;
  const worker = async (connection: DuckDBConnection): Promise<void> => {
    for (let index = next++; index < works.length; index = next++) {
      const work = works[index];
      if (!work) return;
      results[index] = await writePartition(connection, schema, work, stagedPath(index));
      done += 1;
      onWritten(done);
    }
  };
  const connections = await Promise.all(
    Array.from({ length: Math.min(parallelPartitions, works.length) }, () => session.connect()),
  );
  await Promise.all(connections.map(worker));
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
