/** How often products are viewed, as plain data. */
export interface ProductViewsState {
  readonly seen: number;
  readonly usual: number;
  readonly halved: number | null;
  /** Cells that are not zero: place and count. */
  readonly cells: readonly number[];
}

/** How often products are viewed. */
export interface ProductViews {
  /**
   * Counts a view.
   * @param item hash of the product
   * @returns how much rarer the product is than those that are usually viewed, as log2(usual views / its views): 1 is half as often
   */
  count(item: number): number;
  /** The number of views so far. */
  readonly seen: number;
  /** Forgets half of the past when half a day is over. `time` is in seconds. */
  reach(time: number): void;
  snapshot(share: number): ProductViewsState;
}

const rows = 3;
/** Views after which the usual views follow a change. */
const memory = 5000;
const halfLife = 43_200;
/** One product alone says no more than this, in either direction. */
const most = 3;

/**
 * Counts views by product in a Count-Min sketch of fixed size (Cormode and Muthukrishnan 2005), with conservative update
 * (Estan and Varghese 2002). It may take a rare product for a frequent one, and never the other way round.
 *
 * @param cells counters of each of its three rows, a power of two
 */
export function createProductViews(cells: number, state?: ProductViewsState): ProductViews {
  const width = 2 ** Math.round(Math.log2(cells));
  const counts = new Uint32Array(rows * width);
  for (let place = 0; place < (state?.cells.length ?? 0); place += 2)
    counts[state?.cells[place] ?? 0] = state?.cells[place + 1] ?? 0;
  let seen = state?.seen ?? 0;
  let usual = state?.usual ?? 0;
  let halved = state?.halved ?? Number.NEGATIVE_INFINITY;
  return {
    count(item) {
      const first = item & (width - 1);
      const second = width + ((Math.imul(item, 0x9e37_79b1) >>> 7) & (width - 1));
      const third = 2 * width + ((Math.imul(item, 0x85eb_ca6b) >>> 9) & (width - 1));
      const one = counts[first] ?? 0;
      const two = counts[second] ?? 0;
      const three = counts[third] ?? 0;
      const least = Math.min(one, two, three) + 1;
      if (one < least) counts[first] = least;
      if (two < least) counts[second] = least;
      if (three < least) counts[third] = least;
      seen += 1;
      const logged = Math.log2(least);
      usual += (logged - usual) / Math.min(seen, memory);
      return Math.max(-most, Math.min(most, usual - logged));
    },
    get seen() {
      return seen;
    },
    reach(time) {
      if (halved === Number.NEGATIVE_INFINITY) halved = time;
      for (; time - halved >= halfLife; halved += halfLife) {
        for (let cell = 0; cell < counts.length; cell++) counts[cell] = (counts[cell] ?? 0) >>> 1;
        usual = Math.max(0, usual - 1);
      }
    },
    snapshot(share) {
      const filled: number[] = [];
      // In a part of a state there is no room for it: it is learned again.
      if (share === 1) for (const [cell, count] of counts.entries()) if (count > 0) filled.push(cell, count);
      return {
        seen: share === 1 ? seen : 0,
        usual: share === 1 ? usual : 0,
        halved: Number.isFinite(halved) ? halved : null,
        cells: filled,
      };
    },
  };
}

/** A hash of 32 bits (FNV-1a) of the name of a product. Never 0. */
export function hashOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (let place = 0; place < text.length; place++)
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x0100_0193);
  return hash ^ (hash >>> 15) || 1;
}
