import type { AwsTarget, DerivedPolicy, PolicyRole, TableSchema } from '@headwater/core';
import { deriveIamPolicies, namedPolicies, type TablePolicyOptions } from '@headwater/core/internal';

/**
 * The policies of a role, by names: one for all tables, or as few as hold them where one would be too long for IAM.
 *
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` when that of a single table is too long
 * @example Object.keys(policiesOf([clickstream.schema], target, 'spark-job')) // ['headwater-shop-spark-job']
 */
export const policiesOf = (
  tables: readonly TableSchema[],
  target: AwsTarget,
  role: PolicyRole,
  options: TablePolicyOptions = {},
): Readonly<Record<string, DerivedPolicy>> =>
  namedPolicies(`headwater-${target.database}-${role}`, deriveIamPolicies(tables, target, role, options));
