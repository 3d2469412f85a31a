import type { QueryExecution } from '@aws-sdk/client-athena';
import { HeadwaterError } from '@headwater/core';

const publish = 'Has the table been published to this database? See headwater schema publish';
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

/** What to do about a call that was refused, by the words of the refusal. */
const callAdvices: readonly (readonly [words: RegExp, advice: string])[] = [
  [/AccessDenied|NotAuthorized/, permission],
  [/Credentials|Token/, "Give AWS's own settings: a profile, a role, or the AWS_ variables"],
  [/WorkGroup .*not found/i, 'headwater schema publish makes the workgroup; `workgroup` names another'],
  [/output (location|bucket)/i, 'Say where results go: `results`, or the place of results of the workgroup'],
];

/** The message of a query that the workgroup stopped for what it read. */
const scanLimit = /bytes scanned limit/i;

const adviceFor = ({ Status }: QueryExecution): string | undefined => {
  if (scanLimit.test(Status?.StateChangeReason ?? ''))
    return "The workgroup's limit for a query ended it, and what it had read is paid for: ask for a shorter range, or raise maxScan";
  return advices[Status?.AthenaError?.ErrorType ?? -1];
};

/** Whether Athena says that the same query may be sent again. */
export const isRetryable = ({ Status }: QueryExecution): boolean =>
  Status?.State === 'FAILED' && Status.AthenaError?.Retryable === true;

/** Athena's own words about a query that did not succeed, its id, and what to do. */
export function executionError(sql: string, execution: QueryExecution, attempts: number): HeadwaterError {
  const { Status, QueryExecutionId } = execution;
  const reason = Status?.AthenaError?.ErrorMessage ?? Status?.StateChangeReason ?? 'no reason was given';
  const problem = `${Status?.State ?? 'FAILED'}: ${reason}`;
  const query = {
    engine: 'athena',
    sql,
    problem,
    ...(QueryExecutionId ? { queryId: QueryExecutionId } : {}),
  };
  if (isRetryable(execution)) return new HeadwaterError('QUERY_UNAVAILABLE', { ...query, attempts });
  const advice = adviceFor(execution);
  return new HeadwaterError('QUERY_FAILED', { ...query, ...(advice === undefined ? {} : { advice }) });
}

/** What to throw for a call that the service refused. */
export function callError(sql: string, queryId: string | undefined, cause: unknown): HeadwaterError {
  const problem = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const query = { engine: 'athena', sql, problem, ...(queryId === undefined ? {} : { queryId }) };
  const [, advice] = callAdvices.find(([words]) => words.test(problem)) ?? [];
  return new HeadwaterError('QUERY_FAILED', { ...query, ...(advice ? { advice } : {}) }, { cause });
}
