import { type AliasTable, createAliasTable } from '../random/alias-table.ts';
import { mix32 } from '../random/random.ts';
import { brandIndexOf, brandName } from './brand-names.ts';
import { type Category, categoriesOf } from './categories.ts';
import { pricesOf } from './prices.ts';

/** The products of the simulated shop, as columns: product `i` is `productIds[i]`, `prices[i]` and so on. */
export interface Catalogue {
  readonly size: number;
  readonly categories: readonly Category[];
  readonly productIds: Int32Array;
  /** Index into `categories`. */
  readonly categoryOf: Int32Array;
  /** Empty text where the product has no brand. */
  readonly brands: readonly string[];
  /** Cents, before any sale. */
  readonly prices: Int32Array;
  /** Draws a category the way visitors do. */
  readonly viewed: AliasTable;
  /** Draws a category the way buyers do. */
  readonly bought: AliasTable;
  /** Draws a product of a category by its popularity. */
  drawProduct(category: number, draw: number, coin: number): number;
}

/** The largest catalogue: the number of products seen in the public October file. */
export const largestCatalogue = 166_794;

/** A catalogue that suits a run: a small run of a huge shop would show every product once. */
export function catalogueSizeFor(events: number): number {
  return Math.min(largestCatalogue, Math.max(2_000, Math.floor(events / 40)));
}

/** Popularity of the product on place `rank` (0 first) of its category: Zipf's law with Mandelbrot's shift. */
const popularityAt = (rank: number): number => 1 / (rank + 3);

/**
 * Derives the catalogue of a seed: Zipf popularity inside each category, prices that meet each group's mean,
 * and as many rows without brand, and at price zero, as the public data has.
 *
 * @param seed a safe integer
 * @param size how many products, at least 1,000
 */
export function deriveCatalogue(seed: number, size: number): Catalogue {
  const categories = categoriesOf(seed, size);
  const productIds = new Int32Array(size);
  const categoryOf = new Int32Array(size);
  const brands: string[] = new Array<string>(size);
  const tables: AliasTable[] = [];
  let bits = 1;
  while (1 << bits < size) bits++;
  for (const [index, category] of categories.entries()) {
    const weights = new Float64Array(category.products);
    let brandless = 0;
    let total = 0;
    for (let rank = 0; rank < category.products; rank++) {
      const product = category.first + rank;
      const weight = popularityAt(rank);
      weights[rank] = weight;
      total += weight;
      categoryOf[product] = index;
      // An odd factor permutes the ids, so that an id says nothing about popularity.
      productIds[product] = 1_000_000 + 37 * ((Math.imul(product, 40_503) & ((1 << bits) - 1)) >>> 0);
      // Giving the next product no brand whenever the share so far is short keeps the share of rows exact.
      const short =
        total * category.brandless - brandless >= weight * (mix32(seed, index, 9) / 0x1_0000_0000);
      if (short) brandless += weight;
      brands[product] = short ? '' : brandName(brandIndexOf(seed, index, product));
    }
    tables.push(createAliasTable(weights));
  }
  return {
    size,
    categories,
    productIds,
    categoryOf,
    brands,
    prices: pricesOf(seed, size, categories, popularityAt),
    viewed: createAliasTable(Float64Array.from(categories, (category) => category.viewed)),
    bought: createAliasTable(Float64Array.from(categories, (category) => category.bought)),
    drawProduct(category, draw, coin) {
      return (categories[category]?.first ?? 0) + (tables[category]?.at(draw, coin) ?? 0);
    },
  };
}
