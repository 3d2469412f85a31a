import type { QueryExecution } from '@aws-sdk/client-athena';
import { HeadwaterError } from '@headwater/core';
import { missingFileError } from '../trino/missing-file.ts';

const publish =
  'A database or table is found only in its own region: check `region` and `database`. headwater schema publish publishes the table there';
const permission = "The role needs the analyst's permissions: headwater derive iam-policy";

/** What to do, by Athena's type of error (https://docs.aws.amazon.com/athena/latest/ug/error-reference.html). */
const advices: Readonly<Record<number, string>> = {
  1004: publish,
  1109: publish,
  1110: publish,
  1402: 'Delete old versions of the table in Glue',
  1500: permission,
  1501: permission,
};

/** What to do about a call that failed, by the text of the error. */
const callAdvices: readonly (readonly [words: RegExp, advice: string])[] = [
  [/AccessDenied|NotAuthorized/, permission],
  [/Credentials|Token/, 'Configure AWS credentials: a profile, a role, or the AWS_ variables'],
  [
    /WorkGroup .*not found/i,
    'Check `region` and `workgroup`: headwater schema publish creates the workgroup in that region',
  ],
  [/output (location|bucket)/i, 'Set `results`, or the output location of the workgroup'],
];

/** The message of a query that the workgroup stopped because it scanned too much. */
const scanLimit = /bytes scanned limit/i;

const adviceFor = ({ Status }: QueryExecution): string | undefined => {
  if (scanLimit.test(Status?.StateChangeReason ?? ''))
    return "The query reached the workgroup's maximum of scanned bytes, which are charged. Narrow the date range, or raise maxScan";
  return advices[Status?.AthenaError?.ErrorType ?? -1];
};

/** Whether Athena says that the same query may be retried. */
export const isRetryable = ({ Status }: QueryExecution): boolean =>
  Status?.State === 'FAILED' && Status.AthenaError?.Retryable === true;

/** The error of a query that did not succeed: Athena's message, the query's id, and what to do. */
export function executionError(sql: string, execution: QueryExecution, attempts: number): HeadwaterError {
  const { Status, QueryExecutionId } = execution;
  const reason = Status?.AthenaError?.ErrorMessage ?? Status?.StateChangeReason ?? 'Athena gave no reason';
  const problem = `${Status?.State ?? 'FAILED'}: ${reason}`;
  const query = {
    engine: 'athena',
    sql,
    problem,
    ...(QueryExecutionId ? { queryId: QueryExecutionId } : {}),
  };
  if (isRetryable(execution)) return new HeadwaterError('QUERY_UNAVAILABLE', { ...query, attempts });
  const missing = missingFileError('Athena', problem);
  if (missing) return missing;
  const advice = adviceFor(execution);
  return new HeadwaterError('QUERY_FAILED', { ...query, ...(advice === undefined ? {} : { advice }) });
}

/** The error of a call that failed. */
export function callError(sql: string, queryId: string | undefined, cause: unknown): HeadwaterError {
  const problem = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const query = { engine: 'athena', sql, problem, ...(queryId === undefined ? {} : { queryId }) };
  const [, advice] = callAdvices.find(([words]) => words.test(problem)) ?? [];
  return new HeadwaterError('QUERY_FAILED', { ...query, ...(advice ? { advice } : {}) }, { cause });
}
