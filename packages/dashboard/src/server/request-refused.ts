import { type ErrorCode, isHeadwaterError } from '@headwater/core';
import type { ApiError } from '../api/api.ts';
import { ViewSuperseded } from './view-queue.ts';

/** A request that is refused before anything is asked. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What a caller can do something about, by the status that says so. */
const statuses: Partial<Record<ErrorCode, number>> = {
  OPTION_INVALID: 400,
  METRIC_PARAMETERS_INVALID: 400,
  QUERY_PARAMETER_INVALID: 400,
  FILTER_NOT_ALLOWED: 403,
  SCAN_BUDGET_EXCEEDED: 422,
  QUERY_QUEUE_FULL: 503,
  QUERY_QUEUE_TIMEOUT: 503,
  QUERY_UNAVAILABLE: 503,
  LAKE_CLOSED: 503,
};

/**
 * An error as a page gets it. What it can do nothing about has no words of the engine in it, unless it is on this machine.
 *
 * @param isLocal whether the page is on the machine of the server, where its owner reads it
 */
export function refusalOf(
  error: unknown,
  isLocal: boolean,
): { readonly status: number; readonly body: ApiError; readonly isFault: boolean } {
  const answer = (status: number, code: string, message: string) => ({
    status,
    body: { error: { code, message } },
    isFault: status === 500,
  });
  if (error instanceof RequestRefused) return answer(error.status, error.code, error.message);
  if (error instanceof ViewSuperseded) return answer(409, 'VIEW_SUPERSEDED', error.message);
  if (isHeadwaterError(error)) {
    // Where a lake is, is told to nobody.
    if (error.code === 'LAKE_NOT_FOUND') return answer(503, error.code, 'The lake holds no events yet.');
    const status = statuses[error.code];
    if (status !== undefined) return answer(status, error.code, error.message);
    if (isLocal) return answer(500, error.code, error.message);
    return answer(500, error.code, 'The query failed. The log of the server has the reason.');
  }
  return answer(500, 'INTERNAL', 'The server failed. Its log has the reason.');
}
