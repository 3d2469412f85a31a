import { randomUUID } from 'node:crypto';
import { deriveSparkJob, HeadwaterError, type SparkCapacity, type SparkJobOptions } from '@headwater/core';
import { readLakeState, sparkJobPlace } from '@headwater/core/internal';
import { isS3Location } from '@headwater/storage';
import { assertDelimiter } from '../input/csv-layout.ts';
import { findInputs } from '../input/find-inputs.ts';
import type { InputFile } from '../input/input-file.ts';
import { assertShare, defaultMaxQuarantine } from '../load/assert-quarantine.ts';
import { targetFileBytes } from '../load/file-bytes.ts';
import type { LoadOptions, LoadReport } from '../load/load-report.ts';
import { readAs } from '../load/read-as.ts';
import { sparkCommitPlan } from '../load/spark/commit-plan.ts';
import { sparkPlan } from '../load/spark/spark-plan.ts';
import { withJob } from './job-context.ts';
import { jobErrorFrom } from './job-error.ts';
import type { JobOptions } from './job-options.ts';
import { keepJob } from './keep-job.ts';
import type { KeptJob } from './kept-job.ts';
import { withResult } from './latest-runs.ts';
import { loadReportOf } from './load-report-of.ts';
import type { LoadRun } from './load-run.ts';
import { putJobFiles } from './put-job-files.ts';
import { putLookups } from './put-lookups.ts';
import { startRun } from './start-run.ts';
import { textBytes } from './text-bytes.ts';
import { waitForRun } from './wait-for-run.ts';

/** How far a submission is. */
export interface SubmitProgress {
  readonly phase: 'prepare' | 'run';
  /** The state of the run at Glue. */
  readonly state?: string;
  /** Seconds that the run has worked. */
  readonly seconds: number;
  /** Share of the estimated time, 0 to 1. */
  readonly fraction: number;
}

/** Options of {@link submitLoad}. */
export interface SubmitOptions
  extends JobOptions,
    Pick<
      LoadOptions,
      | 'source'
      | 'columns'
      | 'lookups'
      | 'format'
      | 'delimiter'
      | 'header'
      | 'maxQuarantine'
      | 'targetFileSize'
      | 'allow'
      | 'leftoverGraceSeconds'
    >,
    Pick<
      SparkJobOptions,
      | 'bytesPerCoreSecond'
      | 'minutes'
      | 'maxWorkers'
      | 'workerType'
      | 'executionClass'
      | 'role'
      | 'timeoutMinutes'
      | 'tags'
    > {
  /** Objects on S3, prefixes that end in a slash, and patterns: `s3://...`. */
  readonly inputs: readonly string[];
  /** Wait for the end of the run. Defaults to true. */
  readonly wait?: boolean | undefined;
  /** Seconds between two looks at the run. Defaults to 10. */
  readonly pollSeconds?: number | undefined;
  readonly onProgress?: ((progress: SubmitProgress) => void) | undefined;
}

/** The result of a submission. */
export interface SubmitReport {
  readonly table: string;
  readonly lake: string;
  readonly job: string;
  /** What was done to the job before it was started. */
  readonly kept: KeptJob;
  /** False when a run of the same inputs was running already. */
  readonly isNew: boolean;
  readonly capacity: SparkCapacity;
  readonly run: LoadRun;
  /** The accounting. Null when the run was not waited for. */
  readonly load: LoadReport | null;
}

/**
 * Loads objects on S3 with the table's Spark job on Glue: uploads the script and a plan below the lake, creates or updates the job, starts
 * it and waits. The script commits to the lake as any load does.
 *
 * An input whose content was loaded before is skipped, so a second submission loads nothing twice. When a run of the same inputs is still
 * running, that run is waited for.
 *
 * The files of lookups are read on this machine, and their clean rows go below the lake.
 *
 * @throws HeadwaterError `INPUT_NOT_FOUND`, `LOOKUP_MISSING`, `LOOKUP_INVALID`, `OPTION_INVALID`, `SCHEMA_INCOMPATIBLE` before anything
 *   is started; `JOB_BUSY`, `JOB_REFUSED`; `JOB_FAILED` with what the run reported
 * @example
 * ```ts
 * const { load } = await submitLoad({ table: clickstream, target, inputs: ['s3://shop-landing/2026/01/'] });
 * // load.rowsIn === load.rowsOut + load.duplicates + load.quarantined + load.filtered
 * ```
 */
export function submitLoad(options: SubmitOptions): Promise<SubmitReport> {
  return withJob(options, async (job) => {
    const { table, target, signal, onProgress, maxQuarantine = defaultMaxQuarantine } = options;
    const { schema } = table;
    assertShare('maxQuarantine', options.maxQuarantine);
    assertDelimiter(options.delimiter);
    assertObjects(options.inputs);
    const file = readAs(schema, options);
    onProgress?.({ phase: 'prepare', seconds: 0, fraction: 0 });
    const found = await findInputs(options.inputs, { format: options.format, aws: target });
    assertFormats(found.files);
    const state = await readLakeState(job.store, schema.name);
    const lookups = await putLookups(job, schema, options);
    const plan = {
      ...sparkPlan(schema, file, {
        inputs: [],
        targetBytes: targetFileBytes(options.targetFileSize),
        maxQuarantine,
        lookups,
        hints: { delimiter: options.delimiter, header: options.header },
        ...(options.format === undefined ? {} : { format: options.format }),
        ...(target.kmsKey === undefined ? {} : { kmsKey: target.kmsKey }),
      }),
      lake: job.lake,
      manifest: sparkCommitPlan(schema, state, job.lake, options),
    };
    const sources = found.files.map(({ source }) => source);
    const files = await putJobFiles(job, schema.name, plan, sources);
    const { script, modules, plan: planned, inputList } = files;
    const result = `${sparkJobPlace(job.lake, schema.name).results}/${randomUUID()}.json`;
    const inputBytes = Math.max(
      1,
      found.files.reduce((sum, one) => sum + textBytes(one), 0),
    );
    const derived = deriveSparkJob(schema, target, {
      ...options,
      ...{ inputBytes, script, modules, plan: planned, result },
      ...(inputList === undefined ? { inputs: sources } : { inputs: undefined, inputList }),
    });
    const kept = await keepJob(job.glue, derived.job);
    signal?.throwIfAborted();
    const { id, isNew } = await startRun(job, derived.run);
    const report = {
      table: table.name,
      lake: job.lake,
      job: job.name,
      kept,
      isNew,
      capacity: derived.capacity,
    };
    if (options.wait === false) {
      const JobRun = { Id: id, Arguments: derived.run.Arguments };
      return { ...report, run: await withResult(job, JobRun), load: null };
    }
    const run = await waitForRun(job, id, {
      ...{ pollMs: (options.pollSeconds ?? 10) * 1000, signal },
      onLook({ state: now, seconds }) {
        const fraction = Math.min(0.98, seconds / Math.max(60, derived.capacity.seconds));
        onProgress?.({ phase: 'run', state: now, seconds, fraction });
      },
    });
    if (run.state !== 'SUCCEEDED' || !run.result || run.result.status === 'failed')
      throw jobErrorFrom(job.name, run, sources, { file, maxQuarantine });
    return {
      ...report,
      run,
      load: await loadReportOf(job, options, run.result, { ...found, source: file.source, lookups }),
    };
  });
}

function assertObjects(inputs: readonly string[]): void {
  const wrong = inputs.find((one) => !isS3Location(one));
  if (wrong === undefined && inputs.length > 0) return;
  throw new HeadwaterError('OPTION_INVALID', {
    option: 'inputs',
    value: wrong ?? '(none)',
    expected:
      'objects or prefixes on S3, s3://...: a job on Glue cannot read files of this machine. Upload them, or use `headwater etl run`',
  });
}

/** The script goes by the names of inputs, and opens none to guess. */
function assertFormats(files: readonly InputFile[]): void {
  const nameless = files.find(({ format }) => format === undefined);
  if (nameless === undefined) return;
  throw new HeadwaterError('INPUT_UNREADABLE', {
    file: nameless.source,
    problem: 'its name does not say its format: give --format',
  });
}
