import { inParallel } from '@headwater/core/internal';
import { withJob } from './job-context.ts';
import type { JobOptions } from './job-options.ts';
import { latestRuns, withResult } from './latest-runs.ts';
import type { LoadRun } from './load-run.ts';

/** Options of {@link jobRuns}. */
export interface JobRunsOptions extends JobOptions {
  /** The latest runs that are listed. Defaults to 10. */
  readonly limit?: number | undefined;
}

/** The runs of the job that loads a table. */
export interface JobRunsReport {
  readonly table: string;
  readonly lake: string;
  readonly job: string;
  /** The latest first. Empty when the job was never made or never run. */
  readonly runs: readonly LoadRun[];
}

const parallelReads = 8;

/**
 * Lists the latest runs of the job that loads a table: their state, time and price, and the accounting that each reported.
 *
 * @throws HeadwaterError `JOB_REFUSED`, `STORE_FAILED`
 * @example (await jobRuns({ table: clickstream, target })).runs[0]?.state // 'SUCCEEDED'
 */
export function jobRuns(options: JobRunsOptions): Promise<JobRunsReport> {
  return withJob(options, async (job) => {
    const runs = await latestRuns(job, options.limit ?? 10);
    return {
      table: options.table.name,
      lake: job.lake,
      job: job.name,
      runs: await inParallel(runs, parallelReads, (run) => withResult(job, run)),
    };
  });
}
