/** The prices of what is viewed, as plain data. */
export interface PriceLevelsState {
  readonly counts: readonly number[];
  readonly halved: number | null;
}

/** The distribution of the prices of what is viewed lately. */
export interface PriceLevels {
  /** Counts the price of a view. Zero is no price. */
  count(price: number): void;
  /** The number of views since the beginning, without what is forgotten. */
  readonly seen: number;
  /** Whether a price is below that of all but a share of the views. */
  isBelow(price: number, share: number): boolean;
  /** Forgets half of the past when half a day is over. `time` is in seconds. */
  reach(time: number): void;
  snapshot(): PriceLevelsState;
}

/** Eight levels to each doubling, from 0.01 to a hundred million. */
const perDoubling = 8;
const levels = 34 * perDoubling;
const halfLife = 43_200;

const levelOf = (price: number): number =>
  Math.max(0, Math.min(levels - 1, Math.floor((Math.log2(price) + 7) * perDoubling)));

/** Counts prices by level. */
export function createPriceLevels(state?: PriceLevelsState): PriceLevels {
  const counts = Float64Array.from({ length: levels }, (_, level) => state?.counts[level] ?? 0);
  let seen = counts.reduce((sum, count) => sum + count, 0);
  let halved = state?.halved ?? Number.NEGATIVE_INFINITY;
  return {
    count(price) {
      if (!(price > 0)) return;
      const level = levelOf(price);
      counts[level] = (counts[level] ?? 0) + 1;
      seen += 1;
    },
    get seen() {
      return seen;
    },
    isBelow(price, share) {
      if (!(price > 0)) return false;
      let below = 0;
      for (let level = levelOf(price); level >= 0; level--) below += counts[level] ?? 0;
      return below <= share * seen;
    },
    reach(time) {
      if (halved === Number.NEGATIVE_INFINITY) halved = time;
      for (; time - halved >= halfLife; halved += halfLife)
        for (let level = 0; level < levels; level++) counts[level] = (counts[level] ?? 0) / 2;
      seen = counts.reduce((sum, count) => sum + count, 0);
    },
    snapshot: () => ({ counts: [...counts], halved: Number.isFinite(halved) ? halved : null }),
  };
}
