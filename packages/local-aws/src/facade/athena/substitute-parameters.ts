import { invalidRequest } from '../aws-error.ts';
import { sqlPieces } from './sql-pieces.ts';

/**
 * Puts the execution parameters where the question marks are, in order and as they are: Athena takes each as a literal
 * in SQL, so a string comes with its quotes. Question marks in strings, names and comments are left alone.
 *
 * @example substituteParameters("a = ? and b = '?'", ["'x'"]) // "a = 'x' and b = '?'"
 * @throws AwsError when there are more or fewer parameters than question marks
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
