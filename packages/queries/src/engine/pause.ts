import { setTimeout as wait } from 'node:timers/promises';

/** How long to wait between tries: from `first`, doubled each time up to `most`. Milliseconds. */
export interface Pace {
  readonly first: number;
  readonly most: number;
}

/**
 * Waits before try number `attempt`, from 1. A quarter of the time is left to chance, so that many callers who were
 * turned away together do not come back together.
 *
 * @throws the signal's reason when it is aborted
 */
export async function pause({ first, most }: Pace, attempt: number, signal?: AbortSignal): Promise<void> {
  const milliseconds = Math.min(most, first * 2 ** (attempt - 1)) * (0.75 + Math.random() / 4);
  try {
    await wait(milliseconds, undefined, signal ? { signal } : {});
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
}
