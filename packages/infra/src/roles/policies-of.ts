import {
  type AwsTarget,
  type DerivedPolicy,
  deriveIamPolicy,
  isHeadwaterError,
  type PolicyOptions,
  type PolicyRole,
  type TableSchema,
} from '@headwater/core';

/**
 * The policies of a role, by names: one for all tables, or one for each where one would be too long for IAM.
 *
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` when that of a single table is too long
 * @example Object.keys(policiesOf([clickstream.schema], target, 'spark-job')) // ['headwater-shop-spark-job']
 */
export function policiesOf(
  tables: readonly TableSchema[],
  target: AwsTarget,
  role: PolicyRole,
  options: PolicyOptions = {},
): Readonly<Record<string, DerivedPolicy>> {
  const name = `headwater-${target.database}-${role}`;
  try {
    return { [name]: deriveIamPolicy(tables, target, role, options) };
  } catch (error) {
    if (!isHeadwaterError(error, 'AWS_LIMIT_EXCEEDED') || tables.length === 1) throw error;
    return Object.fromEntries(
      tables.map((table) => [`${name}-${table.name}`, deriveIamPolicy([table], target, role, options)]),
    );
  }
}
