import { setTimeout as wait } from 'node:timers/promises';

/** The wait between retries in milliseconds: `first`, then doubled each time up to `most`. */
export interface Pace {
  readonly first: number;
  readonly most: number;
}

/**
 * Waits before retry number `attempt`, from 1. Half of the time is random, so that callers that failed together do not retry
 * together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). The caller limits the retries.
 *
 * @throws the signal's reason when it is aborted
 * @example await pause({ first: 100, most: 2_000 }, 3); // 200 to 400 ms
 */
export async function pause({ first, most }: Pace, attempt: number, signal?: AbortSignal): Promise<void> {
  const milliseconds = Math.min(most, first * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
  try {
    await wait(milliseconds, undefined, signal ? { signal } : {});
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
}
