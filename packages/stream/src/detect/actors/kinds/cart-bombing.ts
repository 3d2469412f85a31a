import { defineActorKind } from '../actor-kind.ts';
import type { ActorRow } from '../actor-row.ts';
import type { ActorParameters } from '../parameters.ts';

/** Suspicion is counted in hundredths of a cart. */
const one = 100;

/**
 * Carts are a large share of the rows, and come without a look at the product: the same product again and again, or faster than a person
 * reads. A wish list has as many carts, but each after a view of its product; a basket is filled from a list, but each time with another
 * product and at the pace of a person, or by a form that is sent once; and who hesitates puts in again what was removed just before. Such carts count a part.
 */
export const cartBombing = defineActorKind('cart-bombing', {
  severity: 'warning',
  awaitsPurchase: true,
  words: {
    seen: 'carts without a purchase: of the product before, or faster than a person reads; others count a part',
    expected: 'the most of them that a shopper has',
    why: 'a shopper, also one who uses the cart as a list or fills a basket, looks at products, or takes time for each',
  },
  sizes: { rows: 1, carts: 1, suspicion: 1, since: 1, formSince: 1, retryGap: 1 },
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
      fields.suspicion += Math.round(one * weightOf(fields, row, parameters));
    }
    return fields.carts >= share * fields.rows ? fields.suspicion / one / carts : 0;
  },
  sign: (fields, _row, { carts }) => ({
    seen: fields.suspicion / one,
    expected: carts,
    start: fields.since * 1000,
  }),
});

/** From one try to the next, a client that gets no answer waits for so many times as long at most. */
const backoff = 2.5;
/** It does not wait for less than this part of the time before. */
const backoffLeast = 0.8;

/**
 * What a cart counts: 1 for one that no shopper puts in, and 0 for the copies of a client that got no answer and for the lines of a form
 * that is sent once.
 */
function weightOf(
  fields: { formSince: number; retryGap: number },
  { time, item, itemBefore, actionBefore, gap }: ActorRow,
  { retry, reading, form, viewed, listed }: ActorParameters['cart-bombing'],
): number {
  const isSame = item === itemBefore;
  if (actionBefore === 'cart' && isSame) {
    const isRetry =
      gap <= retry * 1000 || (gap <= backoff * fields.retryGap && gap >= backoffLeast * fields.retryGap);
    fields.retryGap = isRetry ? Math.max(1000, gap) : 0;
    return isRetry ? 0 : 1;
  }
  fields.retryGap = 0;
  const isFast = gap < reading * 1000;
  if (!isFast || actionBefore !== 'cart') fields.formSince = time / 1000;
  else if (time / 1000 - fields.formSince <= form) return 0;
  // Who loads the page of a product takes a moment to find its button; of a list, there are many buttons on one page.
  if (gap < (isSame ? 1000 : reading * 1000)) return 1;
  return isSame ? viewed : listed;
}
