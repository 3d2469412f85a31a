import { defineActorKind } from '../actor-kind.ts';

/** A shopper with more products in the cart than this is no hoarder of a few, and begins anew. */
const mostProducts = 8;

/**
 * Holds products in the cart, removes them before the cart expires, and puts them in again; or puts the only one in again when the cart has
 * expired. Which products those are, are the bits of a word.
 */
export const hoarding = defineActorKind('hoarding', {
  severity: 'warning',
  words: {
    seen: 'times that a product was held in the cart and put in again, without a purchase',
    expected: 'the most times that a shopper hesitates so',
    why: 'who puts the same product in again and again keeps its stock from others',
  },
  sizes: { carted: 1, cartedAt: 1, removed: 1, cycles: 1, since: 1 },
  observe(fields, { action, item, time }, { cycles, hold, expiry, again }) {
    if (item === 0 || action === undefined || action === 'view') return 0;
    const second = Math.floor(time / 1000);
    const bit = (1 << (item & 31)) >>> 0;
    const held = second - fields.cartedAt;
    if (action === 'purchase' || held > again) {
      fields.carted = 0;
      fields.removed = 0;
      fields.cycles = 0;
    }
    if (action === 'removeFromCart' && (fields.carted & bit) !== 0 && held >= hold) {
      fields.removed |= bit;
    }
    if (action !== 'cart') return 0;
    const isAgain = (fields.removed & bit) !== 0 || (fields.carted === bit && held >= expiry);
    if (isAgain) {
      if (fields.cycles === 0) fields.since = fields.cartedAt;
      fields.cycles += 1;
      fields.removed &= ~bit;
    } else if (bitsOf(fields.carted) >= mostProducts) {
      fields.carted = 0;
      fields.removed = 0;
      fields.cycles = 0;
    }
    fields.carted |= bit;
    fields.cartedAt = second;
    return fields.cycles / cycles;
  },
  sign: (fields, _row, { cycles }) => ({ seen: fields.cycles, expected: cycles, start: fields.since * 1000 }),
});

function bitsOf(word: number): number {
  let count = 0;
  for (let rest = word >>> 0; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count += 1;
  return count;
}
