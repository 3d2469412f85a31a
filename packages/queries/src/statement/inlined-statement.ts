import { trinoLiteral } from '../engines/trino/trino-literal.ts';
import type { QueryText } from '../session/query.ts';

/** A placeholder, as it comes or by its number; or a text, name or comment, in which there is none. */
const pieces = /('(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/)|\?|\$(\d+)/g;

/**
 * A statement with its values in place of the placeholders, each as a typed literal.
 *
 * @param literal how a value is written; defaults to {@link trinoLiteral}, which DuckDB reads too
 * @throws HeadwaterError `QUERY_PARAMETER_INVALID` for a value that has no literal
 */
export function inlinedStatement(
  { sql, parameters }: QueryText,
  literal: (value: unknown, position: number) => string = trinoLiteral,
): string {
  let position = 0;
  return sql.replaceAll(pieces, (piece: string, apart: string | undefined, number: string | undefined) => {
    if (apart !== undefined) return piece;
    position = number === undefined ? position + 1 : Number(number);
    return literal(parameters[position - 1], position);
  });
}
