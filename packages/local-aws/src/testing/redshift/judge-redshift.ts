import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { judgesInterpreter } from '../../install/sql-judges.ts';
import { refusedByRedshift } from './refused-by-redshift.ts';

const problems = z.array(z.array(z.string()));

/**
 * Judges statements for Redshift, of which no engine runs on this machine: sqlfluff and sqlglot parse them, sqlglot finds the columns
 * of queries, and a list has what Redshift refuses and parsers accept. The name of a test file that uses it ends in
 * `.redshift.engine.test.ts`: without the parsers it is skipped.
 *
 * @param statements one statement each, without a semicolon
 * @param schema the types of the columns of each table, for queries; without it, columns are not looked up
 * @returns the problems of each statement
 */
export async function judgeRedshift(
  statements: readonly string[],
  schema?: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<string[][]> {
  const child = spawn(judgesInterpreter(), [join(import.meta.dirname, 'judge_redshift.py')], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(JSON.stringify({ statements, schema }));
  const [answer, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (answer === '') throw new Error(`The judges of Redshift ended: ${errors.trimEnd().split('\n').at(-1)}`);
  const found = problems.parse(JSON.parse(answer));
  return statements.map((statement, index) => [...(found[index] ?? []), ...refusedByRedshift(statement)]);
}
