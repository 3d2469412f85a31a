import { HeadwaterError } from '@headwater/core';
import { assertFilesRewritable } from '@headwater/core/internal';
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
  /** Folders that stay as they are: they hold texts that the definition no longer takes, and were allowed to. */
  readonly left: readonly string[];
  /** Ids of changes that were allowed now, and not before. */
  readonly allowed: readonly string[];
  readonly filesBefore: number;
  readonly filesAfter: number;
  readonly rows: number;
  readonly bytes: number;
  /** Leftovers of dead runs that this run removed, as paths below the lake. */
  readonly removedLeftovers: readonly string[];
  readonly seconds: number;
}

/**
 * Brings every day to its canonical form: few files of the target size, sorted, with the same rows. The same rows loaded
 * in any order and any split give the same files, byte for byte, once compacted.
 *
 * Files that hold a column in another type than the definition are rewritten in it, so that every engine reads them. What
 * takes away values has to be allowed, even when a load was allowed to leave such files as they are.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND` when the lake holds no commit of the table, `SCHEMA_INCOMPATIBLE` when rewriting
 *   would lose values that are not allowed to be lost, or a value does not fit its new type
 */
export async function compactLake(options: WriteOptions): Promise<CompactReport> {
  return withWriteRun(options, { during: 'the compaction', isRepeatable: true }, async (run) => {
    if (run.state.sequence === 0)
      throw new HeadwaterError('LAKE_NOT_FOUND', { lake: options.lake, table: run.schema.name });
    const { schema, state, allowed } = run;
    const planned = planCompaction(schema, state);
    const paths = planned.flatMap(({ existingFiles }) => existingFiles.map(({ path }) => path));
    assertFilesRewritable(schema, state, options.lake, paths, options.allow);
    await using engine = await openDuckdbEngine(run);
    await run.fetch(planned.flatMap(({ existingFiles }) => existingFiles));
    const left = await engine.unfitFolders(planned);
    const works = planned.filter(({ folder }) => !left.includes(folder));
    const before = works.flatMap(({ existingFiles }) => existingFiles);
    const totalBytes = before.reduce((sum, { bytes }) => sum + bytes, 0);
    const rows = before.reduce((sum, file) => sum + file.rows, 0);
    const written = await writeAndCommit(run, engine, {
      operation: 'compact',
      works,
      quarantine: { files: [], reasons: {} },
      quarantineRemoved: [],
      isCommitted: works.length > 0 || allowed.length > 0,
      count: () => ({ inputs: [], rowsIn: 0, rowsOut: 0, duplicates: 0, quarantined: 0, filtered: 0 }),
      onWritten: (fraction) =>
        run.options.onProgress?.({ phase: 'write', rows, bytes: totalBytes, totalBytes, fraction }),
    });
    return {
      runId: run.id,
      partitions: works.length,
      left,
      allowed,
      filesBefore: before.length,
      filesAfter: written.files,
      rows,
      bytes: written.bytes,
      removedLeftovers: run.removedLeftovers,
      seconds: (Date.now() - run.startedAt.getTime()) / 1000,
    };
  });
}
