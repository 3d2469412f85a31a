import type { AwsTarget } from '../../catalog/aws-target.ts';
import { tableTags } from '../../catalog/table-tags.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { GlueWorkerType } from '../load-capacity.ts';
import type { GlueExecutionClass } from './glue-price.ts';
import { type SparkCapacity, type SparkCapacityOptions, sparkCapacity } from './spark-capacity.ts';
import { sparkJobModules, sparkJobScript } from './spark-job-files.ts';
import { sparkJobName, sparkJobPlace, sparkJobRole } from './spark-job-place.ts';

/** The input of Glue's CreateJob (https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html). */
export interface GlueJob {
  readonly Name: string;
  readonly Description: string;
  /** The ARN of the role that the job runs as. */
  readonly Role: string;
  readonly Command: {
    readonly Name: 'glueetl';
    readonly PythonVersion: '3';
    readonly ScriptLocation: string;
  };
  readonly DefaultArguments: Record<string, string>;
  readonly GlueVersion: string;
  readonly WorkerType: GlueWorkerType;
  /** The maximum, since Auto Scaling is on. */
  readonly NumberOfWorkers: number;
  readonly ExecutionClass: GlueExecutionClass;
  readonly ExecutionProperty: { readonly MaxConcurrentRuns: number };
  readonly MaxRetries: number;
  /** Minutes. */
  readonly Timeout: number;
  readonly Tags: Record<string, string>;
}

/** The input of Glue's StartJobRun (https://docs.aws.amazon.com/glue/latest/webapi/API_StartJobRun.html). */
export interface GlueJobRun {
  readonly JobName: string;
  readonly Arguments: Record<string, string>;
  readonly WorkerType: GlueWorkerType;
  readonly NumberOfWorkers: number;
  readonly Timeout: number;
  readonly ExecutionClass: GlueExecutionClass;
}

/** Options of {@link deriveSparkJob}. */
export interface SparkJobOptions extends Omit<SparkCapacityOptions, 'inputBytes'> {
  /** Bytes of the inputs of one run, uncompressed. Defaults to 10 GB: the job is made for runs of about this size. */
  readonly inputBytes?: number | undefined;
  /** The ARN of the job's role. Defaults to `headwater-<database>-spark` of the account. */
  readonly role?: string | undefined;
  /** The script on S3. Defaults to its place without a version below the lake; `headwater etl submit` names one by content. */
  readonly script?: string | undefined;
  /** The modules that the script imports, on S3. Defaults to all of them, beside the script without a version. */
  readonly modules?: readonly string[] | undefined;
  /** The plan on S3. */
  readonly plan?: string | undefined;
  /** The inputs of the run, `s3://...`. Defaults to those of the plan. */
  readonly inputs?: readonly string[] | undefined;
  /** The object on S3 that lists the inputs, where they are too many for an argument. */
  readonly inputList?: string | undefined;
  /** Where the run writes its report on S3. */
  readonly result?: string | undefined;
  /** Minutes after which Glue stops a run. Defaults to four times the estimate, and at least 60. */
  readonly timeoutMinutes?: number | undefined;
  /** How often Glue itself starts a failed run again. Defaults to 0: whoever waits for a run sees only that one. */
  readonly retries?: number | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** The job that loads a table on Glue, one run of it, and what its size follows from. */
export interface SparkJob {
  readonly job: GlueJob;
  readonly run: GlueJobRun;
  readonly capacity: SparkCapacity;
}

/** Spark 3.5.6 on Python 3.11 and Java 17 (https://docs.aws.amazon.com/glue/latest/dg/release-notes.html). */
const glueVersion = '5.1';

/** What the script needs, in versions that it was tried with: for footers of Parquet and inputs compressed by zstd, and for the content hash. */
const pythonModules = ['pyarrow==21.0.0', 'xxhash==3.6.0'];

/** Glue's maximum, seven days. */
const mostMinutes = 10_080;

/** Above this a list of inputs goes to an object: all arguments of a run have at most 260 KB, and are logged. */
const mostInputCharacters = 32_768;

/**
 * The Glue job that loads a table with Spark, and one run of it, as the inputs of Glue's CreateJob and StartJobRun.
 *
 * Auto Scaling is on, so the number of workers is a maximum and idle ones cost nothing. Metrics, continuous logs and job insights are
 * on. Job bookmarks are off: the lake's manifests know what was loaded. The arguments have no secrets, since Glue shows them to
 * everyone who may read the job.
 *
 * @throws HeadwaterError `OPTION_INVALID` for sizes that are none, or inputs that are too many for an argument
 * @example
 * ```ts
 * const { job, run } = deriveSparkJob(clickstream.schema, target, { inputBytes: 2e12, inputs: ['s3://shop-landing/2026-01/'] });
 * await glue.send(new CreateJobCommand(job)); // { Name: 'headwater-shop-clickstream', WorkerType: 'G.2X', ... }
 * await glue.send(new StartJobRunCommand(run));
 * ```
 */
export function deriveSparkJob(
  schema: TableSchema,
  target: AwsTarget,
  options: SparkJobOptions = {},
): SparkJob {
  const { inputBytes = 10e9, executionClass = 'STANDARD', retries = 0, tags = {} } = options;
  const place = sparkJobPlace(target.location, schema.name);
  const capacity = sparkCapacity({ ...options, inputBytes, executionClass });
  const { workerType, workers, seconds } = capacity;
  const {
    role = sparkJobRole(target),
    script = `${place.scripts}/${sparkJobScript}`,
    modules = sparkJobModules.map((name) => `${place.scripts}/${name}`),
    plan = `${place.plans}/plan.json`,
    timeoutMinutes = Math.min(mostMinutes, Math.max(60, Math.ceil((seconds * 4) / 60))),
  } = options;
  const Name = sparkJobName(target, schema.name);
  const size = { WorkerType: workerType, NumberOfWorkers: workers };
  return {
    job: {
      Name,
      Description: `Loads ${schema.name} into the lake ${target.location}`,
      Role: role,
      Command: { Name: 'glueetl', PythonVersion: '3', ScriptLocation: script },
      DefaultArguments: {
        '--job-language': 'python',
        '--job-bookmark-option': 'job-bookmark-disable',
        // Its presence turns it on; Glue reads no value.
        '--enable-metrics': '',
        '--enable-observability-metrics': 'true',
        '--enable-continuous-cloudwatch-log': 'true',
        '--enable-job-insights': 'true',
        '--enable-auto-scaling': 'true',
        '--additional-python-modules': pythonModules.join(','),
        ...(modules.length > 0 ? { '--extra-py-files': modules.join(',') } : {}),
        '--plan': plan,
      },
      GlueVersion: glueVersion,
      ...size,
      ExecutionClass: executionClass,
      // Two loads of one table would read the same days, and one of them would have to begin again.
      ExecutionProperty: { MaxConcurrentRuns: 1 },
      MaxRetries: retries,
      Timeout: timeoutMinutes,
      Tags: tableTags(target, schema.name, tags),
    },
    run: {
      JobName: Name,
      Arguments: {
        '--plan': plan,
        ...inputArguments(options),
        ...(options.result === undefined ? {} : { '--result': options.result }),
      },
      ...size,
      Timeout: timeoutMinutes,
      ExecutionClass: executionClass,
    },
    capacity,
  };
}

/** Whether a list of inputs is short enough for an argument of a run. */
export const isInputArgument = (inputs: readonly string[]): boolean =>
  JSON.stringify(inputs).length <= mostInputCharacters;

function inputArguments({ inputs, inputList }: SparkJobOptions): Record<string, string> {
  if (inputList !== undefined) return { '--inputs': inputList };
  if (inputs === undefined) return {};
  if (isInputArgument(inputs)) return { '--inputs': JSON.stringify(inputs) };
  throw new HeadwaterError('OPTION_INVALID', {
    option: 'inputs',
    value: `${inputs.length} addresses`,
    expected: 'fewer, a prefix that ends in /, or inputList, an object on S3 that lists them',
  });
}
