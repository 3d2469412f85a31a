import type { Column, TableSchema } from '../table/table-schema.ts';
import { hidesColumns, type PermissionClass, permissionClasses, visiblePii } from './permission-class.ts';

/** Whether older files may have a column under another name, or lack a required column that has a default. */
export function needsReadView(schema: TableSchema): boolean {
  return schema.columns.some((column) => column.renamedFrom.length > 0 || column.default !== undefined);
}

/**
 * The name of a table's read view, if the table has one.
 * @param permissionClass the readers of the view. Defaults to those who see every column
 * @example readViewName('clickstream', 'no_pii') // 'clickstream__view_no_pii'
 */
export const readViewName = (table: string, permissionClass?: PermissionClass): string =>
  permissionClass === undefined ? `${table}__view` : `${table}__view_${permissionClass}`;

/**
 * Whether a class of readers needs a read view of its own. Reading a view takes the right to every column in it
 * (https://docs.aws.amazon.com/lake-formation/latest/dg/data-filtering-notes.html), and data filters do not apply to views.
 */
export const needsOwnView = (schema: TableSchema, permissionClass: PermissionClass): boolean =>
  needsReadView(schema) && hidesColumns(schema, permissionClass);

/**
 * The name that queries on Trino and Athena read: the table, or its read view if it has one.
 * @param permissionClass the readers. Defaults to those who see every column
 */
export function readName(schema: TableSchema, permissionClass?: PermissionClass): string {
  if (!needsReadView(schema)) return schema.name;
  const isOwn = permissionClass !== undefined && needsOwnView(schema, permissionClass);
  return readViewName(schema.name, isOwn ? permissionClass : undefined);
}

/** Every name that readers of a table's clean events may use: the table, its read view, and those of classes of readers. */
export const readNames = (schema: TableSchema): string[] => [
  ...new Set([schema.name, ...[undefined, ...permissionClasses].map((readers) => readName(schema, readers))]),
];

/**
 * The definition with the columns that a class of readers may see, and those that are partition keys: Lake Formation cannot hide keys.
 * @param permissionClass defaults to readers who see every column
 */
export function visibleTo(schema: TableSchema, permissionClass: PermissionClass | undefined): TableSchema {
  const shown = visiblePii(permissionClass);
  const keys = new Set(schema.partitioning.columns);
  return {
    ...schema,
    columns: schema.columns.filter(({ name, pii }) => keys.has(name) || shown.includes(pii)),
  };
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
