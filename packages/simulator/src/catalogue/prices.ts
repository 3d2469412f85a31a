import { quantileAt } from '../random/quantile.ts';
import { mix32 } from '../random/random.ts';
import type { Category } from './categories.ts';

/** Price of a product relative to the median of its category, per thousand. The distribution is skewed, like real prices. */
const relativePrice = Int32Array.of(
  80,
  170,
  260,
  350,
  440,
  540,
  650,
  780,
  920,
  1080,
  1270,
  1500,
  1800,
  2200,
  2800,
  3900,
  7200,
);

/** Share of rows with the price 0.00 in the public October file. */
const freeShare = 0.0016;

/**
 * The price of every product in cents. The mean price of a group, weighted by popularity and by the choices of buyers, is that
 * of the category table. Products with the price zero get {@link freeShare} of the traffic.
 */
export function pricesOf(
  seed: number,
  size: number,
  categories: readonly Category[],
  popularityAt: (rank: number) => number,
): Int32Array {
  const relative = new Float64Array(size);
  const sums = new Map<string, { weighted: number; weight: number }>();
  const everyRank = (visit: (category: Category, product: number, rank: number) => void): void => {
    for (const category of categories)
      for (let rank = 0; rank < category.products; rank++) visit(category, category.first + rank, rank);
  };
  const totals = categories.map((category) => {
    let total = 0;
    for (let rank = 0; rank < category.products; rank++) total += popularityAt(rank);
    return total;
  });
  const totalOf = new Map(categories.map((category, index) => [category, totals[index] ?? 1]));
  everyRank((category, product, rank) => {
    const price = quantileAt(relativePrice, mix32(seed, product, 31));
    relative[product] = price;
    const share = (popularityAt(rank) / (totalOf.get(category) ?? 1)) * category.bought;
    const sum = sums.get(category.group) ?? { weighted: 0, weight: 0 };
    sums.set(category.group, { weighted: sum.weighted + share * price, weight: sum.weight + share });
  });
  const prices = new Int32Array(size);
  let seen = 0;
  let free = 0;
  everyRank((category, product, rank) => {
    const share = (popularityAt(rank) / (totalOf.get(category) ?? 1)) * category.viewed;
    seen += share;
    const isFree = category.group === 'none' && rank > 0 && seen * freeShare - free >= share;
    if (isFree) free += share;
    const sum = sums.get(category.group) ?? { weighted: 1, weight: 1 };
    const scaled = ((relative[product] ?? 0) * category.meanPrice * sum.weight) / sum.weighted;
    prices[product] = isFree ? 0 : Math.max(1, Math.round(scaled));
  });
  return prices;
}
