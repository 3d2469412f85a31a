import type { CreateDataSetCommandInput, RowLevelPermissionDataSet } from '@aws-sdk/client-quicksight';
import { type Column, HeadwaterError, type QuickSightRows, type TableSchema } from '@headwater/core';
import { roleColumns, text } from './data-set-plan.ts';
import { assetArn, assetId, type QuickSightPlace } from './quicksight-names.ts';

/** A role, with the condition on its column; none where it sees all events. */
export interface RowRole {
  readonly name: string;
  readonly principals: readonly string[];
  readonly condition?: (column: string) => string;
}

/** Roles of a table, those that see all events first, then by name. Whoever would see the rows of several sees those of the first. */
export interface RowRoles {
  readonly column: string;
  readonly roles: readonly RowRole[];
}

/**
 * The roles of a config over a table.
 * @throws HeadwaterError `OPTION_INVALID` for a column that the table lacks, that is personal data or no text or whole number, and for values that
 *   are none of it
 */
export function rowRoles(
  rows: QuickSightRows | undefined,
  { columns, name }: TableSchema,
): RowRoles | undefined {
  if (!rows) return undefined;
  const column = columns.find((one) => one.name === rows.column);
  const fail = (option: string, value: string, expected: string): never => {
    throw new HeadwaterError('OPTION_INVALID', { option: `quicksight.rows.${option}`, value, expected });
  };
  const kinds = ['string', 'uuid', 'int32', 'int64'];
  const possible = columns.filter(({ type, pii }) => kinds.includes(type.kind) && pii === 'none');
  if (!column || !possible.includes(column))
    return fail(
      'column',
      rows.column,
      `a column of ${name} of texts or whole numbers: ${possible.map((one) => one.name).join(', ')}`,
    );
  const roles = Object.entries(rows.roles).map(([role, { values, principals }]): RowRole => {
    const own = { name: role, principals: principals.toSorted() };
    if (!values) return own;
    const literals = values
      .toSorted()
      .map((value) => literalOf(column, value) ?? fail(`roles.${role}.values`, value, 'a whole number'));
    return { ...own, condition: (by) => `${by} in (${literals.join(', ')})` };
  });
  const order = (one: RowRole) => `${one.condition ? 1 : 0}${one.name}`;
  return { column: column.name, roles: roles.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)) };
}

const literalOf = ({ type }: Column, value: string): string | undefined => {
  if (type.kind === 'string' || type.kind === 'uuid') return text(value);
  return /^-?\d{1,18}$/.test(value) ? String(BigInt(value)) : undefined;
};

const rosterId = 'who-sees-what';

/**
 * The roster: for each user and group, the role whose rows they see. It is a data set whose statement has the rows as constants. Athena gives
 * names back in lower case, and QuickSight wants `UserARN` and `GroupARN`, hence the renaming
 * (https://docs.aws.amazon.com/quicksight/latest/user/restrict-access-to-a-data-set-using-row-level-security.html).
 */
export function rosterDataSet(
  place: QuickSightPlace,
  dataSource: string,
  { roles }: RowRoles,
): CreateDataSetCommandInput {
  const rows = roles
    .flatMap(({ name, principals }) => principals.map((arn) => ({ arn, name })))
    .toSorted((a, b) => (a.arn < b.arn ? -1 : 1))
    .map(({ arn, name }) => {
      const [user, group] = /:user\//.test(arn) ? [text(arn), 'null'] : ['null', text(arn)];
      return `(cast(${user} as varchar), cast(${group} as varchar), ${text(name)})`;
    });
  const columns = ['user_arn', 'group_arn', roleColumns.role];
  return {
    AwsAccountId: place.account,
    DataSetId: assetId(place, rosterId),
    Name: `${place.prefix}: who sees which rows`,
    PhysicalTableMap: {
      roster: {
        CustomSql: {
          DataSourceArn: dataSource,
          Name: 'Roster',
          SqlQuery: `select * from (values\n${rows.join(',\n')}\n) as roster (${columns.join(', ')})`,
          Columns: columns.map((name) => ({ Name: name, Type: 'STRING' })),
        },
      },
    },
    LogicalTableMap: {
      rules: {
        Alias: 'Rules',
        Source: { PhysicalTableId: 'roster' },
        DataTransforms: [
          { RenameColumnOperation: { ColumnName: 'user_arn', NewColumnName: 'UserARN' } },
          { RenameColumnOperation: { ColumnName: 'group_arn', NewColumnName: 'GroupARN' } },
          { ProjectOperation: { ProjectedColumns: ['UserARN', 'GroupARN', roleColumns.role] } },
        ],
      },
    },
    ImportMode: 'DIRECT_QUERY',
    UseAs: 'RLS_RULES',
  };
}

/** How a data set names the roster. The version with ARNs has no namespace. */
export const rowLevelPermission = (place: QuickSightPlace): RowLevelPermissionDataSet => ({
  Arn: assetArn(place, 'dataset', assetId(place, rosterId)),
  PermissionPolicy: 'GRANT_ACCESS',
  FormatVersion: 'VERSION_2',
  Status: 'ENABLED',
});
