import type { Column, TableSchema } from '../table/table-schema.ts';

/** Whether older files may have a column under another name, or lack a required column that has a default. */
export function needsReadView(schema: TableSchema): boolean {
  return schema.columns.some((column) => column.renamedFrom.length > 0 || column.default !== undefined);
}

/** The name of a table's read view, if the table has one. */
export const readViewName = (table: string): string => `${table}__view`;

/** The name that queries on Trino and Athena read: the table, or its read view if it has one. */
export function readName(schema: TableSchema): string {
  return needsReadView(schema) ? readViewName(schema.name) : schema.name;
}

/**
 * The definition with the former names of its columns as additional columns. A Hive table must declare them, or the values
 * of older files are lost: Parquet is read by name
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
    description: `Former name of ${column.name}, in older files`,
    aliases: [],
    renamedFrom: [],
  };
}
