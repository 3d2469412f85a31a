import type { JobRun } from '@aws-sdk/client-glue';
import { inParallel } from '@headwater/core/internal';
import { isMissing } from './glue-calls.ts';
import { type JobContext, type JobOptions, withJob } from './job-context.ts';
import { readJobResult } from './job-result.ts';
import { describeRun, type LoadRun } from './load-run.ts';

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

/** A run with what its script reported. */
export async function withResult({ store, lake }: JobContext, run: JobRun): Promise<LoadRun> {
  return describeRun(run, await readJobResult(store, lake, run.Arguments?.['--result']));
}

/** The latest runs, the last one first. None when there is no such job. */
export async function latestRuns({ name: JobName, glue }: JobContext, limit: number): Promise<JobRun[]> {
  const runs: JobRun[] = [];
  let NextToken: string | undefined;
  do {
    const MaxResults = Math.min(200, limit - runs.length);
    const input = { JobName, MaxResults, ...(NextToken === undefined ? {} : { NextToken }) };
    const page = await glue
      .run('list the runs', (client, sdk) => client.send(new sdk.GetJobRunsCommand(input)), isMissing)
      .catch((error: Error) => {
        if (isMissing(error.name)) return { JobRuns: [], NextToken: undefined };
        throw error;
      });
    runs.push(...(page.JobRuns ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined && runs.length < limit);
  return runs.slice(0, limit);
}
