import { HeadwaterError } from '../errors/headwater-error.ts';

/** The size of one worker of a Glue Spark job. */
export interface GlueWorker {
  /** vCPUs. An executor runs one task on each. */
  readonly cores: number;
  /** GB. */
  readonly memory: number;
  /** Free GB of disk, which shuffles and sorts use. */
  readonly disk: number;
  /** Data processing units, by which Glue bills. */
  readonly dpus: number;
}

/** The general-purpose workers of Glue, by type (https://docs.aws.amazon.com/glue/latest/dg/worker-types.html). */
export const glueWorkers = {
  'G.1X': { cores: 4, memory: 16, disk: 44, dpus: 1 },
  'G.2X': { cores: 8, memory: 32, disk: 78, dpus: 2 },
  'G.4X': { cores: 16, memory: 64, disk: 230, dpus: 4 },
  'G.8X': { cores: 32, memory: 128, disk: 485, dpus: 8 },
} as const satisfies Readonly<Record<string, GlueWorker>>;

/** A type of workers. */
export type GlueWorkerType = keyof typeof glueWorkers;

/** What a load has to do, and in which time. */
export interface LoadWork {
  /** Rows in. */
  readonly rows: number;
  /** Rows that one core loads in a second, measured: `npm run bench -- load --engine spark` prints it. */
  readonly rowsPerCoreSecond: number;
  /** Seconds that the work may take, without the start of the job. */
  readonly seconds: number;
  /** Defaults to `G.1X`. */
  readonly workerType?: GlueWorkerType | undefined;
}

/** The workers of a job, and what they cost. */
export interface LoadCapacity {
  readonly workerType: GlueWorkerType;
  /** NumberOfWorkers of the job, the one of the driver included. */
  readonly workers: number;
  /** Cores that load rows: those of every worker but the driver's. */
  readonly cores: number;
  /** Seconds that the work takes on these cores, without the start of the job. */
  readonly seconds: number;
  /** DPU-hours that Glue bills, the driver's included: by the second, and one minute at least (https://aws.amazon.com/glue/pricing/). */
  readonly dpuHours: number;
}

/** Glue's smallest Spark job: a driver and an executor. */
const leastWorkers = 2;

/**
 * The workers that a load needs, and the DPU-hours that it takes. This is the one place of the arithmetic: jobs get their workers
 * from it, and `docs/scale.md` its figures. It assumes that the work spreads over the cores, which ends where an input cannot
 * be split or a day is very large.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a number that is not positive
 * @example
 * ```ts
 * loadCapacity({ rows: 1e9, rowsPerCoreSecond: 50_000, seconds: 3600 });
 * // { workerType: 'G.1X', workers: 3, cores: 8, seconds: 2500, dpuHours: 2.083... }
 * ```
 */
export function loadCapacity({
  rows,
  rowsPerCoreSecond,
  seconds,
  workerType = 'G.1X',
}: LoadWork): LoadCapacity {
  for (const [option, value] of Object.entries({ rows, rowsPerCoreSecond, seconds }))
    if (!(value > 0 && Number.isFinite(value)))
      throw new HeadwaterError('OPTION_INVALID', {
        option,
        value: String(value),
        expected: 'a number above 0',
      });
  const worker = glueWorkers[workerType];
  const coreSeconds = rows / rowsPerCoreSecond;
  const workers = Math.max(leastWorkers, Math.ceil(coreSeconds / seconds / worker.cores) + 1);
  const cores = (workers - 1) * worker.cores;
  const taken = coreSeconds / cores;
  return {
    workerType,
    workers,
    cores,
    seconds: taken,
    dpuHours: (workers * worker.dpus * Math.max(60, taken)) / 3600,
  };
}
