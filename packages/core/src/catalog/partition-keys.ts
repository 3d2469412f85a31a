import { columnOf, type TableSchema } from '../table/table-schema.ts';
import { hiveType } from '../types/hive-type.ts';
import type { GlueColumn } from './glue-table-input.ts';

/**
 * The names and Hive types of a table's partition keys, in the order of its folders, for what needs no place on AWS.
 * @example partitionKeys(clickstream.schema) // [{ Name: 'dt', Type: 'string' }]
 */
export function partitionKeys(schema: TableSchema): GlueColumn[] {
  const { hour, columns } = schema.partitioning;
  return [
    { Name: 'dt', Type: hiveType({ kind: 'string' }) },
    ...(hour ? [{ Name: 'hour', Type: hiveType({ kind: 'int32' }) }] : []),
    ...columns.map((name) => ({ Name: name, Type: hiveType(columnOf(schema, name).type) })),
  ];
}
