import { HeadwaterError } from '@headwater/core';

/** A time that work may take. */
export interface TimeLimit {
  /** Aborts when the time is over, and when the caller's own signal does. */
  readonly signal: AbortSignal;
  /** What to tell about a failure: `QUERY_TIMED_OUT` when the time was over, and the failure itself otherwise. */
  explain(error: unknown): unknown;
}

/**
 * A limit of time, which begins now.
 *
 * @param seconds from 0.001 to 86,400
 * @param signal the caller's
 */
export function timeLimit(seconds: number, signal: AbortSignal): TimeLimit {
  const timeout = AbortSignal.timeout(Math.ceil(seconds * 1000));
  return {
    signal: AbortSignal.any([signal, timeout]),
    explain: (error) =>
      timeout.aborted && !signal.aborted
        ? new HeadwaterError('QUERY_TIMED_OUT', { seconds }, { cause: error })
        : error,
  };
}
