import { recordColumnGap } from '../../input/column-gap.ts';
import type { WriteRun } from '../../lake/write-run.ts';
import { type ExportedLookup, exportLookups } from '../duckdb/export-lookups.ts';
import { targetFileBytes } from '../file-bytes.ts';
import type { LoadEngine, ReadOptions, StagedInput } from '../load-engine.ts';
import { mergeMisfits } from '../merge-misfits.ts';
import { type InputToRead, noGap, planInputs } from './plan-inputs.ts';
import { localPlan, machineSettings, runPlan } from './run-plan.ts';
import { type SparkPlan, sparkPlan } from './spark-plan.ts';
import type { SparkWritten } from './spark-result.ts';
import { writtenSteps } from './written-steps.ts';

/**
 * Opens the Spark of this machine for one load. The script does the whole load when the inputs are staged; the steps after that give
 * what it wrote.
 *
 * @param maxQuarantine the share of rejected rows above which the script writes nothing
 */
export async function openSparkEngine(run: WriteRun, maxQuarantine: number): Promise<LoadEngine> {
  const targetBytes = targetFileBytes(run.options.targetFileSize);
  let written: SparkWritten | undefined;
  let lookups: readonly ExportedLookup[] = [];
  const result = (): SparkWritten => {
    if (!written) throw new Error('nothing is staged yet');
    return written;
  };
  return {
    async loadLookups(files) {
      lookups = await exportLookups(run, files, run.staged(''));
    },
    lookups: () => lookedUp(lookups, written),
    async stageInputs(files, reading) {
      const inputs = await planInputs(run, files, reading);
      written = await loadInputs(run, inputs, reading, { targetBytes, maxQuarantine, lookups });
      return stagedInputs(inputs, written, reading);
    },
    ...writtenSteps(result, ({ inputs, local }) => {
      // A duplicate that the lake itself had counts for the first input already.
      const fresh = local.inputs.filter(({ skipped }) => !skipped);
      return new Map(fresh.map((_, index) => [index, inputs[index]?.duplicates ?? 0]));
    }),
    async [Symbol.asyncDispose]() {},
  };
}

/** The lookups of a run with the rows that have no match. */
export const lookedUp = (
  lookups: readonly ExportedLookup[],
  written: Pick<SparkWritten, 'lookups'> | undefined,
): ReturnType<LoadEngine['lookups']> =>
  lookups.map(({ at: _, ...lookup }) => ({
    ...lookup,
    unmatched: written?.lookups?.find(({ name }) => name === lookup.name)?.unmatched ?? 0,
  }));

function loadInputs(
  run: WriteRun,
  inputs: readonly InputToRead[],
  { file, known, progress }: ReadOptions,
  settings: Pick<SparkPlan, 'targetBytes' | 'maxQuarantine' | 'lookups'>,
): Promise<SparkWritten> {
  const plan = sparkPlan(run.schema, file, {
    ...settings,
    inputs: inputs.map(({ planned }) => planned),
    settings: machineSettings(run),
    local: localPlan(run, known),
  });
  return runPlan<SparkWritten>(run, plan, {
    sources: inputs.map(({ planned }) => planned.source),
    onProgress: (phase, fraction) => progress.report(phase, fraction),
    async onEnded() {
      for (const { assertUnchanged } of inputs) await assertUnchanged();
    },
    misfits: (cause) => mergeMisfits(run, `a day that the load adds to in ${run.options.lake}`, cause),
  });
}

/** The inputs as the report counts them, in the order of the run. */
function stagedInputs(
  inputs: readonly InputToRead[],
  { local }: SparkWritten,
  { file, onStaged }: ReadOptions,
): StagedInput[] {
  const fresh = local.inputs.filter(({ skipped }) => !skipped).length;
  let staged = 0;
  return local.inputs.map((found, index) => {
    const { source, hash, bytes, skipped, isEmpty, rowsIn = 0, recordsIn } = found;
    const { accepted = 0, quarantined = 0, filtered = 0 } = found;
    const { gap: known = noGap, object } = inputs[index] ?? {};
    const gap = found.fields ? recordColumnGap(file, found.fields) : known;
    const records = recordsIn === undefined ? {} : { records: recordsIn };
    const counts = { rows: rowsIn, ...records, accepted, rejected: quarantined, filtered };
    const input = { source, object, hash, bytes, skipped, isEmpty, gap, ...counts };
    if (!skipped) {
      staged += 1;
      onStaged(input, staged / fresh);
    }
    return input;
  });
}
