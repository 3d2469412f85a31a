import { type DataType, type DataTypeTable, mapDataType } from '../table/data-type.ts';

const textType = 'text COLLATE "C"';

/**
 * PostgreSQL's type for each kind (https://www.postgresql.org/docs/current/datatype.html).
 *
 * Texts sort by their bytes, as they do in DuckDB, Trino and Athena, whatever the language of the database; indexes then serve
 * prefixes as well. Times are UTC without a zone, as in every other engine, so that no answer depends on the zone of a
 * session. A UUID is text, as in the lake: PostgreSQL before 18 has no `max(uuid)`. Nested values are `jsonb`, because an array
 * of PostgreSQL holds neither structs without a type of their own nor lists of different lengths.
 */
const postgresTypes = {
  string: () => textType,
  enum: () => textType,
  boolean: () => 'boolean',
  int32: () => 'integer',
  int64: () => 'bigint',
  double: () => 'double precision',
  decimal: ({ precision, scale }) => `numeric(${precision},${scale})`,
  date: () => 'date',
  timestamp: () => 'timestamp(3)',
  uuid: () => textType,
  list: () => 'jsonb',
  struct: () => 'jsonb',
  map: () => 'jsonb',
} satisfies DataTypeTable<string>;

/**
 * The type text of a column in PostgreSQL, with its collation.
 * @example postgresType({ kind: 'decimal', precision: 10, scale: 2 }) // 'numeric(10,2)'
 */
export function postgresType(type: DataType): string {
  return mapDataType<string>(postgresTypes, type);
}

/**
 * The type as PostgreSQL shows it (`format_type`), without the collation.
 * @example postgresShownType({ kind: 'timestamp' }) // 'timestamp(3) without time zone'
 */
export function postgresShownType(type: DataType): string {
  const text = postgresType(type);
  if (text === textType) return 'text';
  return type.kind === 'timestamp' ? `${text} without time zone` : text;
}
