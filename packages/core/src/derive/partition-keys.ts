import { columnOf, type TableSchema } from '../table/table-schema.ts';
import { hiveType } from '../types/hive-type.ts';
import { glueColumn } from './glue-column.ts';
import type { GlueColumn } from './glue-table-input.ts';

/** The key of every table of the lake: text, because Athena prunes text keys in the catalog and others only later. */
export const dayKey = (comment: string): GlueColumn => ({
  Name: 'dt',
  Type: hiveType({ kind: 'string' }),
  Comment: comment,
});

/**
 * The partition keys of a table's curated files, in the order of its folders: `dt`, `hour` as a number, then the enum columns by which it is partitioned.
 *
 * An enum partition column is a key and no longer a column: Hive lets a name be one of the two. The files hold it as
 * well, which Hive, Trino and Athena do not mind, since they read Parquet columns by name.
 */
export function partitionKeys(schema: TableSchema): GlueColumn[] {
  const { hour, columns } = schema.partitioning;
  return [
    dayKey('UTC day, YYYY-MM-DD'),
    ...(hour ? [{ Name: 'hour', Type: hiveType({ kind: 'int32' }), Comment: 'UTC hour, 0 to 23' }] : []),
    ...columns.map((name) => glueColumn(columnOf(schema, name))),
  ];
}
