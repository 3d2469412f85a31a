/** How often products are looked at, as plain data that survives JSON. */
export interface ProductRatesState {
  readonly all: number;
  readonly at: number;
  readonly products: readonly (readonly [item: string, views: number, at: number])[];
}

/** The usual part of each product in the views of the shop, which fades over days. Bounded. */
export interface ProductRates {
  add(item: string, views: number, time: number): void;
  /** Counts views of the whole shop. */
  addAll(views: number, time: number): void;
  /** The product's part of the shop's views. */
  partOf(item: string, time: number): number;
  /** The part of the most viewed product. */
  topPart(time: number): number;
  snapshot(): ProductRatesState;
}

/** Milliseconds in which what was seen counts half: three days. */
const halfLife = 3 * 86_400_000;

/** @param most products that are remembered; at twice as many the rarest are forgotten */
export function createProductRates(most: number, state?: ProductRatesState): ProductRates {
  let products = new Map<string, { views: number; at: number }>(
    state?.products.map(([item, views, at]) => [item, { views, at }]),
  );
  let all = { views: state?.all ?? 0, at: state?.at ?? 0 };
  const faded = ({ views, at }: { views: number; at: number }, time: number): number =>
    views === 0 ? 0 : views * 2 ** ((at - time) / halfLife);
  const total = (time: number): number => Math.max(1, faded(all, time));
  return {
    add(item, views, time) {
      const there = products.get(item);
      products.set(item, { views: views + (there === undefined ? 0 : faded(there, time)), at: time });
      if (products.size < most * 2) return;
      const ranked = [...products].map(([name, rate]) => [name, rate, faded(rate, time)] as const);
      ranked.sort((one, other) => other[2] - one[2] || (one[0] < other[0] ? -1 : 1));
      products = new Map(ranked.slice(0, most).map(([name, rate]) => [name, rate]));
    },
    addAll(views, time) {
      all = { views: views + faded(all, time), at: time };
    },
    partOf(item, time) {
      const there = products.get(item);
      return there === undefined ? 0 : faded(there, time) / total(time);
    },
    topPart(time) {
      let top = 0;
      for (const rate of products.values()) top = Math.max(top, faded(rate, time));
      return top / total(time);
    },
    snapshot: () => ({
      all: all.views,
      at: all.at,
      products: [...products].map(([item, { views, at }]) => [item, views, at]),
    }),
  };
}
