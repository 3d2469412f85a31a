/** A cumulative sum, as plain data. `since` is the beginning of the minute in which it last left 0. */
export interface CumulativeSumState {
  readonly sum: number;
  readonly since: number;
}

/** Page's cumulative sum over minutes (E. S. Page, Continuous Inspection Schemes, Biometrika 1954). */
export interface CumulativeSum {
  /**
   * Adds a minute.
   *
   * @param seen what was counted
   * @param usual what is counted on a day on which nothing is wrong
   * @param wrong what is counted when it is
   */
  add(start: number, seen: number, usual: number, wrong: number): void;
  readonly sum: number;
  /** The beginning of the minute in which it last left 0. */
  readonly since: number;
  reset(): void;
  snapshot(): CumulativeSumState;
}

/** Visits come in groups, so that counts vary more than those of a Poisson process: the variance of a count, in parts of its mean. */
const spread = 2;

/**
 * A sum of the logs of likelihood ratios of counts, by a Poisson distribution that is twice as wide. It never goes below 0, and falls
 * back soon, because it does not grow far beyond its limit.
 */
export function createCumulativeSum(limit: number, state?: CumulativeSumState): CumulativeSum {
  let sum = state?.sum ?? 0;
  let since = state?.since ?? 0;
  return {
    add(start, seen, usual, wrong) {
      const step = (seen * Math.log(wrong / usual) - (wrong - usual)) / spread;
      if (sum === 0) since = start;
      sum = Math.min(limit * 1.5, Math.max(0, sum + step));
    },
    get sum() {
      return sum;
    },
    get since() {
      return since;
    },
    reset() {
      sum = 0;
    },
    snapshot: () => ({ sum, since }),
  };
}
