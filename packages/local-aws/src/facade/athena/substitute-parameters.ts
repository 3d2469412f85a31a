import { invalidRequest } from '../aws-error.ts';
import { sqlPieces } from './sql-pieces.ts';

/**
 * Replaces the question marks by the execution parameters, in order and unchanged. Athena takes each parameter as a SQL
 * literal, so a string has its quotes. Question marks in strings, names and comments are not replaced.
 *
 * @example substituteParameters("a = ? and b = '?'", ["'x'"]) // "a = 'x' and b = '?'"
 * @throws AwsError when the numbers of parameters and question marks differ
 * @see https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements-querying.html
 */
export function substituteParameters(sql: string, parameters: readonly string[]): string {
  let used = 0;
  const substituted = sqlPieces(sql)
    .map(({ kind, text }) =>
      kind === 'code'
        ? text.replaceAll('?', () => {
            used += 1;
            return parameters[used - 1] ?? '?';
          })
        : text,
    )
    .join('');
  if (used !== parameters.length)
    throw invalidRequest(
      `Incorrect number of parameters: expected ${used} but found ${parameters.length}`,
      'INVALID_INPUT',
    );
  return substituted;
}
