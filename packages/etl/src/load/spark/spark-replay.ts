import type { WriteRun } from '../../lake/write-run.ts';
import { type ExportedLookup, exportLookups } from '../duckdb/export-lookups.ts';
import { targetFileBytes } from '../file-bytes.ts';
import type { ReplayEngine } from '../load-engine.ts';
import { mergeMisfits } from '../merge-misfits.ts';
import { sparkReplayPlan } from './replay-plan.ts';
import { localPlan, machineSettings, plannedFile, runPlan } from './run-plan.ts';
import { lookedUp } from './spark-engine.ts';
import type { SparkReplayed } from './spark-result.ts';
import { writtenSteps } from './written-steps.ts';

/** What a replay of an empty quarantine writes. */
const nothing: SparkReplayed = {
  status: 'written',
  ...{ accepted: 0, rejected: 0, filtered: 0, duplicates: 0, reasons: {} },
  ...{ added: [], removed: [], quarantineAdded: [] },
  local: { examples: [], nulled: [], losing: [] },
};

/**
 * Opens the Spark of this machine for one replay. The script does the whole replay when the quarantine is staged; the steps after that
 * give what it wrote.
 */
export async function openSparkReplay(run: WriteRun): Promise<ReplayEngine> {
  const targetBytes = targetFileBytes(run.options.targetFileSize);
  let written: SparkReplayed | undefined;
  let lookups: readonly ExportedLookup[] = [];
  const result = (): SparkReplayed => {
    if (!written) throw new Error('nothing is staged yet');
    return written;
  };
  return {
    async loadLookups(files) {
      lookups = await exportLookups(run, files, run.staged(''));
    },
    lookups: () => lookedUp(lookups, written),
    async stageQuarantine(files) {
      written = nothing;
      if (files.length > 0) {
        const plan = sparkReplayPlan(run.schema, {
          ...{ targetBytes, lookups },
          settings: machineSettings(run),
          files: files.map((file) => plannedFile(run, file)),
          local: localPlan(run, new Set()),
        });
        const report = run.options.onProgress;
        const rows = files.reduce((sum, file) => sum + file.rows, 0);
        written = await runPlan<SparkReplayed>(run, plan, {
          during: 'the replay',
          onProgress: (phase, fraction) => report?.({ phase, rows, bytes: 0, totalBytes: 0, fraction }),
          misfits: (cause) =>
            mergeMisfits(run, `a day that the replay adds to in ${run.options.lake}`, cause),
        });
      }
      const { accepted, rejected, filtered } = written;
      return { accepted, rejected, filtered };
    },
    ...writtenSteps(result, ({ duplicates }) => new Map(duplicates > 0 ? [[0, duplicates]] : [])),
    async [Symbol.asyncDispose]() {},
  };
}
