import { defineActorKind } from '../actor-kind.ts';

/** Puts a product into the cart, holds it, removes it before the cart expires, and puts it in again. */
export const hoarding = defineActorKind('hoarding', {
  severity: 'warning',
  words: {
    seen: 'times that a product was held in the cart, removed, and put in again',
    expected: 'the most times that a shopper hesitates so',
    why: 'who puts the same product in again and again keeps its stock from others',
  },
  sizes: { carted: 1, cartedAt: 1, removed: 1, removedAt: 1, cycles: 1, since: 1 },
  observe(fields, { action, item, time }, { cycles, hold, again }) {
    if (item === 0) return 0;
    const second = Math.floor(time / 1000);
    if (action === 'purchase' && item === fields.carted) fields.cycles = 0;
    if (action === 'removeFromCart' && item === fields.carted && second - fields.cartedAt >= hold) {
      fields.removed = item;
      fields.removedAt = second;
    }
    if (action !== 'cart') return 0;
    if (item === fields.removed && second - fields.removedAt <= again) {
      if (fields.cycles === 0) fields.since = fields.cartedAt;
      fields.cycles += 1;
      fields.removed = 0;
    } else if (item !== fields.carted) {
      fields.cycles >>= 1;
    }
    fields.carted = item;
    fields.cartedAt = second;
    return fields.cycles / cycles;
  },
  sign: (fields, _row, { cycles }) => ({ seen: fields.cycles, expected: cycles, start: fields.since * 1000 }),
});
