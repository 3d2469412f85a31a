import { type DataType, type DataTypeTable, mapDataType } from '../table/data-type.ts';

/**
 * A text as a literal of Spark SQL. Spark reads escapes in literals, joins `'a''b'` to `ab`, and replaces `${name}` by a setting or a
 * variable of the environment before it parses a statement, so the characters that begin these are escaped
 * (https://spark.apache.org/docs/3.5.6/sql-ref-literals.html#string-literal).
 *
 * @example sparkText("it's") // "'it\\'s'"
 */
export const sparkText = (text: string): string =>
  `'${text.replace(/[\\']/g, '\\$&').replace(/(?! )[\p{Cc}\p{Cf}\p{Z}]|\$(?=\{)/gu, escaped)}'`;

const escaped = (one: string): string =>
  one.length === 1 ? `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}` : one;

/** A name as an identifier of Spark SQL. */
export const sparkName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/**
 * Spark's type for each kind (https://spark.apache.org/docs/3.5.6/sql-ref-datatypes.html). A timestamp is an instant; Spark has
 * no enums and no UUIDs.
 */
const sparkTypes = {
  string: () => 'STRING',
  enum: () => 'STRING',
  boolean: () => 'BOOLEAN',
  int32: () => 'INT',
  int64: () => 'BIGINT',
  double: () => 'DOUBLE',
  decimal: ({ precision, scale }) => `DECIMAL(${precision},${scale})`,
  date: () => 'DATE',
  timestamp: () => 'TIMESTAMP',
  uuid: () => 'STRING',
  list: ({ element }) => `ARRAY<${sparkType(element)}>`,
  struct: ({ fields }) =>
    `STRUCT<${fields.map(({ name, type }) => `${sparkName(name)}: ${sparkType(type)}`).join(', ')}>`,
  map: ({ value }) => `MAP<STRING, ${sparkType(value)}>`,
} satisfies DataTypeTable<string>;

/**
 * The type text of a column in Spark SQL.
 * @example sparkType({ kind: 'decimal', precision: 10, scale: 2 }) // 'DECIMAL(10,2)'
 */
export function sparkType(type: DataType): string {
  return mapDataType<string>(sparkTypes, type);
}
