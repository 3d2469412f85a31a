import { partitionKeys } from '../catalog/partition-keys.ts';
import type { Column, TableSchema } from '../table/table-schema.ts';
import { quoteName } from '../types/duckdb-type.ts';
import { trinoType } from '../types/trino-type.ts';
import { columnSource } from './column-source.ts';

/** Whether old files hold a column under another name, or not at all though it is required. */
export function needsReadView(schema: TableSchema): boolean {
  return schema.columns.some((column) => column.renamedFrom.length > 0 || column.default !== undefined);
}

/** The name of a table's read view, where it has one. */
export const readViewName = (table: string): string => `${table}__view`;

/** What queries on Trino and Athena read: the table itself, or the view beside it where there is one. */
export function readName(schema: TableSchema): string {
  return needsReadView(schema) ? readViewName(schema.name) : schema.name;
}

/**
 * The definition with the former names of its columns as columns at the end: what a Hive table has to declare so that
 * files of before give their values. Parquet is read by name, and a name that is not declared is not read
 * (https://docs.aws.amazon.com/athena/latest/ug/handling-schema-updates-chapter.html).
 */
export function withFormerNames(schema: TableSchema): TableSchema {
  const folders = new Set(schema.partitioning.columns);
  const former = schema.columns
    .filter(({ name }) => !folders.has(name))
    .flatMap((column) => column.renamedFrom.map((name) => formerColumn(column, name)));
  return { ...schema, columns: [...schema.columns, ...former] };
}

function formerColumn({ default: _, ...column }: Column, name: string): Column {
  return {
    ...column,
    name,
    nullable: true,
    description: `Former name of ${column.name}, in files of before`,
    aliases: [],
    renamedFrom: [],
  };
}

/** The columns of the read view in Trino's types, keys last. */
export function readViewColumns(schema: TableSchema): { name: string; type: string }[] {
  const keys = new Map(partitionKeys(schema).map(({ Name, Type }) => [Name, Type]));
  return [
    ...schema.columns
      .filter(({ name }) => !keys.has(name))
      .map(({ name, type }) => ({ name, type: trinoType(type) })),
    ...[...keys].map(([name, type]) => ({ name, type: type === 'int' ? 'integer' : 'varchar' })),
  ];
}

/**
 * The SELECT of the read view, in Trino's SQL, which is Athena's: each column from whichever of its names a file has.
 * Keys stay as they are, so that a query of one day reads that day alone.
 *
 * @param database where the table is
 * @example
 * ```sql
 * SELECT "event_time", coalesce(CAST("brand_name" AS varchar), CAST("brand" AS varchar)) AS "brand_name", "dt" FROM "shop"."clickstream"
 * ```
 */
export function deriveReadView(schema: TableSchema, database: string): string {
  const keys = new Set(partitionKeys(schema).map(({ Name }) => Name));
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
  return `SELECT ${selected.join(', ')} FROM ${quoteName(database)}.${quoteName(schema.name)}`;
}
