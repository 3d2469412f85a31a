import type { TableSchema } from '@headwater/core';
import {
  columnSource,
  duckdbStoredType,
  duckdbType,
  quoteName,
  quotePath,
  withFormerNames,
} from '@headwater/core/internal';
import { rowHashes } from './staging-table.ts';

/**
 * A SELECT that reads committed files as the staging table would hold them, whatever the names of their columns were then.
 * An empty relation with every name stands beside them, so that a name that no file has is null and not an error.
 *
 * @param options `withFile` adds the path of each row's file as `file`
 */
export function committedRows(
  schema: TableSchema,
  paths: readonly string[],
  { withFile = false }: { readonly withFile?: boolean } = {},
): string {
  const hashes = rowHashes(schema).map(({ name, sql }) => `${sql} AS ${name}`);
  const known = withFormerNames(schema).columns;
  const present = new Set(known.map(({ name }) => name));
  const typed = schema.columns.map(
    (column, index) => `${columnSource(column, duckdbType(column.type), { present })} AS v${index}`,
  );
  const absent = known.map(({ name, type }) => `NULL::${duckdbStoredType(type)} AS ${quoteName(name)}`);
  // No column of a table has a blank in its name.
  const file = withFile ? ', "file of the row" AS file' : '';
  const filename = withFile ? ", filename = 'file of the row'" : '';
  return `SELECT *, ${hashes.join(', ')}, -1 AS input
    FROM (SELECT ${typed.join(', ')}${file} FROM (SELECT ${absent.join(', ')} WHERE false UNION ALL BY NAME
      SELECT * FROM read_parquet([${paths.map(quotePath).join(', ')}], hive_partitioning = false, union_by_name = true${filename})))`;
}
