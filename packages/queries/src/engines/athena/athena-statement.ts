import { HeadwaterError } from '@headwater/core';
import type { QueryText } from '../../session/query.ts';
import { trinoLiteral } from '../trino/trino-literal.ts';
import { InlineParameter } from './inline-parameter.ts';

/** The members of StartQueryExecution for the statement and its parameters. */
export interface AthenaStatement {
  readonly QueryString: string;
  /** Absent when there are none, because Athena rejects an empty list. */
  readonly ExecutionParameters?: string[];
}

/** The maximum bytes of a statement (https://docs.aws.amazon.com/athena/latest/ug/service-limits.html). */
const mostBytes = 262_144;
/** The maximum characters of a parameter (https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html). */
const mostParameterCharacters = 1024;
/** A placeholder, or a text, name or comment, in which a question mark is no placeholder. */
const pieces = /('(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/)|\?/g;

/**
 * A compiled query as Athena takes it. Athena substitutes parameters unchanged, so each is sent as a literal of its type.
 * A literal that is too long for a parameter becomes part of the statement.
 *
 * @throws HeadwaterError `QUERY_PARAMETER_INVALID`, `QUERY_TOO_LONG`
 * @example
 * ```ts
 * athenaStatement({ sql: 'select 1 from t where a = ?', parameters: ["it's"] })
 * // { QueryString: 'select 1 from t where a = ?', ExecutionParameters: ["'it''s'"] }
 * ```
 */
export function athenaStatement({ sql, parameters }: QueryText): AthenaStatement {
  const kept: string[] = [];
  let position = 0;
  const text = sql.replaceAll(pieces, (piece: string, apart: string | undefined) => {
    if (apart !== undefined || position >= parameters.length) return piece;
    const given = parameters[position++];
    const isInline = given instanceof InlineParameter;
    const literal = trinoLiteral(isInline ? given.value : given, position);
    if (isInline || literal.length > mostParameterCharacters) return literal;
    kept.push(literal);
    return '?';
  });
  const bytes = Buffer.byteLength(text);
  if (bytes > mostBytes)
    throw new HeadwaterError('QUERY_TOO_LONG', { engine: 'athena', bytes, limit: mostBytes });
  return { QueryString: text, ...(kept.length > 0 ? { ExecutionParameters: kept } : {}) };
}
