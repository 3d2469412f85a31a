import { type AwsTarget, tableLocation } from '../../catalog/aws-target.ts';
import { roleArn } from '../../catalog/config-field.ts';
import { checkedFolder, landingFolder, tableLanding } from '../../catalog/landing-folder.ts';
import type { LandingFormat } from '../../catalog/published-services.ts';
import { queryPlace } from '../../catalog/query-place.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';

/**
 * The name of everything that DataBrew has for a table: its dataset, recipe, job, ruleset, schedule and project. DataBrew's names have
 * letters, digits, hyphens, periods and spaces (https://docs.aws.amazon.com/databrew/latest/dg/API_CreateRecipe.html), so a period stands
 * for an underscore: two tables never have one name.
 *
 * @example dataBrewName({ database: 'shop' }, 'page_views') // 'headwater-shop-page.views'
 */
export const dataBrewName = ({ database }: Pick<AwsTarget, 'database'>, table: string): string =>
  `headwater-${database}-${table}`.replaceAll('_', '.');

/** The name of the role that jobs and projects run as, where none is named. */
export const dataBrewRoleName = ({ database }: Pick<AwsTarget, 'database'>): string =>
  `headwater-${database}-databrew`;

/**
 * The ARN of the role that jobs and projects run as: the given one, that of the config, or `headwater-<database>-databrew`.
 * @throws HeadwaterError `OPTION_INVALID` when `role` is not the ARN of a role
 */
export function dataBrewRole(target: AwsTarget, role?: string): string {
  const { partition, account, dataBrew } = target;
  if (role !== undefined && !roleArn.safeParse(role).success)
    invalid('role', role, 'the ARN of a role, arn:aws:iam::<account>:role/<name>');
  return role ?? dataBrew?.role ?? `arn:${partition}:iam::${account}:role/${dataBrewRoleName(target)}`;
}

/** The ARN of a table's dataset. */
export const dataBrewDatasetArn = (target: AwsTarget, table: string): string =>
  `arn:${target.partition}:databrew:${target.region}:${target.account}:dataset/${dataBrewName(target, table)}`;

/** Where DataBrew reads and writes. */
export interface DataBrewPlaces {
  /** The folder of the table's landing files, `s3://bucket/folder/`. */
  readonly landing?: string | undefined;
  /** The format of the landing files. */
  readonly format?: LandingFormat | undefined;
  /** The folder that jobs write to, `s3://bucket/folder/`. */
  readonly output?: string | undefined;
}

/** A folder on S3, as DataBrew takes it (https://docs.aws.amazon.com/databrew/latest/dg/API_S3Location.html). */
export interface DataBrewS3Location {
  readonly Bucket: string;
  readonly Key: string;
  readonly BucketOwner?: string;
}

/**
 * The landing folder and its format, and the folder that jobs write to. Options win over `dataBrew` of the config, where a folder has a
 * folder for each table. The landing folder defaults to that of the raw table, `<lake>/<table>__raw_<format>/`, and the output to
 * `<lake>/<table>__databrew/`, which no table reads.
 *
 * @throws HeadwaterError `OPTION_INVALID` when a folder is not `s3://bucket/folder/`; when the landing folder overlaps the lake or the
 *   query results; or when the output overlaps the landing folder, the lake's table or the query results
 */
export function dataBrewPlaces(
  target: AwsTarget,
  table: string,
  options: DataBrewPlaces,
): Required<{ [Name in keyof DataBrewPlaces]: NonNullable<DataBrewPlaces[Name]> }> {
  const config = target.dataBrew ?? {};
  const format = options.format ?? config.format ?? 'csv';
  const landing =
    options.landing === undefined
      ? tableLanding(table, target, { ...config, format })
      : landingFolder(target, options.landing);
  const output = checkedFolder(
    'output',
    options.output ??
      (config.output === undefined
        ? tableLocation(target, `${table}__databrew`)
        : `${config.output}/${table}/`),
  );
  const taken = [
    [landing, 'which the job reads'],
    [tableLocation(target, table), "whose files are those of the lake's commits"],
    [`${queryPlace(target).results}/`, 'whose files expire'],
  ] as const;
  for (const [other, why] of taken)
    if (output.startsWith(other) || other.startsWith(output))
      invalid('output', output, `a folder apart from ${other}, ${why}`);
  return { landing, format, output };
}

/** The bucket and the key of a folder. */
export function s3Location(target: AwsTarget, url: string): DataBrewS3Location {
  const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(url) ?? [];
  return { Bucket, Key, BucketOwner: target.bucketOwner ?? target.account };
}

function invalid(option: string, value: string, expected: string): never {
  throw new HeadwaterError('OPTION_INVALID', { option, value, expected });
}
