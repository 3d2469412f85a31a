import { columnsThenKeys, partitionKeys } from '../../catalog/partition-keys.ts';
import { withFormerNames } from '../../catalog/read-view.ts';
import { columnSource } from '../../lake/column-source.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { qualifiedName, quoteName } from '../../types/duckdb-type.ts';
import { trinoType } from '../../types/trino-type.ts';

/** The columns of the read view with their Trino types, keys last. */
export function readViewColumns(schema: TableSchema): { name: string; type: string }[] {
  return columnsThenKeys(schema).map(({ name, type }) => ({ name, type: trinoType(type) }));
}

/**
 * The SELECT of the read view in the SQL of Trino and Athena: each column from whichever of its names a file has. Partition
 * keys are selected unchanged, so that a query of one day reads that day only.
 *
 * @param database the database of the table
 * @example
 * ```sql
 * SELECT "event_time", coalesce(CAST("brand_name" AS varchar), CAST("brand" AS varchar)) AS "brand_name", "dt" FROM "shop"."clickstream"
 * ```
 */
export function deriveReadView(schema: TableSchema, database: string): string {
  const keys = new Set(partitionKeys(schema).map(({ name }) => name));
  const present = new Set(withFormerNames(schema).columns.map(({ name }) => name));
  const columns = schema.columns.filter(({ name }) => !keys.has(name));
  const selected = [
    ...columns.map((column) =>
      column.renamedFrom.length === 0 && column.default === undefined
        ? quoteName(column.name)
        : `${columnSource(column, trinoType(column.type), { present })} AS ${quoteName(column.name)}`,
    ),
    ...[...keys].map(quoteName),
  ];
  return `SELECT ${selected.join(', ')} FROM ${qualifiedName(database, schema.name)}`;
}
