import { columnComment } from '../../table/column-comment.ts';
import type { Column, TableSchema } from '../../table/table-schema.ts';
import { qualifiedName, quoteName, quoteText } from '../../types/duckdb-type.ts';
import { postgresType } from '../../types/postgres-type.ts';
import { postgresDay } from './postgres-names.ts';
import { hasNullableKey, type PostgresTableOptions, postgresTableRules } from './postgres-options.ts';

/**
 * A text as a literal of PostgreSQL. A backslash is an ordinary character in it, as long as `standard_conforming_strings` is on, its default
 * (https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS).
 */
export const postgresText = quoteText;

/** The definition of a column in `CREATE TABLE` and `ADD COLUMN`. */
export const postgresColumn = ({ name, type, nullable }: Column): string =>
  `${quoteName(name)} ${postgresType(type)}${nullable ? '' : ' NOT NULL'}`;

/**
 * The table of clean events in PostgreSQL (14 or later, Aurora as well): the columns under their names in the lake, and `dt`, the UTC
 * day of the time column, which PostgreSQL computes itself. The duplicate key of the definition is the primary key, or a constraint in which
 * nulls are equal (PostgreSQL 15) when a column of it may be null.
 *
 * @returns statements that end in a semicolon, to be run in order: CREATE SCHEMA, CREATE TABLE, CREATE INDEX, COMMENT ON
 * @throws HeadwaterError `OPTION_INVALID`, `DEFINITION_INVALID` for a name that PostgreSQL would cut or has itself
 * @example derivePostgresTable(clickstream.schema) // 'CREATE TABLE "public"."clickstream" (\n  "event_time" timestamp(3) NOT NULL, ...'
 */
export function derivePostgresTable(schema: TableSchema, options: PostgresTableOptions = {}): string {
  return postgresTableStatements(schema, options)
    .map((statement) => `${statement};\n`)
    .join('');
}

/** The same statements one by one, without semicolons. */
export function postgresTableStatements(schema: TableSchema, options: PostgresTableOptions = {}): string[] {
  const { schema: folder, isPartitioned, key, indexes } = postgresTableRules(schema, options);
  const table = qualifiedName(folder, schema.name);
  const { time } = schema.partitioning;
  const day = quoteName(postgresDay);
  const lines = [
    ...schema.columns.map(postgresColumn),
    `${day} date GENERATED ALWAYS AS (${quoteName(time)}::date) STORED NOT NULL`,
    ...(key ? [keyLine(schema, key)] : []),
  ];
  const byMonth = isPartitioned ? ` PARTITION BY RANGE (${quoteName(time)})` : '';
  const named = indexes.flatMap((role) => schema.roles[role] ?? []);
  const indexed = [...new Set(named)].filter((name) => name !== time);
  return [
    ...(folder === 'public' ? [] : [`CREATE SCHEMA IF NOT EXISTS ${quoteName(folder)}`]),
    `CREATE TABLE ${table} (\n${lines.map((line) => `  ${line}`).join(',\n')}\n)${byMonth}`,
    `CREATE INDEX ON ${table} (${day})`,
    ...indexed.map((name) => `CREATE INDEX ON ${table} (${quoteName(name)}, ${quoteName(time)})`),
    ...postgresComments(schema, table),
  ];
}

function keyLine(schema: TableSchema, key: readonly string[]): string {
  const kind = hasNullableKey(schema, key) ? 'UNIQUE NULLS NOT DISTINCT' : 'PRIMARY KEY';
  return `${kind} (${key.map(quoteName).join(', ')})`;
}

function postgresComments(schema: TableSchema, table: string): string[] {
  const columns = [
    ...schema.columns.map((column) => [column.name, columnComment(column)] as const),
    [postgresDay, `UTC day of ${schema.partitioning.time}`] as const,
  ];
  return [
    ...(schema.description ? [`COMMENT ON TABLE ${table} IS ${postgresText(schema.description)}`] : []),
    ...columns.flatMap(([name, comment]) =>
      comment ? [`COMMENT ON COLUMN ${table}.${quoteName(name)} IS ${postgresText(comment)}`] : [],
    ),
  ];
}

/**
 * The partition of one month, for a table that was made with `partition: 'month'`.
 *
 * @param month `YYYY-MM`
 * @returns one statement without a semicolon, which does nothing when the partition is there
 * @example
 * derivePostgresPartition(clickstream.schema, '2019-10')
 * // CREATE TABLE IF NOT EXISTS "public"."clickstream_2019_10" PARTITION OF "public"."clickstream" FOR VALUES FROM ('2019-10-01') TO ('2019-11-01')
 */
export function derivePostgresPartition(
  schema: TableSchema,
  month: string,
  { schema: folder = 'public' }: Pick<PostgresTableOptions, 'schema'> = {},
): string {
  const [year = '', number = ''] = month.split('-');
  const next = new Date(Date.UTC(2000, 0, 1));
  next.setUTCFullYear(Number(year), Number(number), 1);
  const partition = qualifiedName(folder, `${schema.name}_${year}_${number}`);
  // The first day after year 9999, where a timestamp of a lake ends, has five digits of a year in PostgreSQL.
  const end = `${String(next.getUTCFullYear()).padStart(4, '0')}-${String(next.getUTCMonth() + 1).padStart(2, '0')}-01`;
  return (
    `CREATE TABLE IF NOT EXISTS ${partition} PARTITION OF ${qualifiedName(folder, schema.name)} ` +
    `FOR VALUES FROM ('${month}-01') TO ('${end}')`
  );
}
