import { HeadwaterError } from '../../errors/headwater-error.ts';
import { keepsAllRows } from '../../table/duplicate-rule.ts';
import { type RoleName, roleNames } from '../../table/role-table.ts';
import { columnOf, isWholeRowKey, type TableSchema } from '../../table/table-schema.ts';
import { assertPostgresNames } from './postgres-names.ts';

/** How the table of PostgreSQL is made. */
export interface PostgresTableOptions {
  /** The schema that the table is in. Defaults to `public`. */
  readonly schema?: string | undefined;
  /**
   * `month` makes a table that is partitioned by the month of the time column: old months are dropped at once, and each
   * partition has an index of its own, which stays small. It pays from some tens of millions of rows on. Defaults to `none`.
   */
  readonly partition?: 'none' | 'month' | undefined;
  /**
   * Whether the duplicate key is a constraint of the table. Set it to false for a lake whose rows were loaded under another
   * rule for duplicates. Defaults to true.
   */
  readonly key?: boolean | undefined;
  /**
   * Roles whose columns get an index, with the time. A role that the table lacks is left out. Each index makes loads slower; metrics
   * read ranges of days, for which `dt` has its index anyway. Defaults to the actor alone, by whom rows are looked up and erased.
   */
  readonly indexes?: readonly RoleName[] | undefined;
}

/** The same options, complete and checked. */
export interface PostgresTableRules {
  readonly schema: string;
  readonly isPartitioned: boolean;
  /** The columns of the constraint; undefined when there is none. */
  readonly key: readonly string[] | undefined;
  readonly indexes: readonly RoleName[];
}

/**
 * Completes the options of a table.
 *
 * @throws HeadwaterError `OPTION_INVALID` for an option that the table cannot have, `DEFINITION_INVALID` for a name that
 * PostgreSQL would cut
 */
export function postgresTableRules(
  schema: TableSchema,
  options: PostgresTableOptions = {},
): PostgresTableRules {
  const { schema: folder = 'public', partition = 'none', key: isKeyed = true, indexes = ['actor'] } = options;
  assertPostgresNames(schema, folder);
  const refuse = (option: string, value: string, expected: string): never => {
    throw new HeadwaterError('OPTION_INVALID', { option, value, expected });
  };
  if (partition !== 'none' && partition !== 'month') refuse('partition', String(partition), 'none or month');
  const unknown = indexes.find((role) => !roleNames.includes(role));
  if (unknown !== undefined) refuse('indexes', String(unknown), `roles among ${roleNames.join(', ')}`);
  const key = isKeyed ? postgresKey(schema) : undefined;
  const { time } = schema.partitioning;
  // https://www.postgresql.org/docs/current/ddl-partitioning.html: a constraint has to include the partition key.
  if (partition === 'month' && key && !key.includes(time))
    refuse(
      'partition',
      'month',
      `none: the duplicate key of ${schema.name} lacks ${time}, so months cannot enforce it (or set key to false)`,
    );
  return { schema: folder, isPartitioned: partition === 'month', key, indexes };
}

/**
 * The columns of the definition's duplicate key where a table can enforce it. Undefined when every row stays, and for the whole row: its
 * texts may be longer than an entry of an index (2,704 bytes).
 */
export function postgresKey(schema: TableSchema): readonly string[] | undefined {
  return keepsAllRows(schema) || isWholeRowKey(schema) ? undefined : schema.duplicateKey;
}

/** Whether a column of the key may be null. The key is then no primary key, but a constraint in which nulls are equal. */
export const hasNullableKey = (schema: TableSchema, key: readonly string[]): boolean =>
  key.some((name) => columnOf(schema, name).nullable);
