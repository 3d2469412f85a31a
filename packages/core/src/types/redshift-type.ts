import { type DataType, type DataTypeTable, mapDataType } from '../table/data-type.ts';

/**
 * The longest `varchar` in bytes (https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html). Redshift stores and
 * compresses what a value has, so a text without a maximum gets it.
 */
const longestText = 65_535;
/** Bytes of one character in UTF-8 at most. */
const characterBytes = 4;

/**
 * Redshift's type for each kind (https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html). Nested values
 * are SUPER. Times have microseconds there, and no zone: they are UTC.
 */
const redshiftTypes = {
  string: () => `varchar(${longestText})`,
  enum: ({ values }) => `varchar(${Math.max(1, ...values.map(utf8Bytes))})`,
  boolean: () => 'boolean',
  int32: () => 'integer',
  int64: () => 'bigint',
  double: () => 'double precision',
  decimal: ({ precision, scale }) => `numeric(${precision},${scale})`,
  date: () => 'date',
  timestamp: () => 'timestamp',
  uuid: () => 'varchar(36)',
  list: () => 'super',
  struct: () => 'super',
  map: () => 'super',
} satisfies DataTypeTable<string>;

/**
 * The type text of a column in Redshift.
 *
 * @param characters the most characters that a text has, by its cleaning steps
 * @example redshiftType({ kind: 'string' }, 254) // 'varchar(1016)'
 */
export function redshiftType(type: DataType, characters?: number): string {
  if (type.kind === 'string' && characters !== undefined)
    return `varchar(${Math.min(longestText, Math.max(1, characters * characterBytes))})`;
  return mapDataType<string>(redshiftTypes, type);
}

const utf8Bytes = (text: string): number => new TextEncoder().encode(text).length;
