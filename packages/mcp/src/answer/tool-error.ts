import { type ErrorCode, isHeadwaterError } from '@headwater/core';

/** What a caller is told about a failure. */
export interface ToolFailure {
  readonly code: ErrorCode | 'INTERNAL';
  /** What happened, and what to do. */
  readonly message: string;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** The figures of a refused scan. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** Errors that a question brings about, whose messages have nothing of the server in them. */
const ofQuestions: ReadonlySet<ErrorCode> = new Set([
  'METRIC_UNKNOWN',
  'METRIC_PARAMETERS_INVALID',
  'FILTER_NOT_ALLOWED',
  'ROLE_MISSING',
  'ACTION_MISSING',
  'METRIC_UNANSWERABLE',
  'PURCHASE_ITEMS_UNKNOWN',
  'SCAN_BUDGET_EXCEEDED',
  'SESSION_BUDGET_EXCEEDED',
  'CALLER_BUSY',
  'QUERY_TIMED_OUT',
  'QUERY_QUEUE_FULL',
  'QUERY_QUEUE_TIMEOUT',
  'QUERY_TOO_LONG',
  'QUERY_PARAMETER_INVALID',
]);

/**
 * A failure as its caller may see it.
 *
 * @param showsServer whether the caller may see the server's own troubles: paths, statements, what an engine said. Others get the
 *   code alone
 */
export function toolFailure(error: unknown, showsServer: boolean): ToolFailure {
  if (!isHeadwaterError(error))
    return { code: 'INTERNAL', message: 'The server failed; its log has the cause.', retryable: false };
  const { code, message, retryable, payload } = error;
  if (!showsServer && !ofQuestions.has(code))
    return { code, message: 'The server could not answer; its log has the cause.', retryable };
  const numbers = Object.entries(payload).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return {
    code,
    message,
    retryable,
    ...(numbers.length > 0 ? { figures: Object.fromEntries(numbers) } : {}),
  };
}
