/** How many requests a caller may send. */
export interface Rate {
  readonly perSecond: number;
  /** Requests that may come at once after a pause. */
  readonly burst: number;
}

/**
 * Limits how often each caller may ask: a bucket for each, which fills up at a steady rate
 * (https://en.wikipedia.org/wiki/Token_bucket). In the memory of this process.
 */
export class RateLimit {
  readonly #now: () => number;
  readonly #levels = new Map<string, { level: number; at: number }>();

  /** @param now milliseconds since 1970 */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * Counts a request.
   * @returns 0 when it may pass; otherwise the seconds until one may
   */
  take(caller: string, { perSecond, burst }: Rate): number {
    const at = this.#now();
    const before = this.#levels.get(caller) ?? { level: burst, at };
    // A clock that is set back fills nothing.
    const level = Math.min(burst, before.level + (Math.max(0, at - before.at) / 1000) * perSecond);
    const isEnough = level >= 1;
    this.#levels.set(caller, { level: isEnough ? level - 1 : level, at });
    return isEnough ? 0 : (1 - level) / perSecond;
  }
}
