import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { PermissionClass } from '../../catalog/permission-class.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { type DerivedPolicy, policyOf } from './policy-document.ts';
import { queryStatements } from './query-statements.ts';
import type { DataAccess } from './storage-statements.ts';

/** Options of a policy for readers. */
export interface ReadPolicyOptions {
  /** Readers who may not see every column: their workgroup, results and views. Lake Formation then gives access to the files. */
  readonly permissionClass?: PermissionClass | undefined;
  /** How Athena reads the files. Defaults to `lake-formation` for a permission class, and to `athena` otherwise. */
  readonly access?: DataAccess | undefined;
}

/** A table that one metric or one query reads, together with its view if it has one. */
export interface ReadReach {
  /** The table of events. */
  readonly table: TableSchema;
  /** Its columns. They appear in the reasons only, because IAM has no permissions on columns; `deriveLakeFormation` has. */
  readonly columns?: readonly string[];
}

/**
 * The IAM policy for one metric or one query on Athena: only its tables and their folders.
 *
 * @param reads every table that the metric or the query reads
 * @example deriveReadPolicy([{ table: clickstream.schema, columns: ['event_time', 'user_id'] }], target)
 */
export function deriveReadPolicy(
  reads: readonly ReadReach[],
  target: AwsTarget,
  options: ReadPolicyOptions = {},
): DerivedPolicy {
  const about = reads.map(
    ({ table, columns }) => `${table.name}${columns ? ` (${columns.join(', ')})` : ''}`,
  );
  return policyOf(
    queryStatements(
      target,
      reads.map(({ table }) => table),
      { ...options, about: `Tables and columns that are read: ${about.join(', ')}` },
    ),
  );
}
