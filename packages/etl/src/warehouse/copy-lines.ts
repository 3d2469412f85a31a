import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column, TableSchema } from '@headwater/core';
import {
  columnSource,
  duckdbStoredType,
  duckdbType,
  quoteName,
  quotePath,
  withFormerNames,
} from '@headwater/core/internal';

/**
 * A SELECT that reads a committed file as lines of COPY's text format (https://www.postgresql.org/docs/current/sql-copy.html), whatever
 * the names of its columns were when it was written. An empty relation with every name stands beside it, so that a name that
 * the file lacks is null.
 */
export function copyLinesSql(schema: TableSchema, path: string): string {
  const known = withFormerNames(schema).columns;
  const present = new Set(known.map(({ name }) => name));
  const absent = known.map(({ name, type }) => `NULL::${duckdbStoredType(type)} AS ${quoteName(name)}`);
  const fields = schema.columns.map((column) => `coalesce(${fieldSql(column, present)}, '\\N')`);
  return `SELECT ${fields.join(' || chr(9) || ')} || chr(10) AS line FROM (
    SELECT ${absent.join(', ')} WHERE false UNION ALL BY NAME
    SELECT * FROM read_parquet([${quotePath(path)}], hive_partitioning = false))`;
}

const texts: ReadonlySet<Column['type']['kind']> = new Set(['string', 'enum', 'uuid']);
const nested: ReadonlySet<Column['type']['kind']> = new Set(['list', 'struct', 'map']);

function fieldSql(column: Column, present: ReadonlySet<string>): string {
  const { kind } = column.type;
  const value = columnSource(column, texts.has(kind) ? 'VARCHAR' : duckdbType(column.type), { present });
  if (nested.has(kind)) return escaped(`CAST(to_json(${value}) AS VARCHAR)`);
  if (texts.has(kind)) return escaped(value);
  return `CAST(${value} AS VARCHAR)`;
}

/** What has a meaning in COPY's text format, as SQL writes it, and its escape. The backslash is first, since the others add some. */
const escapes = [
  ["'\\'", "'\\\\'"],
  ['chr(9)', "'\\t'"],
  ['chr(10)', "'\\n'"],
  ['chr(13)', "'\\r'"],
] as const;
const escaped = (text: string): string =>
  escapes.reduce((sql, [sign, written]) => `replace(${sql}, ${sign}, ${written})`, text);

/**
 * The lines of a SELECT of {@link copyLinesSql} as bytes, one piece for each chunk of the engine: memory stays bounded.
 *
 * @param onRows called with the rows of each piece
 */
export async function* copyLines(
  connection: DuckDBConnection,
  sql: string,
  onRows: (rows: number) => void,
): AsyncGenerator<Buffer> {
  const result = await connection.stream(sql);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return;
    yield Buffer.from(chunk.getColumnValues(0).join(''));
    onRows(chunk.rowCount);
  }
}
