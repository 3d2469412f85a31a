import type { DataType } from '../table/data-type.ts';
import { columnOf, type TableSchema } from '../table/table-schema.ts';

/** A column or a partition key with its type. */
export interface TypedName {
  readonly name: string;
  readonly type: DataType;
}

/**
 * The partition keys of a table's clean events, in the order of its folders.
 * @example partitionKeys(clickstream.schema) // [{ name: 'dt', type: { kind: 'string' } }]
 */
export function partitionKeys(schema: TableSchema): TypedName[] {
  const { hour, columns } = schema.partitioning;
  return [
    { name: 'dt', type: { kind: 'string' } },
    ...(hour ? [{ name: 'hour', type: { kind: 'int32' } } as const] : []),
    ...columns.map((name) => ({ name, type: columnOf(schema, name).type })),
  ];
}

/** The columns of the table in the catalogue: those that are not partition keys, then the keys. */
export function columnsThenKeys(schema: TableSchema): TypedName[] {
  const keys = partitionKeys(schema);
  const names = new Set(keys.map(({ name }) => name));
  return [...schema.columns.filter(({ name }) => !names.has(name)), ...keys];
}
