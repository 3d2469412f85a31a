import { mix32 } from '../random/random.ts';
import { categoryGroups } from './category-table.ts';

/** One category id of the shop. */
export interface Category {
  /** 19 digits, as in the public data: more than a double can represent. */
  readonly id: bigint;
  /** Empty text if the category has no code. */
  readonly code: string;
  readonly group: string;
  readonly meanPrice: number;
  /** Share of the category's traffic whose product has no brand, 0 to 1. */
  readonly brandless: number;
  readonly viewed: number;
  readonly bought: number;
  /** Index of its most popular product, and the number of products. */
  readonly first: number;
  readonly products: number;
}

/** An id of 19 digits that contains the category's number, so that ids are unique. */
const categoryIdOf = (seed: number, index: number): bigint =>
  2_053_013_550_000_000_000n + BigInt(index) * 1_000_000_000n + BigInt(mix32(seed, index, 5) % 1_000_000_000);

/** Splits the category groups into categories, and distributes `size` products to them by their traffic. */
export function categoriesOf(seed: number, size: number): Category[] {
  const drafts = categoryGroups.flatMap((group) => {
    const weights = Array.from({ length: group.ids }, (_, i) => 1 / (i + 4));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight, i) => ({
      group,
      part: weight / total,
      code: group.codes[i % group.codes.length],
    }));
  });
  // Busy categories have more products, but not in proportion: they sell a few products to many people.
  const rooms = drafts.map(({ group, part }) => Math.sqrt(group.viewed * part));
  const room = rooms.reduce((sum, one) => sum + one, 0);
  const spare = size - drafts.length;
  let given = 0;
  let roomSoFar = 0;
  return drafts.map(({ group, part, code }, index) => {
    roomSoFar += rooms[index] ?? 0;
    const last = index + 1 === drafts.length ? size : index + 1 + Math.floor((spare * roomSoFar) / room);
    const first = given;
    given = last;
    return {
      id: categoryIdOf(seed, index),
      code: code ?? '',
      group: group.name,
      meanPrice: group.meanPrice,
      brandless: group.brandless / 1000,
      viewed: group.viewed * part,
      bought: group.bought * part,
      first,
      products: last - first,
    };
  });
}
