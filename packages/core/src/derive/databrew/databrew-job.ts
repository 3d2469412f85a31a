import type { AwsTarget } from '../../catalog/aws-target.ts';
import { partitionKeys } from '../../catalog/partition-keys.ts';
import { tableTags } from '../../catalog/table-tags.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import { assertWholeNumber } from '../../options/whole-number.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import {
  type DataBrewPlaces,
  type DataBrewS3Location,
  dataBrewName,
  dataBrewPlaces,
  dataBrewRole,
  s3Location,
} from './databrew-place.ts';

/** The input of DataBrew's CreateRecipeJob (https://docs.aws.amazon.com/databrew/latest/dg/API_CreateRecipeJob.html). */
export interface DataBrewJob {
  readonly Name: string;
  readonly RoleArn: string;
  readonly DatasetName: string;
  readonly RecipeReference: { readonly Name: string; readonly RecipeVersion: string };
  readonly Outputs: {
    readonly Location: DataBrewS3Location;
    readonly Format: 'PARQUET';
    readonly CompressionFormat: 'SNAPPY';
    readonly PartitionColumns: string[];
    readonly Overwrite: boolean;
  }[];
  readonly EncryptionMode: 'SSE-S3' | 'SSE-KMS';
  readonly EncryptionKeyArn?: string;
  readonly LogSubscription: 'ENABLE';
  readonly MaxCapacity: number;
  readonly MaxRetries: number;
  /** Minutes. */
  readonly Timeout: number;
  readonly Tags: Record<string, string>;
}

/** Options of {@link deriveDataBrewJob}. */
export interface DataBrewJobOptions extends DataBrewPlaces {
  /** The ARN of the job's role. Defaults to that of the config, or to `headwater-<database>-databrew` of the account. */
  readonly role?: string | undefined;
  /** The published version of the recipe, such as `1.0`. Defaults to `LATEST_PUBLISHED`. */
  readonly recipeVersion?: string | undefined;
  /** The most nodes of a run, from 2 to 149. Defaults to 5, as with AWS. */
  readonly maxCapacity?: number | undefined;
  /** Minutes after which a run is stopped. Defaults to 480. */
  readonly timeoutMinutes?: number | undefined;
}

/**
 * The job that runs the recipe over the dataset, as the input of DataBrew's CreateRecipeJob: Parquet, in folders named after the partition
 * columns. A run reads every landing file and replaces the output, since DataBrew keeps no record of what it has read; so a repeated run
 * writes no row twice.
 *
 * The output is beside the lake's table, and never in it: a lake's files are those that its manifests list.
 *
 * @throws HeadwaterError `OPTION_INVALID` naming the option, for a folder, role, version, number of nodes or timeout that is not valid
 * @example deriveDataBrewJob(clickstream.schema, target, { role: 'arn:aws:iam::123456789012:role/databrew' })
 * // { Name: 'headwater-shop-clickstream', DatasetName: ..., RecipeReference: ..., Outputs: [{ Format: 'PARQUET', PartitionColumns: ['dt'], ... }], ... }
 */
export function deriveDataBrewJob(
  schema: TableSchema,
  target: AwsTarget,
  options: DataBrewJobOptions = {},
): DataBrewJob {
  const { recipeVersion = 'LATEST_PUBLISHED', maxCapacity = 5, timeoutMinutes = 480 } = options;
  if (!/^(\d{1,6}\.\d{1,6}|LATEST_PUBLISHED)$/.test(recipeVersion) || /^0+\.0+$/.test(recipeVersion))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'recipeVersion',
      value: recipeVersion,
      expected: 'a published version such as 1.0, or LATEST_PUBLISHED',
    });
  assertWholeNumber('maxCapacity', maxCapacity, 2, 149);
  assertWholeNumber('timeoutMinutes', timeoutMinutes, 1, 2880);
  const Name = dataBrewName(target, schema.name);
  const { output } = dataBrewPlaces(target, schema.name, options);
  return {
    Name,
    RoleArn: dataBrewRole(target, options.role),
    DatasetName: Name,
    RecipeReference: { Name, RecipeVersion: recipeVersion },
    Outputs: [
      {
        Location: s3Location(target, output),
        Format: 'PARQUET',
        CompressionFormat: 'SNAPPY',
        PartitionColumns: partitionKeys(schema).map(({ name }) => name),
        Overwrite: true,
      },
    ],
    ...(target.kmsKey === undefined
      ? { EncryptionMode: 'SSE-S3' }
      : { EncryptionMode: 'SSE-KMS', EncryptionKeyArn: target.kmsKey }),
    LogSubscription: 'ENABLE',
    MaxCapacity: maxCapacity,
    MaxRetries: 0,
    Timeout: timeoutMinutes,
    Tags: tableTags(target, schema.name),
  };
}
