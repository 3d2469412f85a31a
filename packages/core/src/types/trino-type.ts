import { type DataType, type DataTypeTable, mapDataType } from '../table/data-type.ts';
import { quoteName } from './duckdb-type.ts';

/**
 * Trino's type for each kind (https://trino.io/docs/current/language/types.html) in a table of the Hive
 * connector, and so in Athena's queries. Times there have millisecond precision.
 */
const trinoTypes = {
  string: () => 'varchar',
  enum: () => 'varchar',
  boolean: () => 'boolean',
  int32: () => 'integer',
  int64: () => 'bigint',
  double: () => 'double',
  decimal: ({ precision, scale }) => `decimal(${precision},${scale})`,
  date: () => 'date',
  timestamp: () => 'timestamp(3)',
  // Trino has a UUID type, but its Hive connector does not support it.
  uuid: () => 'varchar',
  list: ({ element }) => `array(${trinoType(element)})`,
  struct: ({ fields }) =>
    `row(${fields.map(({ name, type }) => `${quoteName(name)} ${trinoType(type)}`).join(', ')})`,
  map: ({ value }) => `map(varchar, ${trinoType(value)})`,
} satisfies DataTypeTable<string>;

/**
 * The type text of a column in Trino and in Athena's queries.
 * @example trinoType({ kind: 'timestamp' }) // 'timestamp(3)'
 */
export function trinoType(type: DataType): string {
  return mapDataType<string>(trinoTypes, type);
}
