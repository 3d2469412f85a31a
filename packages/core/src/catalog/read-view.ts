import type { Column, TableSchema } from '../table/table-schema.ts';

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
