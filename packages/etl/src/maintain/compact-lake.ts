import { HeadwaterError } from '@headwater/core';
import type { WriteOptions } from '../lake/write-options.ts';
import { withWriteRun } from '../lake/write-run.ts';
import { openDuckdbEngine } from '../load/duckdb/duckdb-engine.ts';
import { planCompaction } from '../load/plan-partitions.ts';
import { writeAndCommit } from '../load/write-and-commit.ts';

/** The result of a compaction. */
export interface CompactReport {
  readonly runId: string;
  /** Folders that were rewritten. */
  readonly partitions: number;
  readonly filesBefore: number;
  readonly filesAfter: number;
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * Brings every day to its canonical form: few files of the target size, sorted, with the same rows. The same rows loaded
 * in any order and any split give the same files, byte for byte, once compacted.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND` when the lake holds no commit of the table
 */
export async function compactLake(options: WriteOptions): Promise<CompactReport> {
  return withWriteRun(options, { during: 'the compaction', isRepeatable: true }, async (run) => {
    if (run.state.sequence === 0)
      throw new HeadwaterError('LAKE_NOT_FOUND', { lake: options.lake, table: run.schema.name });
    const works = planCompaction(run.state);
    const before = works.flatMap(({ existingFiles }) => existingFiles);
    const totalBytes = before.reduce((sum, { bytes }) => sum + bytes, 0);
    const rows = before.reduce((sum, file) => sum + file.rows, 0);
    await using engine = await openDuckdbEngine(run);
    const written = await writeAndCommit(run, engine, {
      operation: 'compact',
      works,
      quarantine: { files: [], reasons: {} },
      quarantineRemoved: [],
      isCommitted: works.length > 0,
      count: () => ({ inputs: [], rowsIn: 0, rowsOut: 0, duplicates: 0, quarantined: 0 }),
      onWritten: (fraction) =>
        options.onProgress?.({ phase: 'write', rows, bytes: totalBytes, totalBytes, fraction }),
    });
    return {
      runId: run.id,
      partitions: works.length,
      filesBefore: before.length,
      filesAfter: written.files,
      rows,
      bytes: written.bytes,
      seconds: (Date.now() - run.startedAt.getTime()) / 1000,
    };
  });
}
