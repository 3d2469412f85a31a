import { type ErrorCode, HeadwaterError, isHeadwaterError } from '@headwater/core';
import { HTTPException } from 'hono/http-exception';
import { Refusal } from './refusal.ts';

const retryAfter = (seconds: number) => ({
  headers: { 'Retry-After': String(Math.max(1, Math.ceil(seconds))) },
});

/** What the library refuses, as a client reads it. What is not listed is a fault of the service, of which a client learns nothing. */
const refusals: Readonly<Partial<Record<ErrorCode, (error: HeadwaterError, now: number) => Refusal>>> = {
  METRIC_PARAMETERS_INVALID: (error) => invalid(error),
  ACTION_MISSING: (error) => invalid(error, 'steps'),
  ROLE_MISSING: (error) => invalid(error),
  // Its own message has the size of the table, which is that of all tenants.
  SCAN_BUDGET_EXCEEDED: (cause) =>
    new Refusal(422, 'QUESTION_TOO_LARGE', 'The question could read too much. Ask for fewer days.', {
      cause,
    }),
  SESSION_BUDGET_EXCEEDED: (cause, now) =>
    new Refusal(
      429,
      'SCAN_BUDGET_SPENT',
      'What your questions may read in an hour is spent. Ask for fewer days, or later.',
      { cause, ...retryAfter((Date.parse(String(Object(cause.payload).renews)) - now) / 1000) },
    ),
  CALLER_BUSY: (cause) =>
    new Refusal(429, 'TENANT_BUSY', 'Too many of your questions run and wait. Try again after a pause.', {
      cause,
      ...retryAfter(Number(Object(cause.payload).retrySeconds)),
    }),
  QUERY_TIMED_OUT: (cause) => timedOut(cause),
  QUERY_QUEUE_FULL: (cause) => busy(cause),
  QUERY_QUEUE_TIMEOUT: (cause) => busy(cause),
  QUERY_UNAVAILABLE: (cause) => busy(cause),
  LAKE_CHANGED: (cause) => busy(cause),
  LAKE_CLOSED: (cause) => busy(cause),
};

const busy = (cause: Error): Refusal =>
  new Refusal(503, 'UNAVAILABLE', 'The service is busy. Try again.', { cause, ...retryAfter(1) });

const timedOut = (cause: Error): Refusal =>
  new Refusal(504, 'TIMED_OUT', 'The answer took too long. Ask for fewer days.', { cause });

function invalid(cause: HeadwaterError, known?: string): Refusal {
  // Problems with a parameter begin with its name.
  const field = known ?? /^[\w-]+: ([a-z]\w*(?:\.\w+)?): /i.exec(cause.message)?.[1];
  return new Refusal(400, 'PARAMETER_INVALID', cause.message, { cause, field });
}

/**
 * Whatever a request failed with, as the client reads it.
 * @param now milliseconds since 1970
 */
export function refusalOf(error: unknown, now: number): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof HTTPException && error.status < 500)
    return new Refusal(400, 'PARAMETER_INVALID', 'The request cannot be read.', { cause: error });
  if (error instanceof Error && error.name === 'TimeoutError') return timedOut(error);
  const known = isHeadwaterError(error) ? refusals[error.code] : undefined;
  if (known && error instanceof HeadwaterError) return known(error, now);
  return new Refusal(500, 'INTERNAL', 'The service failed. The request id finds the reason in its log.', {
    cause: error,
  });
}
