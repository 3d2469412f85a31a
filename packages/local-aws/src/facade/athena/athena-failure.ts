import type { AthenaError } from '@aws-sdk/client-athena';

/** An error that Trino reports. */
export interface TrinoFailure {
  readonly message: string;
  /** `TABLE_NOT_FOUND` */
  readonly errorName: string;
  /** USER_ERROR, INTERNAL_ERROR, INSUFFICIENT_RESOURCES or EXTERNAL */
  readonly errorType: string;
}

/** Athena's error types for Trino's error names. Other errors are mapped by Trino's error types, below. */
const byName: Readonly<Record<string, number>> = {
  SYNTAX_ERROR: 1006,
  TABLE_NOT_FOUND: 1110,
  SCHEMA_NOT_FOUND: 1110,
  COLUMN_NOT_FOUND: 1004,
  TYPE_MISMATCH: 1004,
  HIVE_INVALID_METADATA: 1103,
  HIVE_FILESYSTEM_ERROR: 1109,
  EXCEEDED_TIME_LIMIT: 206,
};
const byType: Readonly<Record<string, number>> = {
  USER_ERROR: 1000,
  INSUFFICIENT_RESOURCES: 0,
  INTERNAL_ERROR: 200,
  EXTERNAL: 204,
};

/**
 * The failure in Athena's error categories, and the text that Athena gives as the reason of the state.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/error-reference.html
 */
export function athenaFailure(failure: TrinoFailure): {
  readonly reason: string;
  readonly error: AthenaError;
} {
  const { message, errorName, errorType } = failure;
  const isUser = errorType === 'USER_ERROR';
  const reason = errorName === 'SYNTAX_ERROR' ? message : `${errorName}: ${message}`;
  return {
    reason,
    error: {
      ErrorCategory: isUser ? 2 : 1,
      ErrorType: byName[errorName] ?? byType[errorType] ?? 200,
      Retryable: errorType === 'INSUFFICIENT_RESOURCES' || errorType === 'EXTERNAL',
      ErrorMessage: reason,
    },
  };
}
