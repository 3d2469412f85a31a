import { type GlueJobRun, HeadwaterError } from '@headwater/core';
import { describeRun } from './describe-run.ts';
import type { JobContext } from './job-context.ts';
import { latestRuns } from './latest-runs.ts';

/** A run that was started, or found. */
export interface StartedRun {
  readonly id: string;
  /** False when a run of the same plan and inputs was running already. */
  readonly isNew: boolean;
}

const tooMany = (name: string): boolean => name === 'ConcurrentRunsExceededException';

/**
 * Starts a run. Glue has no token by which it knows a second start of the same, and the job runs one at a time: when one of the same plan
 * and inputs is running, that is the run.
 *
 * @throws HeadwaterError `JOB_BUSY` when another load of the table is running, `JOB_REFUSED`
 */
export async function startRun(job: JobContext, run: GlueJobRun): Promise<StartedRun> {
  try {
    const { JobRunId = '' } = await job.glue.run(
      'start the job',
      (client, sdk) => client.send(new sdk.StartJobRunCommand(run)),
      tooMany,
    );
    return { id: JobRunId, isNew: true };
  } catch (error) {
    if (!(error instanceof Error) || !tooMany(error.name)) throw error;
    const live = await latestRuns(job, 20);
    const running = live.filter((one) => !describeRun(one, undefined).isOver);
    const isSame = (name: string, given: Readonly<Record<string, string>> = {}): boolean =>
      given[name] === run.Arguments[name];
    const same = running.find(
      ({ Arguments }) => isSame('--plan', Arguments) && isSame('--inputs', Arguments),
    );
    if (same?.Id !== undefined) return { id: same.Id, isNew: false };
    throw new HeadwaterError('JOB_BUSY', { job: job.name, running: running.map(({ Id = '' }) => Id) });
  }
}
