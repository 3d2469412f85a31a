import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { type DataFile, schemaAt } from '@headwater/core/internal';
import { sizeBytes } from '../../engine/size-text.ts';
import { recordColumnGap } from '../../input/column-gap.ts';
import type { WriteRun } from '../../lake/write-run.ts';
import type { WrittenFile } from '../../lake/written-file.ts';
import { type ExportedLookup, exportLookups } from '../duckdb/export-lookups.ts';
import { targetFileBytes } from '../file-bytes.ts';
import type { LoadEngine, ReadOptions, StagedFolder, StagedInput } from '../load-engine.ts';
import { mergeMisfits } from '../merge-misfits.ts';
import { type InputToRead, noGap, planInputs } from './plan-inputs.ts';
import { runSpark } from './run-spark.ts';
import { sparkErrorFrom } from './spark-error.ts';
import { type PlannedFile, type SparkPlan, sparkPlan } from './spark-plan.ts';
import type { SparkFile, SparkResult, SparkWritten } from './spark-result.ts';

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
    lookups: () =>
      lookups.map(({ at: _, ...lookup }) => ({
        ...lookup,
        unmatched: written?.lookups?.find(({ name }) => name === lookup.name)?.unmatched ?? 0,
      })),
    async stageInputs(files, reading) {
      const inputs = await planInputs(run, files, reading);
      written = await runPlan(run, inputs, reading, { targetBytes, maxQuarantine, lookups });
      return stagedInputs(inputs, written, reading);
    },
    async writeQuarantine() {
      const { reasons, quarantineAdded } = result();
      return { files: quarantineAdded.map(writtenFile), reasons };
    },
    nulledValues: async () => [...result().local.nulled],
    rejectionExamples: async (limit) => result().local.examples.slice(0, limit),
    settleAcrossFolders: async () => new Set(result().local.losing),
    async stagedFolders() {
      const folders = new Map(result().added.map(({ folder, day }) => [folder, day]));
      return [...folders].sort().map(([folder, day]): StagedFolder => ({ folder, day, rows: folder }));
    },
    async writePartitions(works, onWritten) {
      const { added, removed, inputs, local } = result();
      for (const { uri } of added) await syncFile(uri);
      onWritten(works.length);
      // A duplicate that the lake itself had counts for the first input already.
      const fresh = local.inputs.filter(({ skipped }) => !skipped);
      return {
        files: added.map(writtenFile),
        removed,
        duplicates: new Map(fresh.map((_, index) => [index, inputs[index]?.duplicates ?? 0])),
      };
    },
    async [Symbol.asyncDispose]() {},
  };
}

const writtenFile = ({ uri, folder, ...facts }: SparkFile): WrittenFile => ({
  stagedPath: uri,
  file: { path: `${folder}/part-${facts.hash.slice(0, 16)}.parquet`, ...facts },
});

/** Puts a file's bytes on the disk before the commit that lists it. */
async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.sync();
  await handle.close();
}

/** Writes the plan, runs the script and reads its result. */
async function runPlan(
  run: WriteRun,
  inputs: readonly InputToRead[],
  { file, known, progress }: ReadOptions,
  settings: Pick<SparkPlan, 'targetBytes' | 'maxQuarantine' | 'lookups'>,
): Promise<SparkWritten> {
  const { id, startedAt, options, state, staged } = run;
  const scratch = staged('spark');
  const plan = sparkPlan(run.schema, file, {
    ...settings,
    inputs: inputs.map(({ planned }) => planned),
    settings: machineSettings(run),
    local: {
      runId: id,
      startedAt: startedAt.toISOString(),
      known: [...known],
      files: state.files.map((one) => plannedFile(run, one)),
      scratch,
    },
  });
  const paths = { plan: staged('plan.json'), result: staged('result.json') };
  // Outside of the staging folder, which goes with the run.
  const log = join(tmpdir(), `headwater-spark-${id}.log`);
  await writeFile(paths.plan, JSON.stringify(plan));
  const byPath = new Map(state.files.map((one) => [one.path, one]));
  const exit = await runSpark({
    ...paths,
    log,
    signal: options.signal,
    onProgress: (phase, fraction) => progress.report(phase, fraction),
    onFetch: (wanted) => run.fetch(wanted.flatMap((path) => byPath.get(path) ?? [])),
  });
  await rm(join(tmpdir(), `headwater-spark-${id}`), { recursive: true, force: true });
  const text = await readFile(paths.result, 'utf8').catch(() => undefined);
  const result = text === undefined ? undefined : (JSON.parse(text) as SparkResult);
  for (const { assertUnchanged } of inputs) await assertUnchanged();
  if (result?.status === 'written') {
    await rm(log, { force: true });
    return result;
  }
  const sources = inputs.map(({ planned }) => planned.source);
  const misfits = (cause: Error) =>
    mergeMisfits(run, `a day that the load adds to in ${options.lake}`, cause);
  const { memoryLimit } = options;
  throw await sparkErrorFrom({ exit, failed: result, log, sources, memoryLimit, misfits });
}

function plannedFile({ localPath, state }: WriteRun, file: DataFile): PlannedFile {
  const { path, day, rows, bytes, hash } = file;
  const schema = schemaAt(state, state.addedBy.get(path) ?? 0)?.fingerprint ?? '';
  return { path, day, rows, bytes, hash, schema, at: localPath(file) };
}

/** Java's own memory beside its heap, and Python's. */
const heapShare = 0.7;

/** Where Spark spills. It reads a comma as the end of a path, so a run whose folder has one in its path spills beside it. */
const spillFolder = (folder: string, runId: string): string =>
  folder.includes(',') ? join(tmpdir(), `headwater-spark-${runId}`) : folder;

/** The settings of a Spark on this machine alone. */
function machineSettings({
  id,
  options: { memoryLimit, threads },
  staged,
}: WriteRun): Record<string, string> {
  const bytes =
    memoryLimit === undefined ? totalmem() / 2 : sizeBytes('memoryLimit', memoryLimit, { least: '1GB' });
  return {
    'spark.master': `local[${threads ?? availableParallelism()}]`,
    'spark.driver.memory': `${Math.floor((heapShare * bytes) / 2 ** 20)}m`,
    // Nothing of it is for other machines.
    'spark.driver.host': '127.0.0.1',
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.ui.enabled': 'false',
    // Whatever it spills goes with the run.
    'spark.local.dir': spillFolder(staged('spark/local'), id),
    'spark.sql.shuffle.partitions': String(4 * (threads ?? availableParallelism())),
    'spark.sql.catalogImplementation': 'in-memory',
    'spark.sql.warehouse.dir': staged('spark/warehouse'),
  };
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
