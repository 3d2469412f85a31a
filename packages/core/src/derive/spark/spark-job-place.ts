import type { AwsTarget } from '../../catalog/aws-target.ts';
import { jobsPath } from '../../lake/manifest.ts';

/** Where the files of a table's Spark jobs are: below the lake, where queries do not look. */
export interface SparkJobPlace {
  /** Scripts, each in a folder named after its content. */
  readonly scripts: string;
  /** Plans, named after their content. */
  readonly plans: string;
  /** Lists of inputs that are too long for an argument. */
  readonly inputs: string;
  /** What runs report. */
  readonly results: string;
}

/**
 * The place of the files of a table's Spark jobs, `s3://...` without a slash at the end.
 *
 * @param location the lake
 * @example sparkJobPlace('s3://shop-lake/events', 'clickstream').plans // 's3://shop-lake/events/_headwater/clickstream/jobs/plans'
 */
export function sparkJobPlace(location: string, table: string): SparkJobPlace {
  const folder = `${location}/${jobsPath(table)}`;
  return {
    scripts: `${folder}/scripts`,
    plans: `${folder}/plans`,
    inputs: `${folder}/inputs`,
    results: `${folder}/results`,
  };
}

/** The name of the job that loads a table. A table has one, so that Glue never runs two loads of it at once. */
export const sparkJobName = ({ database }: Pick<AwsTarget, 'database'>, table: string): string =>
  `headwater-${database}-${table}`;

/** The ARN of the role that jobs run as, where none is named. */
export const sparkJobRole = ({ partition, account, database }: AwsTarget): string =>
  `arn:${partition}:iam::${account}:role/headwater-${database}-spark`;
