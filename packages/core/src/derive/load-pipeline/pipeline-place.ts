import type { AwsTarget } from '../../catalog/aws-target.ts';
import { landingFolder } from '../../catalog/landing-folder.ts';
import { type S3Place, s3Place } from '../../catalog/s3-place.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { verifyJobScript } from '../spark/spark-job-files.ts';
import { sparkJobName, sparkJobPlace } from '../spark/spark-job-place.ts';

/** Where raw objects land, and what the pipeline is called. */
export interface PipelineNames {
  /** The folder where raw objects land, `s3://bucket/folder/`. It is neither in the lake nor in the place of results. */
  readonly landing: string;
  /** Begins the name of everything that the pipeline consists of. Defaults to `headwater-<database>-<table>`. */
  readonly name?: string | undefined;
}

/** What a table's pipeline consists of, by name. */
export interface PipelineNamesOfTable {
  readonly job: string;
  readonly verifyJob: string;
  readonly stateMachine: string;
  readonly queue: string;
  readonly rule: string;
  readonly pipe: string;
  readonly topic: string;
}

/** The names, ARNs and places of a pipeline. */
export interface PipelinePlace extends PipelineNamesOfTable {
  readonly table: string;
  readonly target: AwsTarget;
  /** With a slash at the end. */
  readonly landing: string;
  readonly landingPlace: S3Place;
  readonly lakePlace: S3Place;
  /** Begins the keys of the results that jobs write, in the lake's bucket. */
  readonly resultKey: string;
  /** The place of the verifying script. */
  readonly verifyScript: string;
  readonly roles: { readonly load: string; readonly verify: string; readonly pipe: string };
  /** The ARN of a resource of a service in the target's region and account. */
  arn(service: string, resource: string): string;
  /** The ARN of a role. */
  roleArn(name: string): string;
}

/** The maximum of a rule, a pipe and a role, which have the shortest names of all (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html). */
const maxName = 64;

/** The ending of the longest of those names. */
const longestEnding = '-landing';

/**
 * The names of what a table's pipeline consists of.
 * @param name begins all of them but that of the job. Defaults to `headwater-<database>-<table>`
 */
export const pipelineNames = (
  table: string,
  target: Pick<AwsTarget, 'database'>,
  name = sparkJobName(target, table),
): PipelineNamesOfTable => ({
  job: sparkJobName(target, table),
  verifyJob: `${name}-verify`,
  stateMachine: `${name}-load`,
  queue: `${name}-landing.fifo`,
  rule: `${name}-landing`,
  pipe: `${name}-landing`,
  topic: `${name}-loads`,
});

/**
 * The names and places of a table's pipeline.
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` for names that AWS refuses, `OPTION_INVALID` for a landing folder that is not an S3 folder,
 *   or to which the pipeline itself writes
 */
export function pipelinePlace(
  { name: table }: TableSchema,
  target: AwsTarget,
  { landing: given, name = sparkJobName(target, table) }: PipelineNames,
): PipelinePlace {
  if (name.length > maxName - longestEnding.length)
    throw new HeadwaterError('AWS_LIMIT_EXCEEDED', {
      what: `The name ${name}${longestEnding}`,
      size: name.length + longestEnding.length,
      limit: maxName,
      unit: 'characters',
      fix: 'Give the pipeline a shorter name',
    });
  if (!/^[A-Za-z0-9_-]+$/.test(name)) invalid('name', name, 'letters, digits, _ and -');
  const landing = landingFolder(target, given);
  const lakePlace = s3Place(target, target.location);
  const { results, scripts } = sparkJobPlace(target.location, table);
  const { partition, region, account } = target;
  return {
    table,
    target,
    landing,
    landingPlace: s3Place(target, landing),
    lakePlace,
    resultKey: `${s3Place(target, results).prefix}/`,
    verifyScript: `${scripts}/${verifyJobScript}`,
    ...pipelineNames(table, target, name),
    roles: { load: `${name}-load`, verify: `${name}-verify`, pipe: `${name}-pipe` },
    arn: (service, resource) => `arn:${partition}:${service}:${region}:${account}:${resource}`,
    roleArn: (role) => `arn:${partition}:iam::${account}:role/${role}`,
  };
}

function invalid(option: string, value: string, expected: string): never {
  throw new HeadwaterError('OPTION_INVALID', { option, value, expected });
}
