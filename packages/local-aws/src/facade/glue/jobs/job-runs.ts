import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { cacheFolder } from '../../../cache-folder.ts';
import { AwsError } from '../../aws-error.ts';
import type { JobProcess } from './job-process.ts';
import { startJobProcess } from './job-process.ts';
import { jobPrograms } from './job-programs.ts';
import type { Job, Jobs } from './jobs.ts';
import { SparkGateways } from './spark-gateways.ts';

const texts = z.record(z.string(), z.string());
const startJobRun = z.looseObject({
  JobName: z.string(),
  Arguments: texts.optional(),
  Timeout: z.number().optional(),
  WorkerType: z.string().optional(),
  NumberOfWorkers: z.number().optional(),
  ExecutionClass: z.string().optional(),
});
const oneRun = z.object({ JobName: z.string(), RunId: z.string() });
const manyRuns = z.object({
  JobName: z.string(),
  MaxResults: z.number().optional(),
  NextToken: z.string().optional(),
});
const stopRuns = z.object({ JobName: z.string(), JobRunIds: z.array(z.string()) });

/** A run as Glue shows it (https://docs.aws.amazon.com/glue/latest/webapi/API_JobRun.html). */
interface JobRun {
  readonly Id: string;
  readonly JobName: string;
  readonly Attempt: number;
  readonly Arguments: Readonly<Record<string, string>>;
  readonly StartedOn: Date;
  readonly WorkerType?: string | undefined;
  readonly NumberOfWorkers?: number | undefined;
  readonly ExecutionClass?: string | undefined;
  readonly GlueVersion?: string | undefined;
  readonly Timeout: number;
  readonly LogGroupName: string;
  JobRunState: 'STARTING' | 'RUNNING' | 'STOPPING' | 'STOPPED' | 'SUCCEEDED' | 'FAILED' | 'TIMEOUT';
  LastModifiedOn: Date;
  CompletedOn?: Date;
  ErrorMessage?: string;
  /** Seconds. */
  ExecutionTime: number;
  DPUSeconds?: number;
}

/** A run, and its process once that has started. */
interface Running {
  readonly run: JobRun;
  process?: JobProcess;
}

/** Glue's default for Spark jobs of 5.0 and later, minutes. */
const defaultTimeout = 480;
const defaultPage = 1000;

const isOver = ({ JobRunState: state }: JobRun): boolean =>
  ['STOPPED', 'SUCCEEDED', 'FAILED', 'TIMEOUT'].includes(state);

/** Data processing units of a worker; those of the others double. */
const dpusOf = (type = ''): number => Number(/^[GR]\.(\d+)X$/.exec(type)?.[1] ?? 1);

/**
 * Glue's runs of jobs. They really run: a Spark job's script runs on the local Spark with S3 of the emulator, and its end
 * decides about the state of the run. Retries by Glue are not made.
 */
export class JobRuns {
  readonly #jobs: Jobs;
  readonly #endpoint: string;
  readonly #runs = new Map<string, Running>();
  readonly #gateways = new SparkGateways();

  /** @param endpoint the emulator */
  constructor(jobs: Jobs, endpoint: string) {
    this.#jobs = jobs;
    this.#endpoint = endpoint;
  }

  /** Answers an operation on runs. Gives undefined for any other operation. */
  answer(operation: string, input: unknown): object | undefined {
    switch (operation) {
      case 'StartJobRun':
        return this.#start(startJobRun.parse(input));
      case 'GetJobRun':
        return { JobRun: this.#find(oneRun.parse(input)).run };
      case 'GetJobRuns':
        return this.#list(manyRuns.parse(input));
      case 'BatchStopJobRun':
        return this.#stop(stopRuns.parse(input));
      default:
        return undefined;
    }
  }

  /** Ends a run's processes at once, as a lost machine would. For tests. Gives whether one was running. */
  kill(id: string): boolean {
    const { process } = this.#runs.get(id) ?? {};
    process?.kill('SIGKILL');
    return process !== undefined;
  }

  /** Ends every process. Call it before the façade ends. */
  killAll(): void {
    for (const { process } of this.#runs.values()) process?.kill('SIGKILL');
    this.#gateways.killAll();
  }

  #start(input: z.output<typeof startJobRun>): object {
    const job = this.#jobs.get(input.JobName);
    const most = job.ExecutionProperty?.MaxConcurrentRuns ?? 1;
    if (this.#of(job.Name).filter(({ run }) => !isOver(run)).length >= most)
      throw new AwsError('ConcurrentRunsExceededException', `Concurrent runs exceeded for ${job.Name}`);
    const now = new Date();
    const { WorkerType = job.WorkerType, NumberOfWorkers = job.NumberOfWorkers } = input;
    const run: JobRun = {
      Id: `jr_${randomBytes(32).toString('hex')}`,
      JobName: job.Name,
      Attempt: 0,
      Arguments: input.Arguments ?? {},
      StartedOn: now,
      LastModifiedOn: now,
      WorkerType,
      NumberOfWorkers,
      ExecutionClass: input.ExecutionClass ?? job.ExecutionClass,
      GlueVersion: job.GlueVersion,
      Timeout: input.Timeout ?? job.Timeout ?? defaultTimeout,
      LogGroupName: '/aws-glue/jobs',
      JobRunState: 'STARTING',
      ExecutionTime: 0,
    };
    const running: Running = { run };
    this.#runs.set(run.Id, running);
    this.#execute(job, running).catch((error: unknown) => {
      end(run, 'FAILED', error instanceof Error ? error.message : String(error));
    });
    return { JobRunId: run.Id };
  }

  async #execute(job: Job, running: Running): Promise<void> {
    const { run } = running;
    const program = jobPrograms[job.Command.Name];
    if (!program) throw new Error(`The stand-in runs no ${job.Command.Name}`);
    const folder = join(cacheFolder(), 'run', 'jobs', run.Id);
    const log = join(cacheFolder(), 'logs', 'jobs', `${run.Id}.log`);
    await mkdir(folder, { recursive: true });
    await mkdir(join(log, '..'), { recursive: true });
    try {
      const args = {
        ...job.DefaultArguments,
        ...run.Arguments,
        ...job.NonOverridableArguments,
        '--JOB_NAME': job.Name,
        '--JOB_RUN_ID': run.Id,
      };
      const location = job.Command.ScriptLocation ?? '';
      const gateways = this.#gateways;
      const started = await program({ location, args, endpoint: this.#endpoint, folder, gateways });
      if (isStopping(run)) {
        started.gateway?.giveBack();
        return end(run, 'STOPPED');
      }
      const process = await startJobProcess(started, folder, log);
      running.process = process;
      if (isStopping(run)) process.kill('SIGKILL');
      else run.JobRunState = 'RUNNING';
      const timer = setTimeout(() => {
        run.ErrorMessage = `Job run timed out after ${run.Timeout} minutes`;
        process.kill('SIGKILL');
      }, run.Timeout * 60_000);
      const { status, signal } = await process.ended;
      clearTimeout(timer);
      if (isStopping(run)) end(run, 'STOPPED');
      else if (run.ErrorMessage !== undefined) end(run, 'TIMEOUT', run.ErrorMessage);
      else if (status === 0) end(run, 'SUCCEEDED');
      else end(run, 'FAILED', `${lastLine(log)}${signal === null ? '' : ` (ended by ${signal})`}`);
    } finally {
      delete running.process;
      await rm(folder, { recursive: true, force: true });
    }
  }

  #of(job: string): Running[] {
    return [...this.#runs.values()].filter(({ run }) => run.JobName === job);
  }

  /** @throws AwsError EntityNotFoundException */
  #find({ JobName, RunId }: z.output<typeof oneRun>): Running {
    const found = this.#runs.get(RunId);
    if (found?.run.JobName !== JobName)
      throw new AwsError(
        'EntityNotFoundException',
        `Job Run cannot be found by jobName ${JobName} jobRunId ${RunId}`,
      );
    if (!isOver(found.run)) measure(found.run);
    return found;
  }

  /** The latest run first, as on AWS. */
  #list({ JobName, MaxResults = defaultPage, NextToken }: z.output<typeof manyRuns>): object {
    this.#jobs.get(JobName);
    const runs = this.#of(JobName)
      .map(({ run }) => run)
      .reverse();
    for (const run of runs) if (!isOver(run)) measure(run);
    const first = Number(NextToken ?? 0);
    const next = first + MaxResults;
    return {
      JobRuns: runs.slice(first, next),
      ...(next < runs.length ? { NextToken: String(next) } : {}),
    };
  }

  #stop({ JobName, JobRunIds }: z.output<typeof stopRuns>): object {
    const done: object[] = [];
    const errors: object[] = [];
    for (const JobRunId of JobRunIds) {
      const found = this.#runs.get(JobRunId);
      if (found === undefined || found.run.JobName !== JobName || isOver(found.run)) {
        const code = found === undefined ? 'EntityNotFoundException' : 'InvalidInputException';
        const ErrorDetail = { ErrorCode: code, ErrorMessage: `Job run ${JobRunId} is not running` };
        errors.push({ JobName, JobRunId, ErrorDetail });
        continue;
      }
      found.run.JobRunState = 'STOPPING';
      found.process?.kill('SIGTERM');
      const { process } = found;
      if (process) setTimeout(() => process.kill('SIGKILL'), 5000).unref();
      done.push({ JobName, JobRunId });
    }
    return { SuccessfulSubmissions: done, Errors: errors };
  }
}

const isStopping = (run: JobRun): boolean => run.JobRunState === 'STOPPING';

function measure(run: JobRun): void {
  run.LastModifiedOn = new Date();
  run.ExecutionTime = Math.ceil((run.LastModifiedOn.getTime() - run.StartedOn.getTime()) / 1000);
}

function end(run: JobRun, state: JobRun['JobRunState'], message?: string): void {
  measure(run);
  run.JobRunState = state;
  run.CompletedOn = run.LastModifiedOn;
  if (message !== undefined) run.ErrorMessage = message;
  run.DPUSeconds = Math.max(60, run.ExecutionTime) * (run.NumberOfWorkers ?? 1) * dpusOf(run.WorkerType);
}

/** Glue shows the last line of the error that ended the script. */
function lastLine(log: string): string {
  const lines = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return (
    lines.findLast((line) => /^\S*(Error|Exception|Exit)\b/.test(line)) ?? lines.at(-1) ?? 'The script failed'
  );
}
