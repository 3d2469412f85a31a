/** Draws an index with a probability proportional to its weight, in constant time. */
export interface AliasTable {
  /** The index for two uniform 32-bit integers. */
  at(draw: number, coin: number): number;
}

class Alias implements AliasTable {
  private readonly keep: Float64Array;
  private readonly other: Int32Array;

  /** Vose's method (https://www.keithschwarz.com/darts-dice-coins/). */
  constructor(weights: Float64Array) {
    const n = weights.length;
    this.keep = new Float64Array(n);
    this.other = new Int32Array(n);
    let total = 0;
    for (const weight of weights) total += weight;
    const small: number[] = [];
    const large: number[] = [];
    const scaled = weights.map((weight) => (weight * n) / total);
    for (let i = 0; i < n; i++) ((scaled[i] ?? 0) < 1 ? small : large).push(i);
    for (;;) {
      const less = small.pop();
      const more = large.pop();
      if (less === undefined || more === undefined) {
        for (const rest of [less, more, ...small, ...large]) if (rest !== undefined) this.keep[rest] = 1;
        return;
      }
      this.keep[less] = scaled[less] ?? 0;
      this.other[less] = more;
      const left = (scaled[more] ?? 0) + (scaled[less] ?? 0) - 1;
      scaled[more] = left;
      (left < 1 ? small : large).push(more);
    }
  }

  at(draw: number, coin: number): number {
    const index = Math.floor((draw / 0x1_0000_0000) * this.keep.length);
    return coin / 0x1_0000_0000 < (this.keep[index] ?? 1) ? index : (this.other[index] ?? index);
  }
}

/** Creates an {@link AliasTable} over non-negative weights, at least one of which is positive. */
export function createAliasTable(weights: Float64Array): AliasTable {
  return new Alias(weights);
}
