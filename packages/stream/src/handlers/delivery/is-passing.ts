import { isHeadwaterError } from '@headwater/core';

/** Names of errors of AWS after which the same request may succeed. Those of throttling have other names in each service. */
const passing = new Set([
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'ServiceUnavailable',
  'ThrottledException',
  'ThrottlingException',
  'TimeoutError',
  'TransactionCanceledException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/**
 * Whether a failure may pass: the store is throttled, busy or out of reach. Anything else, such as a denied access, is thrown to Lambda, where it
 * counts as an error of the function.
 */
export function isPassing(error: unknown): boolean {
  if (isHeadwaterError(error)) return error.retryable;
  if (!(error instanceof Error)) return false;
  const { $retryable, $metadata } = error as {
    $retryable?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const isNetwork = 'code' in error && /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN)/.test(String(error.code));
  return (
    passing.has(error.name) ||
    $retryable !== undefined ||
    isNetwork ||
    ($metadata?.httpStatusCode ?? 0) >= 500
  );
}
