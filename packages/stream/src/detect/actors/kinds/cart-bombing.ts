import { defineActorKind } from '../actor-kind.ts';
import type { ActorRow } from '../actor-row.ts';
import type { ActorParameters } from '../parameters.ts';

/** Suspicion is counted in hundredths of a cart. */
const one = 100;

/**
 * Carts are a large share of the rows, and come without a look at the product: the same product again and again, or faster than a person
 * reads. A wish list has as many carts, but each after a view of its product; a basket is filled from a list, but each time with another
 * product and at the pace of a person; and who hesitates puts in again what was removed just before. Such carts count a part.
 */
export const cartBombing = defineActorKind('cart-bombing', {
  severity: 'warning',
  words: {
    seen: 'carts without a purchase: of the product before, or faster than a person reads; others count a part',
    expected: 'the most of them that a shopper has',
    why: 'a shopper, also one who uses the cart as a list or fills a basket, looks at products, or takes time for each',
  },
  sizes: { rows: 1, carts: 1, suspicion: 1, since: 1 },
  observe(fields, row, parameters) {
    const { action, gap, time } = row;
    const { carts, share, pause } = parameters;
    if (fields.rows === 0 || gap > pause * 1000 || action === 'purchase') {
      fields.rows = 0;
      fields.carts = 0;
      fields.suspicion = 0;
      fields.since = Math.floor(time / 1000);
    }
    if (action === 'purchase') return 0;
    fields.rows += 1;
    if (action === 'cart') {
      fields.carts += 1;
      fields.suspicion += Math.round(one * weightOf(row, parameters));
    }
    return fields.carts >= share * fields.rows ? fields.suspicion / one / carts : 0;
  },
  sign: (fields, _row, { carts }) => ({
    seen: fields.suspicion / one,
    expected: carts,
    start: fields.since * 1000,
  }),
});

/** What a cart counts: 1 for one that no shopper puts in, and 0 for the copies of a client that got no answer. */
function weightOf(
  { item, itemBefore, actionBefore, gap }: ActorRow,
  { retry, reading, viewed, listed }: ActorParameters['cart-bombing'],
): number {
  const isSame = item === itemBefore;
  if (actionBefore === 'cart' && isSame) return gap <= retry * 1000 ? 0 : 1;
  // Who loads the page of a product takes a moment to find its button; of a list, there are many buttons on one page.
  if (gap < (isSame ? 1000 : reading * 1000)) return 1;
  return isSame ? viewed : listed;
}
