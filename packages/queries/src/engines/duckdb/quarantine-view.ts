import type { TableSchema } from '@headwater/core';
import {
  duckdbType,
  type LakeState,
  quarantineColumns,
  quarantineName,
  quoteName,
} from '@headwater/core/internal';
import { emptyView } from './empty-view.ts';
import { lakeFiles } from './lake-files.ts';

/**
 * The view of a table's quarantine. It has the name and columns of the quarantine in a catalog, so that the same SQL reads
 * both. `dt` is the day of the run.
 */
export function deriveQuarantineView(
  schema: TableSchema,
  { quarantineFiles }: LakeState,
  root: string,
): string {
  const name = quarantineName(schema.name);
  const columns = quarantineColumns(schema).map((column) => [column.name, duckdbType(column.type)] as const);
  if (quarantineFiles.length === 0) return emptyView(name, [...columns, ['dt', 'DATE']]);
  const names = columns.map(([column]) => column);
  const { from, day } = lakeFiles(root, name, quarantineFiles, names, ['union_by_name = true']);
  // Files of before the table had sources lack the column of their names, and later ones have it.
  const absent = columns.map(([column, type]) => `NULL::${type} AS ${quoteName(column)}`);
  return `CREATE VIEW ${quoteName(name)} AS SELECT ${names.map(quoteName).join(', ')}, ${day} AS dt
    FROM (SELECT ${absent.join(', ')} WHERE false UNION ALL BY NAME SELECT * FROM ${from})`;
}
