/** How long a sender waits before it sends records again. */
export interface Backoff {
  /** The maximum before the second attempt; it doubles with each further one. */
  readonly baseMilliseconds: number;
  /** The maximum before any attempt. */
  readonly maximumMilliseconds: number;
}

/**
 * A pause from zero to the maximum of the attempt, so that senders that failed together do not try again together.
 *
 * @param attempts that were made, from 1 on
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function fullJitter(
  { baseMilliseconds, maximumMilliseconds }: Backoff,
  attempts: number,
  random: () => number,
): number {
  return random() * Math.min(maximumMilliseconds, baseMilliseconds * 2 ** (attempts - 1));
}
