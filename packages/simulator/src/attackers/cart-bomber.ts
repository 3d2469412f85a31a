import { defineCase } from '../script/case-kind.ts';

/** Fills carts and buys nothing: most of its rows are carts. */
export const cartBomber = defineCase('cart_bomber', {
  subject: 'actor',
  isAttack: true,
  part: 35,
  play(stage, { rows, atOnce, gap, jitter, views }) {
    const session = stage.newSession(stage.newUser());
    let second = stage.begin(rows * gap);
    let product = stage.shop.drawProduct(stage.random);
    for (let row = 0; row < rows; row++) {
      const type = stage.random.below(100) < views ? 'view' : 'cart';
      if (stage.random.below(4) === 0) product = stage.shop.drawProduct(stage.random);
      stage.add(session, second, type, product);
      if (row % atOnce === atOnce - 1) second += stage.gap(gap, jitter);
    }
  },
});
