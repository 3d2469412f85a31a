import type { AwsTarget } from '../../catalog/aws-target.ts';
import { HeadwaterError, isHeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { deriveIamPolicy } from './iam-policy.ts';
import type { DerivedPolicy } from './policy-document.ts';
import type { PolicyOptions, PolicyRole } from './policy-roles.ts';

/** Options of the policies of one role, where each table has a landing place of its own. */
export interface TablePolicyOptions extends Omit<PolicyOptions, 'landing'> {
  /** Where the inputs of a table are, `s3://...`. */
  readonly landing?: ((table: string) => string) | undefined;
}

/**
 * How many managed policies a role or a user can have, unless AWS raised the quota of the account
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
 */
const maxAttached = 10;

/**
 * The policies of a role for any number of tables: as few as hold them, each within the size of a managed policy. A policy has the places of its own
 * tables alone, in the order of the tables.
 *
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` when the policy of a single table is too long; and as {@link deriveIamPolicy}
 * @example deriveIamPolicies([orders.schema, clicks.schema], target, 'spark-job', { landing: (table) => `s3://raw/${table}` }).length // 1
 */
export function deriveIamPolicies(
  tables: readonly TableSchema[],
  target: AwsTarget,
  role: PolicyRole,
  { landing, ...options }: TablePolicyOptions = {},
): readonly DerivedPolicy[] {
  const derive = (part: readonly TableSchema[]): DerivedPolicy =>
    deriveIamPolicy(part, target, role, {
      ...options,
      ...(landing === undefined ? {} : { landing: part.map(({ name }) => landing(name)) }),
    });
  const [first, ...others] = tables;
  let part = first === undefined ? [] : [first];
  let policy = derive(part);
  const full: DerivedPolicy[] = [];
  for (const table of others) {
    const longer = unlessTooLong(() => derive([...part, table]));
    if (longer === undefined) full.push(policy);
    part = longer === undefined ? [table] : [...part, table];
    policy = longer ?? derive(part);
  }
  return [...full, policy];
}

/**
 * Policies by their names: the name itself for one, and with a number for each of several.
 *
 * @example namedPolicies('etl', [first, second]) // { 'etl-1': first, 'etl-2': second }
 */
export const namedPolicies = (
  name: string,
  policies: readonly DerivedPolicy[],
): Readonly<Record<string, DerivedPolicy>> =>
  Object.fromEntries(
    policies.map((policy, index) => [policies.length === 1 ? name : `${name}-${index + 1}`, policy]),
  );

/** @throws HeadwaterError `AWS_LIMIT_EXCEEDED` when a role cannot have so many managed policies */
export function assertAttachable(what: string, size: number): void {
  if (size <= maxAttached) return;
  throw new HeadwaterError('AWS_LIMIT_EXCEEDED', {
    what,
    size,
    limit: maxAttached,
    unit: 'managed policies',
    fix: 'Give each group of tables a config of its own, with another aws.database: its roles and its stack are then its own',
  });
}

function unlessTooLong(derive: () => DerivedPolicy): DerivedPolicy | undefined {
  try {
    return derive();
  } catch (error) {
    if (isHeadwaterError(error, 'AWS_LIMIT_EXCEEDED')) return undefined;
    throw error;
  }
}
