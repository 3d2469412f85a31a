import type { JobRun } from '@aws-sdk/client-glue';
import { isMissing } from '../aws/refused.ts';
import type { ServiceClients } from '../aws/service-clients.ts';
import type { Month } from './month.ts';

/** DPU-hours of the runs of one job in a month. */
export interface JobHours {
  readonly job: string;
  readonly runs: number;
  readonly hours: number;
  /** Runs of which Glue says its maximum of workers only. */
  readonly atMost: number;
}

const mostPages = 50;
const runsPerPage = 200;

/** DPUs of one worker (https://docs.aws.amazon.com/glue/latest/dg/worker-types.html). */
const dpuOfWorker: Readonly<Record<string, number>> = {
  'G.025X': 0.25,
  'G.1X': 1,
  'G.2X': 2,
  'G.4X': 4,
  'G.8X': 8,
  Standard: 1,
};

/**
 * The DPU-hours of a job's runs that began in a month.
 * @returns undefined where there is no such job
 */
export async function askGlue(
  { glue }: Pick<ServiceClients, 'glue'>,
  job: string,
  month: Month,
  signal: AbortSignal,
): Promise<JobHours | undefined> {
  const { GetJobRunsCommand } = await import('@aws-sdk/client-glue');
  const runs: JobRun[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    signal.throwIfAborted();
    const found = await glue
      .send(new GetJobRunsCommand({ JobName: job, MaxResults: runsPerPage, NextToken }))
      .catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
    if (!found) return undefined;
    const { JobRuns = [] } = found;
    runs.push(
      ...JobRuns.filter(({ StartedOn }) => StartedOn && StartedOn >= month.from && StartedOn < month.to),
    );
    NextToken = found.NextToken;
    // The latest come first.
    if (NextToken === undefined || JobRuns.every(({ StartedOn }) => StartedOn && StartedOn < month.from))
      break;
  }
  return jobHours(job, runs);
}

/** The DPU-hours of runs: those that Glue counted, or with Auto Scaling off or not yet counted, workers times time. */
export function jobHours(job: string, runs: readonly JobRun[]): JobHours {
  let [hours, atMost] = [0, 0];
  for (const { DPUSeconds, ExecutionTime = 0, MaxCapacity, NumberOfWorkers = 0, WorkerType = '' } of runs) {
    if (DPUSeconds !== undefined) {
      hours += DPUSeconds / 3600;
      continue;
    }
    // Glue bills by the second, and at least a minute (https://aws.amazon.com/glue/pricing/).
    const seconds = ExecutionTime === 0 ? 0 : Math.max(60, ExecutionTime);
    hours += ((MaxCapacity ?? NumberOfWorkers * (dpuOfWorker[WorkerType] ?? 1)) * seconds) / 3600;
    atMost += 1;
  }
  return { job, runs: runs.length, hours, atMost };
}
