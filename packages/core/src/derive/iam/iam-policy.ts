import type { AwsTarget } from '../../catalog/aws-target.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { type DerivedPolicy, policyOf } from './policy-document.ts';
import { type PolicyOptions, type PolicyRole, roles } from './policy-roles.ts';

/**
 * The IAM policy of a role for these tables: only the actions that the role needs, on the resources that it needs them for.
 * The resource is `*` only where a service has no resource for an action.
 *
 * An analyst's policy gives access to the files only to Athena on the analyst's behalf. With `access: 'lake-formation'` it gives none:
 * Lake Formation does, for the columns that it granted. A policy that allows `s3:GetObject` itself goes past it.
 *
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` when the tables are too many for one managed policy, `OPTION_INVALID` for no role, a permission
 *   class of a role that is not a reader, or with access past Lake Formation
 * @example deriveIamPolicy([clickstream.schema], target, 'analyst').policy // for `aws iam create-policy --policy-document`
 */
export function deriveIamPolicy(
  tables: readonly TableSchema[],
  target: AwsTarget,
  role: PolicyRole,
  options: PolicyOptions = {},
): DerivedPolicy {
  if (!Object.hasOwn(roles, role))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'role',
      value: String(role),
      expected: `one of ${Object.keys(roles).join(', ')}`,
    });
  const option = options.permissionClass === undefined ? 'access' : 'permissionClass';
  const value = options[option];
  if (role !== 'analyst' && value !== undefined)
    throw new HeadwaterError('OPTION_INVALID', { option, value, expected: 'the role analyst, or a metric' });
  assertOfRole(role, ['spark-job', 'etl', 'crawler', 'databrew'], 'landing', options.landing?.join());
  assertOfRole(role, ['crawler'], 'crawlerDatabase', options.crawlerDatabase);
  assertOfRole(role, ['submitter'], 'jobRole', options.jobRole);
  assertOfRole(role, ['firehose'], 'transform', options.transform);
  assertOfRole(role, ['flink'], 'code', options.code);
  assertOfRole(role, ['planner', 'deployer'], 'stack', options.stack);
  assertLanding(options.landing ?? []);
  return policyOf(roles[role].statements(tables, target, options));
}

function assertOfRole(
  role: PolicyRole,
  wanted: readonly PolicyRole[],
  option: string,
  value: string | undefined,
): void {
  if (value === undefined || wanted.includes(role)) return;
  throw new HeadwaterError('OPTION_INVALID', { option, value, expected: `the role ${wanted.join(' or ')}` });
}

/** A wildcard or a variable of IAM in a place would allow other places as well. */
function assertLanding(places: readonly string[]): void {
  const wrong = places.find((place) => !/^s3:\/\/[a-z0-9][a-z0-9.-]+[a-z0-9](?:\/[^*?$]*)?$/.test(place));
  if (wrong === undefined) return;
  const expected = 's3://bucket/prefix, without * ? and $';
  throw new HeadwaterError('OPTION_INVALID', { option: 'landing', value: wrong, expected });
}
