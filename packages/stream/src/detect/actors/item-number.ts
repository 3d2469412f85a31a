import { hashOf } from './actor-row.ts';

/** The last digits of the id of a product. */
export interface ItemNumber {
  /** A hash of what is before them: only ids with the same beginning have an order. */
  readonly prefix: number;
  /** At most 15 digits. */
  readonly number: number;
}

const mostDigits = 15;

/** Takes an id such as `SKU-00123` or `1004856` apart. */
export function itemNumber(id: string): ItemNumber {
  let number = 0;
  let place = id.length;
  for (let weight = 1; place > 0 && id.length - place < mostDigits; weight *= 10, place--) {
    const digit = id.charCodeAt(place - 1) - 48;
    if (digit < 0 || digit > 9) break;
    number += digit * weight;
  }
  // Without digits the whole id is the prefix, so no two products have an order.
  return { prefix: place === 0 ? 1 : hashOf(id.slice(0, place)), number };
}
