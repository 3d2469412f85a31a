import type { JobResult } from './job-result.ts';

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
