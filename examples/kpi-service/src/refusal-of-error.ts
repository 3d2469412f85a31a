import { type ErrorCode, HeadwaterError, isHeadwaterError } from '@headwater/core';
import { HTTPException } from 'hono/http-exception';
import { Refusal } from './refusal.ts';

const soon = { headers: { 'Retry-After': '1' } };

/** What the library refuses, as a client reads it. What is not listed is a fault of the service, of which a client learns nothing. */
const refusals: Readonly<Partial<Record<ErrorCode, (error: HeadwaterError) => Refusal>>> = {
  METRIC_PARAMETERS_INVALID: (error) => invalid(error),
  ACTION_MISSING: (error) => invalid(error, 'steps'),
  ROLE_MISSING: (error) => invalid(error),
  // Its own message has the size of the table, which is that of all tenants.
  SCAN_BUDGET_EXCEEDED: (cause) =>
    new Refusal(422, 'QUESTION_TOO_LARGE', 'The question could read too much. Ask for fewer days.', {
      cause,
    }),
  QUERY_QUEUE_FULL: (cause) => busy(cause),
  QUERY_QUEUE_TIMEOUT: (cause) => busy(cause),
  QUERY_UNAVAILABLE: (cause) => busy(cause),
  LAKE_CHANGED: (cause) => busy(cause),
  LAKE_CLOSED: (cause) => busy(cause),
};

const busy = (cause: Error): Refusal =>
  new Refusal(503, 'UNAVAILABLE', 'The service is busy. Try again.', { cause, ...soon });

function invalid(cause: HeadwaterError, known?: string): Refusal {
  // Problems with a parameter begin with its name.
  const field = known ?? /^[\w-]+: ([a-z]\w*(?:\.\w+)?): /i.exec(cause.message)?.[1];
  return new Refusal(400, 'PARAMETER_INVALID', cause.message, { cause, field });
}

/** Whatever a request failed with, as the client reads it. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof HTTPException && error.status < 500)
    return new Refusal(400, 'PARAMETER_INVALID', 'The request cannot be read.', { cause: error });
  if (error instanceof Error && error.name === 'TimeoutError')
    return new Refusal(504, 'TIMED_OUT', 'The answer took too long. Ask for fewer days.', { cause: error });
  const known = isHeadwaterError(error) ? refusals[error.code] : undefined;
  if (known && error instanceof HeadwaterError) return known(error);
  return new Refusal(500, 'INTERNAL', 'The service failed. The request id finds the reason in its log.', {
    cause: error,
  });
}
