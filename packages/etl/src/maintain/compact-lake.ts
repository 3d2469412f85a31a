import { HeadwaterError } from '@headwater/core';
import type { LakeState } from '@headwater/core/internal';
import { withWriteRun } from '../lake/write-run.ts';
import { filesByFolder } from '../load/duckdb/plan-partitions.ts';
import { createStagingTables } from '../load/duckdb/staging-table.ts';
import type { PartitionWork } from '../load/duckdb/write-partition.ts';
import { writePartitions } from '../load/duckdb/write-partitions.ts';
import type { WriteOptions } from '../load/load-report.ts';

/** What a compaction did. */
export interface CompactReport {
  readonly runId: string;
  /** Folders written again. */
  readonly partitions: number;
  readonly filesBefore: number;
  readonly filesAfter: number;
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** Folders whose files came from more than one commit. One commit alone leaves a folder in its canonical form. */
function scatteredFolders(state: LakeState): Set<string> {
  const commits = new Map<string, Set<number>>();
  for (const [path, sequence] of state.addedBy) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    commits.set(folder, (commits.get(folder) ?? new Set()).add(sequence));
  }
  return new Set([...commits].filter(([, sequences]) => sequences.size > 1).map(([folder]) => folder));
}

/**
 * Brings every day to its canonical form: few files of target size, sorted, the same rows. The same rows loaded in any
 * order and any split give the same files, byte for byte, once compacted.
 */
export async function compactLake(options: WriteOptions): Promise<CompactReport> {
  return withWriteRun(options, { during: 'the compaction', isRepeatable: true }, async (run) => {
    const { schema } = options.table;
    if (run.state.sequence === 0)
      throw new HeadwaterError('LAKE_NOT_FOUND', { lake: options.lake, table: schema.name });
    const scattered = scatteredFolders(run.state);
    const works: PartitionWork[] = [...filesByFolder(run.state)]
      .filter(([folder]) => scattered.has(folder))
      .map(([folder, existingFiles]) => ({
        folder,
        day: existingFiles[0]?.day ?? '',
        staged: undefined,
        existing: existingFiles.map(run.localPath),
        existingFiles,
        rewrite: true,
      }));
    await run.fetch(works.flatMap(({ existingFiles }) => existingFiles));
    const connection = await run.session.connect();
    await connection.run(createStagingTables(schema));
    const before = works.flatMap((work) => work.existingFiles);
    const totalBytes = before.reduce((bytes, file) => bytes + file.bytes, 0);
    const rowsBefore = before.reduce((rows, file) => rows + file.rows, 0);
    const written = await writePartitions(
      run.session,
      schema,
      works,
      { stagedPath: (index) => run.staged(`part-${index}.parquet`), fileSize: options.targetFileSize },
      (done) =>
        options.onProgress?.({
          phase: 'write',
          rows: rowsBefore,
          bytes: totalBytes,
          totalBytes,
          fraction: done / works.length,
        }),
    );
    const rows = written.files.reduce((total, { file }) => total + file.rows, 0);
    if (rows !== rowsBefore) {
      throw new HeadwaterError('ACCOUNTING_MISMATCH', {
        file: options.lake,
        rowsIn: rowsBefore,
        rowsOut: rows,
        duplicates: 0,
        quarantined: 0,
      });
    }
    if (works.length > 0) {
      const none = { rowsIn: 0, rowsOut: 0, duplicates: 0, quarantined: 0 };
      await run.commit({
        operation: 'compact',
        inputs: [],
        ...none,
        reasons: {},
        added: written.files,
        removed: [...written.removed],
        quarantineAdded: [],
        quarantineRemoved: [],
      });
    }
    return {
      runId: run.id,
      partitions: works.length,
      filesBefore: before.length,
      filesAfter: written.files.length,
      rows,
      bytes: written.files.reduce((total, { file }) => total + file.bytes, 0),
      seconds: (Date.now() - run.startedAt.getTime()) / 1000,
    };
  });
}
