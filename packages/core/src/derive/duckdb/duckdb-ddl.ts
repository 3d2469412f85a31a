import { columnComment } from '../../table/column-comment.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { duckdbType, quoteName, quoteText } from '../../types/duckdb-type.ts';

/**
 * The table as DuckDB statements: CREATE TABLE with types and NOT NULL, and a COMMENT ON for the table and each column
 * with a description, a unit or a PII class (https://duckdb.org/docs/stable/sql/statements/comment_on).
 *
 * @returns statements that end in a semicolon. Run them in order
 * @example await connection.run(deriveDuckdbDdl(clickstream.schema))
 */
export function deriveDuckdbDdl(schema: TableSchema): string {
  const table = quoteName(schema.name);
  const columns = schema.columns.map(
    ({ name, type, nullable }) => `  ${quoteName(name)} ${duckdbType(type)}${nullable ? '' : ' NOT NULL'}`,
  );
  const comments = schema.columns.flatMap((column) => {
    const comment = columnComment(column);
    return comment ? [`COMMENT ON COLUMN ${table}.${quoteName(column.name)} IS ${quoteText(comment)};`] : [];
  });
  return [
    `CREATE TABLE ${table} (\n${columns.join(',\n')}\n);`,
    ...(schema.description ? [`COMMENT ON TABLE ${table} IS ${quoteText(schema.description)};`] : []),
    ...comments,
    '',
  ].join('\n');
}
