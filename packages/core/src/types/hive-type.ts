import { type DataType, type DataTypeTable, mapDataType } from '../table/data-type.ts';

/**
 * Hive's type for each kind, as Glue stores it and Athena's DDL spells it
 * (https://docs.aws.amazon.com/athena/latest/ug/data-types.html): without spaces, and always with both numbers of a
 * decimal, because the default scale is 0.
 */
const hiveTypes = {
  string: () => 'string',
  enum: () => 'string',
  boolean: () => 'boolean',
  int32: () => 'int',
  int64: () => 'bigint',
  double: () => 'double',
  decimal: ({ precision, scale }) => `decimal(${precision},${scale})`,
  date: () => 'date',
  timestamp: () => 'timestamp',
  // Hive has no UUID type, and the lake's files store text.
  uuid: () => 'string',
  list: ({ element }) => `array<${hiveType(element)}>`,
  struct: ({ fields }) => `struct<${fields.map(({ name, type }) => `${name}:${hiveType(type)}`).join(',')}>`,
  map: ({ value }) => `map<string,${hiveType(value)}>`,
} satisfies DataTypeTable<string>;

/**
 * The type text of a column in Hive DDL, the Glue Data Catalog and Athena's DDL.
 * @example hiveType({ kind: 'list', element: { kind: 'int64' } }) // 'array<bigint>'
 */
export function hiveType(type: DataType): string {
  return mapDataType<string>(hiveTypes, type);
}
