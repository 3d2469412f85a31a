import type { AwsTarget } from '../../catalog/aws-target.ts';
import { tableTags } from '../../catalog/table-tags.ts';
import { assertWholeNumber } from '../../options/whole-number.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { dataBrewName, dataBrewRole } from './databrew-place.ts';

/** The input of DataBrew's CreateProject (https://docs.aws.amazon.com/databrew/latest/dg/API_CreateProject.html). */
export interface DataBrewProject {
  readonly Name: string;
  readonly DatasetName: string;
  readonly RecipeName: string;
  readonly RoleArn: string;
  readonly Sample: { readonly Type: 'FIRST_N' | 'LAST_N' | 'RANDOM'; readonly Size: number };
  readonly Tags: Record<string, string>;
}

/** Options of {@link deriveDataBrewProject}. */
export interface DataBrewProjectOptions {
  /** The ARN of the project's role. Defaults to that of the config, or to `headwater-<database>-databrew` of the account. */
  readonly role?: string | undefined;
  /** Rows of the sample, from 1 to 5000. Defaults to 500, as with AWS. */
  readonly sampleRows?: number | undefined;
}

/**
 * The project in which people see the recipe on a sample of the landing files, as the input of DataBrew's CreateProject. What they change
 * is the working version of the recipe, and no job runs it until it is published.
 *
 * @throws HeadwaterError `OPTION_INVALID` when `role` is not the ARN of a role, or `sampleRows` is out of range
 * @example deriveDataBrewProject(clickstream.schema, target)
 * // { Name: 'headwater-shop-clickstream', DatasetName: ..., RecipeName: ..., RoleArn: ..., Sample: { Type: 'FIRST_N', Size: 500 }, Tags: ... }
 */
export function deriveDataBrewProject(
  { name: table }: TableSchema,
  target: AwsTarget,
  { role, sampleRows = 500 }: DataBrewProjectOptions = {},
): DataBrewProject {
  assertWholeNumber('sampleRows', sampleRows, 1, 5000);
  const Name = dataBrewName(target, table);
  return {
    Name,
    DatasetName: Name,
    RecipeName: Name,
    RoleArn: dataBrewRole(target, role),
    Sample: { Type: 'FIRST_N', Size: sampleRows },
    Tags: tableTags(target, table),
  };
}
