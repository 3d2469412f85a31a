import type { JobRun } from '@aws-sdk/client-glue';
import { glueDollars, glueWorkers } from '@headwater/core/internal';
import type { JobResult } from './job-result.ts';

/** States after which a run does not change any more. */
const ends = ['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMEOUT', 'ERROR', 'EXPIRED'] as const;

/** One run of the job that loads a table. */
export interface LoadRun {
  readonly id: string;
  /** As Glue calls it: `STARTING`, `RUNNING`, `SUCCEEDED`, `FAILED`, ... */
  readonly state: string;
  readonly isOver: boolean;
  /** ISO 8601. */
  readonly startedAt: string | null;
  /** Seconds that it has run, without those in which it waited for workers. */
  readonly seconds: number;
  /** The maximum of workers; Auto Scaling uses fewer. */
  readonly workers: number | null;
  readonly workerType: string | null;
  /** DPU-hours so far. */
  readonly dpuHours: number;
  /** USD in most regions. */
  readonly dollars: number;
  /** Whether the hours and the price are those of all workers, which Auto Scaling may not have used. Glue says later how many it did. */
  readonly isMaximum: boolean;
  /** The addresses that it was started with; null when they are the plan's, or in a list of their own. */
  readonly inputs: readonly string[] | null;
  /** Glue's message about a failure. */
  readonly problem: string | null;
  /** What the script reported. Null before its end, or when it died. */
  readonly result: JobResult | null;
}

/** Describes a run as Glue has it. */
export function describeRun(run: JobRun, result: JobResult | undefined): LoadRun {
  const {
    Id = '',
    JobRunState: state = 'STARTING',
    StartedOn,
    WorkerType,
    NumberOfWorkers,
    ExecutionTime = 0,
  } = run;
  const worker = Object.entries(glueWorkers).find(([type]) => type === WorkerType)?.[1];
  const most = Math.max(60, ExecutionTime) * (NumberOfWorkers ?? 1) * (worker?.dpus ?? 1);
  const dpuSeconds = run.DPUSeconds ?? (ExecutionTime > 0 ? most : 0);
  return {
    id: Id,
    state,
    isOver: ends.some((end) => end === state),
    startedAt: StartedOn?.toISOString() ?? null,
    seconds: ExecutionTime,
    workers: NumberOfWorkers ?? null,
    workerType: WorkerType ?? null,
    dpuHours: dpuSeconds / 3600,
    dollars: glueDollars(dpuSeconds, run.ExecutionClass === 'FLEX' ? 'FLEX' : 'STANDARD'),
    isMaximum: run.DPUSeconds === undefined,
    inputs: inputsOf(run.Arguments?.['--inputs']),
    problem: run.ErrorMessage ?? null,
    result: result ?? null,
  };
}

function inputsOf(text = ''): readonly string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(String) : null;
  } catch {
    return null;
  }
}
