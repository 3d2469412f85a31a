import { defineActorKind } from '../actor-kind.ts';
import { bitsOf } from '../memory/words.ts';

/** A shopper with more products in the cart than this is no hoarder of a few, and begins anew. */
const mostProducts = 8;
/** Of so many, a cart that has expired is filled again. */
const expiring = 3;

/**
 * Holds products in the cart, removes them before the cart expires, and puts them in again; or puts the same few in again when the cart has
 * expired. Who tries coupons is sooner done, and buys. Which products those are, are the bits of a word.
 */
export const hoarding = defineActorKind('hoarding', {
  severity: 'warning',
  awaitsPurchase: true,
  words: {
    seen: 'times that a product was held in the cart and put in again, without a purchase',
    expected: 'the most times that a shopper hesitates so',
    why: 'who puts the same product in again and again keeps its stock from others',
  },
  sizes: { carted: 1, cartedAt: 1, removed: 1, cycles: 1, since: 1 },
  observe(fields, { action, actionBefore, item, time }, { cycles, hold, expiry, again }) {
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
    // With several products in the cart, who comes back to shop looks at something first.
    const isExpired =
      fields.carted === bit ||
      (actionBefore === 'cart' && (fields.carted & bit) !== 0 && bitsOf(fields.carted) <= expiring);
    const isAgain = (fields.removed & bit) !== 0 || (isExpired && held >= expiry);
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
