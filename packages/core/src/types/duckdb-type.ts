import { type DataType, type DataTypeTable, mapDataType } from '../table/data-type.ts';

/** A text as a SQL literal. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * A path as a SQL literal that matches this file only. DuckDB's readers treat `*`, `?` and `[` in a path as wildcards
 * (https://duckdb.org/docs/stable/data/multiple_files/overview#glob-syntax). In brackets they are plain characters.
 *
 * @example quotePath('part[1].parquet') // "'part[[]1].parquet'"
 */
export const quotePath = (path: string): string => quoteText(readerPath(path));

/** A path with its wildcard characters escaped, as {@link quotePath} quotes it. */
export const readerPath = (path: string): string => path.replace(/[*?[]/g, '[$&]');

/** A name as a SQL identifier. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A table's name with its schema, quoted. @example qualifiedName('public', 'clickstream') // '"public"."clickstream"' */
export const qualifiedName = (schema: string, table: string): string =>
  `${quoteName(schema)}.${quoteName(table)}`;

/** DuckDB's type for each kind (https://duckdb.org/docs/stable/sql/data_types/overview). */
const duckdbTypes = {
  string: () => 'VARCHAR',
  enum: (type) => `ENUM(${type.values.map(quoteText).join(', ')})`,
  boolean: () => 'BOOLEAN',
  int32: () => 'INTEGER',
  int64: () => 'BIGINT',
  double: () => 'DOUBLE',
  decimal: (type) => `DECIMAL(${type.precision},${type.scale})`,
  date: () => 'DATE',
  timestamp: () => 'TIMESTAMP',
  uuid: () => 'UUID',
  list: (type) => `${duckdbType(type.element)}[]`,
  struct: (type) =>
    `STRUCT(${type.fields.map((field) => `${quoteName(field.name)} ${duckdbType(field.type)}`).join(', ')})`,
  map: (type) => `MAP(VARCHAR, ${duckdbType(type.value)})`,
} satisfies DataTypeTable<string>;

/**
 * The type text of a column in DuckDB.
 * @example duckdbType({ kind: 'decimal', precision: 10, scale: 2 }) // 'DECIMAL(10,2)'
 */
export function duckdbType(type: DataType): string {
  return mapDataType<string>(duckdbTypes, type);
}

const storedTypes: Partial<Record<DataType['kind'], string>> = {
  enum: 'VARCHAR',
  uuid: 'VARCHAR',
  timestamp: 'TIMESTAMP_MS',
};

/**
 * The DuckDB type of a column in a lake's Parquet files. It differs from the table's type where some reader of the lake
 * would not understand that: Parquet's UUID is 16 bytes, which Hive, Trino and Athena show as broken text.
 *
 * @example duckdbStoredType({ kind: 'uuid' }) // 'VARCHAR'
 */
export function duckdbStoredType(type: DataType): string {
  return storedTypes[type.kind] ?? duckdbType(type);
}
