import { HeadwaterError } from '../../errors/headwater-error.ts';
import { type GlueWorkerType, glueWorkers, type LoadCapacity, loadCapacity } from '../load-capacity.ts';
import { type GlueExecutionClass, glueDollars } from './glue-price.ts';

/** The names of the worker types, the smallest first. */
export const glueWorkerTypes = Object.keys(glueWorkers) as GlueWorkerType[];

/**
 * Uncompressed bytes of text that one core of Spark loads in a second: hashes, cleans, settles, sorts and writes. It is what
 * `npm run bench -- load --engine spark` measured between 2,000,000 and 10,000,000 rows of CSV, in processor seconds, so the start of Spark is not in it.
 */
export const sparkBytesPerCoreSecond = 6_700_000;

/** What a job is sized by. */
export interface SparkCapacityOptions {
  /** Bytes of the inputs of one run, uncompressed. */
  readonly inputBytes: number;
  /** Uncompressed bytes that a core loads in a second. Defaults to {@link sparkBytesPerCoreSecond}. */
  readonly bytesPerCoreSecond?: number | undefined;
  /** Minutes that a run should take at most. Defaults to 30. */
  readonly minutes?: number | undefined;
  /** The maximum of workers, the driver's included. Defaults to 100; an account has a quota of DPUs. */
  readonly maxWorkers?: number | undefined;
  /** Defaults to the smallest type of which the workers are enough. */
  readonly workerType?: GlueWorkerType | undefined;
  readonly executionClass?: GlueExecutionClass | undefined;
}

/** The size of a job, and what a run of these inputs takes. */
export interface SparkCapacity extends LoadCapacity {
  /** USD. */
  readonly dollars: number;
}

/**
 * The workers of a Glue job for inputs of a size: so many that the run takes no longer than it should at the given throughput. The
 * smallest worker type is taken of which `maxWorkers` are enough; where none is, the run takes longer.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a size, a throughput, a time or a maximum that is too small or not a number
 * @example sparkCapacity({ inputBytes: 1e12 }) // { workerType: 'G.2X', workers: 16, cores: 120, seconds: 1736.1, ... }
 */
export function sparkCapacity(options: SparkCapacityOptions): SparkCapacity {
  const {
    inputBytes,
    bytesPerCoreSecond = sparkBytesPerCoreSecond,
    minutes = 30,
    maxWorkers = 100,
    executionClass = 'STANDARD',
  } = options;
  assertPositive('inputBytes', inputBytes, 1);
  assertPositive('bytesPerCoreSecond', bytesPerCoreSecond, 1);
  assertPositive('minutes', minutes, 1);
  assertPositive('maxWorkers', maxWorkers, leastWorkers);
  const capacity = (workerType: GlueWorkerType, seconds = minutes * 60): LoadCapacity =>
    loadCapacity({ rows: inputBytes, rowsPerCoreSecond: bytesPerCoreSecond, seconds, workerType });
  const fits = (most: number) => (type: GlueWorkerType) => capacity(type).workers <= most;
  const workerType =
    options.workerType ??
    glueWorkerTypes.find(fits(Math.min(maxWorkers, comfortableWorkers))) ??
    glueWorkerTypes.find(fits(maxWorkers)) ??
    'G.8X';
  // Where the maximum is not enough, the run takes as long as that many workers do. A little more, so that none is added by rounding.
  const cores = (maxWorkers - 1) * glueWorkers[workerType].cores;
  const longer = (inputBytes / bytesPerCoreSecond / cores) * (1 + 1e-9);
  const sized = fits(maxWorkers)(workerType) ? capacity(workerType) : capacity(workerType, longer);
  return { ...sized, dollars: glueDollars(sized.dpuHours * 3600, executionClass) };
}

/** One of them is the driver's (https://docs.aws.amazon.com/glue/latest/dg/add-job.html). */
const leastWorkers = 2;

/** A shuffle opens a connection between every two workers, so fewer and larger ones are preferred above this number. */
const comfortableWorkers = 30;

function assertPositive(option: string, value: number, least: number): void {
  if (Number.isFinite(value) && value >= least) return;
  throw new HeadwaterError('OPTION_INVALID', {
    option,
    value: String(value),
    expected: `a number from ${least}`,
  });
}
