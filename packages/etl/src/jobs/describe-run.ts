import type { JobRun } from '@aws-sdk/client-glue';
import { glueDollars, glueWorkers } from '@headwater/core/internal';
import type { JobResult } from './job-result.ts';
import type { LoadRun } from './load-run.ts';

/** States after which a run does not change any more. */
const ends = ['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMEOUT', 'ERROR', 'EXPIRED'] as const;

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
