import { type DataType, type DataTypeTable, mapDataType } from '../table/data-type.ts';

/**
 * A text as a literal of Flink SQL. A backslash is a plain character there
 * (https://nightlies.apache.org/flink/flink-docs-release-1.20/docs/dev/table/sql/overview/).
 *
 * @example flinkText("it's") // "'it''s'"
 */
export const flinkText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name as an identifier of Flink SQL. In backquotes, reserved words such as `order` and `views` are names. */
export const flinkName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/**
 * Flink's type for each kind (https://nightlies.apache.org/flink/flink-docs-release-1.20/docs/dev/table/types/). A timestamp is an
 * instant in milliseconds, because the time of a watermark has at most three digits; Flink has no enums and no UUIDs.
 */
const flinkTypes = {
  string: () => 'STRING',
  enum: () => 'STRING',
  boolean: () => 'BOOLEAN',
  int32: () => 'INT',
  int64: () => 'BIGINT',
  double: () => 'DOUBLE',
  decimal: ({ precision, scale }) => `DECIMAL(${precision}, ${scale})`,
  date: () => 'DATE',
  timestamp: () => 'TIMESTAMP_LTZ(3)',
  uuid: () => 'STRING',
  list: ({ element }) => `ARRAY<${flinkType(element)}>`,
  struct: ({ fields }) =>
    `ROW<${fields.map(({ name, type }) => `${flinkName(name)} ${flinkType(type)}`).join(', ')}>`,
  map: ({ value }) => `MAP<STRING, ${flinkType(value)}>`,
} satisfies DataTypeTable<string>;

/**
 * The type text of a column in Flink SQL.
 * @example flinkType({ kind: 'decimal', precision: 10, scale: 2 }) // 'DECIMAL(10, 2)'
 */
export function flinkType(type: DataType): string {
  return mapDataType<string>(flinkTypes, type);
}

/**
 * A length of time. Flink reads two digits, unless a precision says more.
 * @example flinkInterval(3600, 'SECOND') // "INTERVAL '3600' SECOND(4)"
 */
export function flinkInterval(length: number, unit: 'SECOND' | 'MINUTE'): string {
  const digits = String(length).length;
  return `INTERVAL '${length}' ${unit}${digits > 2 ? `(${digits})` : ''}`;
}
