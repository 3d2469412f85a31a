import { defineActorKind } from '../actor-kind.ts';

/** Loads one product again and again, and buys it within seconds when it goes into the cart; several times. */
export const sniping = defineActorKind('sniping', {
  severity: 'warning',
  words: {
    seen: 'purchases within seconds of a product that was loaded again and again before',
    expected: 'once may be a shopper who waited for a product',
    why: 'to fill in a checkout takes a person longer, and a drop is seldom met twice',
  },
  sizes: { polls: 1, snipes: 1, since: 1 },
  observe(fields, { action, item, itemBefore, actionBefore, gap, time }, { polls, pace, reaction, snipes }) {
    if (item === 0) return 0;
    const isSame = item === itemBefore && gap <= pace * 1000;
    if (action === 'view') {
      fields.polls = isSame && actionBefore === 'view' ? fields.polls + 1 : 1;
      return 0;
    }
    if (!isSame) fields.polls = 0;
    // Rows of one second have no order, so the cart may come after the purchase.
    const isBought =
      (action === 'purchase' && gap <= reaction * 1000) ||
      (action === 'cart' && actionBefore === 'purchase' && gap < 1000);
    if (!isBought || fields.polls < polls) return 0;
    fields.polls = 0;
    if (fields.snipes === 0) fields.since = Math.floor(time / 1000);
    fields.snipes += 1;
    return fields.snipes / snipes;
  },
  sign: (fields, _row, { snipes }) => ({
    seen: fields.snipes,
    expected: snipes - 1,
    start: fields.since * 1000,
  }),
});
