import { setTimeout as wait } from 'node:timers/promises';

/** How long to wait between tries: from `first`, doubled each time up to `most`. Milliseconds. */
export interface Pace {
  readonly first: number;
  readonly most: number;
}

/**
 * Waits before try number `attempt`, from 1. Half of the time is left to chance, so that callers who were turned away
 * together, or who overtook each other, do not go on meeting
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). The caller bounds the tries.
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
