import type { WriteRun } from '../../lake/write-run.ts';
import { openDuckdbRun } from '../duckdb/duckdb-engine.ts';
import { unfitFolders } from '../duckdb/unfit-folders.ts';
import { targetFileBytes } from '../file-bytes.ts';
import type { CompactionEngine } from '../load-engine.ts';
import { mergeMisfits } from '../merge-misfits.ts';
import { sparkCompactPlan } from './compact-plan.ts';
import { localPlan, machineSettings, runPlan } from './run-plan.ts';
import type { SparkCompacted } from './spark-result.ts';
import { syncedFiles } from './written-steps.ts';

/**
 * Opens the Spark of this machine for one compaction. It casts no value that a cast would change, so a compaction that an allowed
 * change would round is refused: DuckDB does it.
 */
export async function openSparkCompaction(run: WriteRun): Promise<CompactionEngine> {
  const targetBytes = targetFileBytes(run.options.targetFileSize);
  return {
    async unfitFolders(works) {
      // Few columns of few files, which DuckDB reads here in less time than Spark takes to start.
      const context = await openDuckdbRun(run);
      try {
        return await unfitFolders(context, works);
      } finally {
        context.session.close();
      }
    },
    async writePartitions(works, onWritten) {
      if (works.length === 0) return { files: [], removed: [], duplicates: new Map() };
      const plan = sparkCompactPlan(run.schema, {
        targetBytes,
        settings: machineSettings(run),
        folders: works.map(({ folder, day, existingFiles }) => ({
          ...{ folder, day },
          rows: existingFiles.reduce((sum, { rows }) => sum + rows, 0),
        })),
        local: localPlan(run, new Set()),
      });
      const { added, removed } = await runPlan<SparkCompacted>(run, plan, {
        during: 'the compaction',
        onProgress: (_, fraction) => onWritten(fraction * works.length),
        misfits: (cause) =>
          mergeMisfits(run, `a day of ${run.options.lake}`, cause, {
            fix: 'take the change back, or compact with DuckDB, which rounds where the change is allowed',
          }),
      });
      const files = await syncedFiles(added);
      onWritten(works.length);
      return { files, removed, duplicates: new Map() };
    },
    async [Symbol.asyncDispose]() {},
  };
}
