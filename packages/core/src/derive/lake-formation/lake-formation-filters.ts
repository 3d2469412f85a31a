import type { AwsTarget } from '../../catalog/aws-target.ts';
import { type PermissionClass, permissionClasses, visiblePii } from '../../catalog/permission-class.ts';
import type { PiiClass } from '../../table/column-metadata.ts';
import type { LakeFormationCall, LfDataCellsFilter } from './lake-formation-call.ts';
import type { GuardedTable } from './lake-formation-tables.ts';

/** The names of the columns of some PII classes. */
export const columnsOf = (
  columns: readonly { readonly name: string; readonly pii: PiiClass }[],
  shown: readonly PiiClass[],
): string[] => columns.filter(({ pii }) => shown.includes(pii)).map(({ name }) => name);

/** The part of a table that a class of readers sees: all of it, none of it, or what a filter shows. */
export type VisiblePart = 'all' | 'none' | LfDataCellsFilter;

/**
 * What a class of readers sees of a table. Two classes that see the same columns share a filter. Every filter shows the partition
 * keys, because Lake Formation cannot filter them
 * (https://docs.aws.amazon.com/lake-formation/latest/dg/data-filtering-notes.html).
 *
 * @param permissionClass defaults to readers who see every column
 */
export function visiblePart(
  { name, columns }: GuardedTable,
  target: AwsTarget,
  permissionClass: PermissionClass | undefined,
): VisiblePart {
  const namesFor = (readers: PermissionClass | undefined): string[] =>
    columnsOf(columns, visiblePii(readers));
  const names = namesFor(permissionClass);
  if (names.length === 0) return 'none';
  if (names.length === columns.length) return 'all';
  const first = permissionClasses.find((readers) => namesFor(readers).length === names.length);
  return {
    TableCatalogId: target.account,
    DatabaseName: target.database,
    TableName: name,
    Name: `${name}__${first}`,
    RowFilter: { AllRowsWildcard: {} },
    ColumnNames: names,
  };
}

/** Creates the filters of a table, one for each set of columns that a class of readers sees. */
export function filterCalls(table: GuardedTable, target: AwsTarget): LakeFormationCall[] {
  const filters = permissionClasses
    .map((readers) => visiblePart(table, target, readers))
    .filter((part) => typeof part === 'object');
  return filters
    .filter(({ Name }, index) => filters.findIndex((other) => other.Name === Name) === index)
    .map((TableData) => ({ operation: 'CreateDataCellsFilter', input: { TableData } }));
}
