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
  /** Empty text if the product has no brand. */
  readonly brands: readonly string[];
  /** In cents, before any sale. */
  readonly prices: Int32Array;
  /** Draws a category with the weights of visitors. */
  readonly viewed: AliasTable;
  /** Draws a category with the weights of buyers. */
  readonly bought: AliasTable;
  /** Draws a product of a category by its popularity. */
  drawProduct(category: number, draw: number, coin: number): number;
}

/** The largest catalogue: the number of products seen in the public October file. */
export const largestCatalogue = 166_794;

/** The size of the catalogue for a run. With a large catalogue, a small run would show every product once. */
export function catalogueSizeFor(events: number): number {
  return Math.min(largestCatalogue, Math.max(2_000, Math.floor(events / 40)));
}

/** Popularity of the product with the rank `rank` (from 0) in its category: Zipf's law with Mandelbrot's shift. */
const popularityAt = (rank: number): number => 1 / (rank + 3);

/**
 * Derives the catalogue of a seed: Zipf popularity inside each category, prices with each group's mean, and the shares of
 * rows without a brand, and with the price zero, of the public data.
 *
 * @param seed a safe integer
 * @param size the number of products, at least 1,000
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
      // An odd factor permutes the ids, so that an id does not reveal popularity.
      productIds[product] = 1_000_000 + 37 * ((Math.imul(product, 40_503) & ((1 << bits) - 1)) >>> 0);
      // The next product has no brand whenever the share so far is too low, which keeps the share of rows exact.
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
