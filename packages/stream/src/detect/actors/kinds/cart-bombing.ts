import { defineActorKind } from '../actor-kind.ts';

/**
 * Carts are a large share of the rows, follow each other fast, and come without a look at the product. A wish list has as many carts,
 * but each after a view of its product; and who hesitates puts in again what was removed just before.
 */
export const cartBombing = defineActorKind('cart-bombing', {
  severity: 'warning',
  words: {
    seen: 'carts without a view of the product just before, at a pace, and without a purchase',
    expected: 'the most carts that a shopper fills so',
    why: 'a shopper, also one who uses the cart as a list, looks at a product before',
  },
  sizes: { rows: 1, carts: 1, unviewed: 1, since: 1 },
  observe(fields, { action, item, itemBefore, actionBefore, gap, time }, { carts, share, pause, retry }) {
    if (fields.rows === 0 || gap > pause * 1000 || action === 'purchase') {
      fields.rows = 0;
      fields.carts = 0;
      fields.unviewed = 0;
      fields.since = Math.floor(time / 1000);
    }
    if (action === 'purchase') return 0;
    fields.rows += 1;
    if (action === 'cart') {
      fields.carts += 1;
      const isViewed = itemBefore === item && (actionBefore === 'view' || actionBefore === 'removeFromCart');
      const isRetry = actionBefore === 'cart' && itemBefore === item && gap <= retry * 1000;
      if (!isViewed && !isRetry) fields.unviewed += 1;
    }
    return fields.carts >= share * fields.rows ? fields.unviewed / carts : 0;
  },
  sign: (fields, _row, { carts }) => ({ seen: fields.unviewed, expected: carts, start: fields.since * 1000 }),
});
