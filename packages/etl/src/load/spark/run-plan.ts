import { readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { type DataFile, schemaAt } from '@headwater/core/internal';
import { sizeBytes } from '../../engine/size-text.ts';
import type { WriteRun } from '../../lake/write-run.ts';
import { runSpark, type SparkCall } from './run-spark.ts';
import { type FailedSpark, sparkErrorFrom } from './spark-error.ts';
import type { JobPlan, LocalPlan, PlannedFile } from './spark-plan.ts';
import type { SparkFailed } from './spark-result.ts';

/** What a plan for the Spark of this machine needs of the run. */
export const localPlan = (run: WriteRun, known: ReadonlySet<string>): LocalPlan => ({
  runId: run.id,
  startedAt: run.startedAt.toISOString(),
  known: [...known],
  files: run.state.files.map((file) => plannedFile(run, file)),
  scratch: run.staged('spark'),
});

/** A committed file as the script finds it. */
export function plannedFile(
  { localPath, state }: Pick<WriteRun, 'localPath' | 'state'>,
  file: DataFile,
): PlannedFile {
  const { path, day, rows, bytes, hash } = file;
  const schema = schemaAt(state, state.addedBy.get(path) ?? 0)?.fingerprint ?? '';
  return { path, day, rows, bytes, hash, schema, at: localPath(file) };
}

/** What a run of a plan tells, and what its errors may speak of. */
export interface PlanCall
  extends Pick<SparkCall, 'onProgress'>,
    Partial<Pick<FailedSpark, 'sources' | 'during'>>,
    Pick<FailedSpark, 'misfits'> {
  /** Called when Spark has ended, before its result is used. */
  onEnded?(): Promise<void>;
}

/**
 * Writes a plan, runs the script on the Spark of this machine, and reads its result.
 *
 * @throws HeadwaterError `SPARK_NOT_FOUND`, `SPARK_FAILED`, `MEMORY_EXCEEDED`, and what the script reports
 */
export async function runPlan<Result extends { readonly status: 'written' }>(
  run: WriteRun,
  plan: JobPlan,
  { onProgress, onEnded, misfits, sources = [], during }: PlanCall,
): Promise<Result> {
  const { id, options, state, staged } = run;
  const { signal, memoryLimit } = options;
  const paths = { plan: staged('plan.json'), result: staged('result.json') };
  // Outside of the staging folder, which goes with the run.
  const log = join(tmpdir(), `headwater-spark-${id}.log`);
  await writeFile(paths.plan, JSON.stringify(plan));
  const byPath = new Map(state.files.map((one) => [one.path, one]));
  const exit = await runSpark({
    ...{ ...paths, log, signal, onProgress },
    onFetch: (wanted) => run.fetch(wanted.flatMap((path) => byPath.get(path) ?? [])),
  });
  await rm(join(tmpdir(), `headwater-spark-${id}`), { recursive: true, force: true });
  const text = await readFile(paths.result, 'utf8').catch(() => undefined);
  const result = text === undefined ? undefined : (JSON.parse(text) as Result | SparkFailed);
  await onEnded?.();
  if (result?.status === 'written') {
    await rm(log, { force: true });
    return result;
  }
  throw await sparkErrorFrom({ exit, failed: result, log, sources, memoryLimit, misfits, during });
}

/** Java's own memory beside its heap, and Python's. */
const heapShare = 0.7;

/** Where Spark spills. It reads a comma as the end of a path, so a run whose folder has one in its path spills beside it. */
const spillFolder = (folder: string, runId: string): string =>
  folder.includes(',') ? join(tmpdir(), `headwater-spark-${runId}`) : folder;

/** The settings of a Spark on this machine alone. */
export function machineSettings({
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
