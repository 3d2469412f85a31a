import { HeadwaterError } from '@headwater/core';
import { pause } from '@headwater/storage';
import { callError } from './athena-error.ts';

/** Errors after which the same call is retried: throttling, and failures of the service. */
const transient: ReadonlySet<string> = new Set([
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
  'InternalServerException',
  'ServiceUnavailable',
  'SlowDown',
  'TimeoutError',
]);

const pace = { first: 250, most: 10_000 };
const mostAttempts = 8;

/** What a call is about, for errors. */
export interface AboutCall {
  readonly sql: string;
  readonly queryId?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes a call, and retries it while the service is busy, for about twenty seconds. The SDK's own retries end too soon for
 * the limit of concurrent queries.
 *
 * @throws HeadwaterError `QUERY_UNAVAILABLE`, `QUERY_FAILED`; the signal's reason when it was aborted
 */
export async function callAthena<Answer>(about: AboutCall, call: () => Promise<Answer>): Promise<Answer> {
  const { sql, queryId, signal } = about;
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const name = error instanceof Error ? error.name : '';
      if (!transient.has(name)) throw callError(sql, queryId, error);
      if (attempt === mostAttempts) {
        const problem = error instanceof Error ? `${name}: ${error.message}` : name;
        const query = { engine: 'athena', sql, problem, attempts: attempt };
        throw new HeadwaterError(
          'QUERY_UNAVAILABLE',
          { ...query, ...(queryId === undefined ? {} : { queryId }) },
          { cause: error },
        );
      }
      await pause(pace, attempt, signal);
    }
  }
}
