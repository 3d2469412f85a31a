import { HeadwaterError } from '../errors/headwater-error.ts';
import { type DataType, type DataTypeTable, mapDataType } from '../table/data-type.ts';

/** The Parquet types of a column in a lake's files. */
export interface ParquetType {
  /** The physical type (https://parquet.apache.org/docs/file-format/types/), such as `INT64`. */
  readonly physical: 'BOOLEAN' | 'INT32' | 'INT64' | 'DOUBLE' | 'BYTE_ARRAY' | 'FIXED_LEN_BYTE_ARRAY(16)';
  /** The logical type (https://parquet.apache.org/docs/file-format/types/logicaltypes/); null when there is none. */
  readonly logical: string | null;
}

/** DuckDB writes the narrowest integer that fits the digits, and 16 bytes for more than 18 digits. */
function decimalStorage(precision: number): ParquetType['physical'] {
  if (precision <= 9) return 'INT32';
  return precision <= 18 ? 'INT64' : 'FIXED_LEN_BYTE_ARRAY(16)';
}

type Storage = (column: string) => ParquetType;

const stored = (physical: ParquetType['physical'], logical: string | null): Storage => {
  return () => ({ physical, logical });
};

function refuseNested(type: DataType): Storage {
  return (column) => {
    throw new HeadwaterError('TYPE_UNSUPPORTED', {
      target: "a lake's Parquet file",
      kind: type.kind,
      column,
      fix: 'A lake stores flat rows. Give each member a column of its own',
    });
  };
}

const parquetTypes = {
  string: () => stored('BYTE_ARRAY', 'STRING'),
  // Text, not Parquet's ENUM, which some readers show as plain bytes.
  enum: () => stored('BYTE_ARRAY', 'STRING'),
  boolean: () => stored('BOOLEAN', null),
  int32: () => stored('INT32', 'INT(32, true)'),
  int64: () => stored('INT64', 'INT(64, true)'),
  double: () => stored('DOUBLE', null),
  decimal: ({ precision, scale }) => stored(decimalStorage(precision), `DECIMAL(${precision}, ${scale})`),
  date: () => stored('INT32', 'DATE'),
  // `false` is isAdjustedToUTC: readers show the UTC value unchanged and do not convert it to a local zone.
  timestamp: () => stored('INT64', 'TIMESTAMP(MILLIS, false)'),
  // Text, not Parquet's UUID, whose 16 bytes Hive, Trino and Athena show as broken text.
  uuid: () => stored('BYTE_ARRAY', 'STRING'),
  list: refuseNested,
  struct: refuseNested,
  map: refuseNested,
} satisfies DataTypeTable<Storage>;

/**
 * The Parquet types with which DuckDB writes a column of this type.
 *
 * @param column the column's name, for the error
 * @throws HeadwaterError `TYPE_UNSUPPORTED` for lists, structs and maps
 * @example parquetType({ kind: 'decimal', precision: 10, scale: 2 }, 'price') // { physical: 'INT64', logical: 'DECIMAL(10, 2)' }
 */
export function parquetType(type: DataType, column: string): ParquetType {
  return mapDataType<Storage>(parquetTypes, type)(column);
}
