import { HeadwaterError } from '@headwater/core';
import { describeRun } from './describe-run.ts';
import { withJob } from './job-context.ts';
import type { JobOptions } from './job-options.ts';
import { latestRuns } from './latest-runs.ts';
import type { LoadRun } from './load-run.ts';

/** Options of {@link cancelRun}. */
export interface CancelOptions extends JobOptions {
  /** The run's id, `jr_...`, or its first characters, if no other of the latest runs begins with them. */
  readonly run: string;
}

/** The run that was asked to stop. */
export interface CancelReport {
  readonly table: string;
  readonly job: string;
  readonly run: string;
  /** False when it had ended already; `state` says how. */
  readonly isCancelled: boolean;
  readonly state: string;
}

const lookedAt = 100;

/**
 * Stops a run of the job that loads a table. The lake stays as it was, unless the run had committed already; the next load removes what
 * it leaves.
 *
 * @throws HeadwaterError `JOB_RUN_UNKNOWN` with the runs that there are, `JOB_REFUSED`
 */
export function cancelRun(options: CancelOptions): Promise<CancelReport> {
  return withJob(options, async (job) => {
    const runs = (await latestRuns(job, lookedAt)).map((run) => describeRun(run, undefined));
    const found = runs.filter(({ id }) => id.startsWith(options.run));
    const [run] = found;
    if (!run || found.length > 1 || options.run === '') throw unknown(job.name, options.run, runs);
    const report = { table: options.table.name, job: job.name, run: run.id };
    if (run.isOver) return { ...report, isCancelled: false, state: run.state };
    const answer = await job.glue.run('stop the run', (client, sdk) =>
      client.send(new sdk.BatchStopJobRunCommand({ JobName: job.name, JobRunIds: [run.id] })),
    );
    const [refused] = answer.Errors ?? [];
    if (refused)
      throw new HeadwaterError('JOB_REFUSED', {
        job: job.name,
        action: 'stop the run',
        problem: refused.ErrorDetail?.ErrorMessage ?? 'Glue did not say why',
      });
    return { ...report, isCancelled: true, state: 'STOPPING' };
  });
}

function unknown(job: string, run: string, runs: readonly LoadRun[]): HeadwaterError<'JOB_RUN_UNKNOWN'> {
  const running = runs.filter(({ isOver }) => !isOver).map(({ id }) => id);
  return new HeadwaterError('JOB_RUN_UNKNOWN', { job, run, running });
}
