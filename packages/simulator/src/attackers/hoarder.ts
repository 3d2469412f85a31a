import { defineCase } from '../script/case-kind.ts';

/** Keeps stock in its cart: puts a product in, removes it before the cart expires, and puts it in again. */
export const hoarder = defineCase('hoarder', {
  subject: 'actor',
  isAttack: true,
  part: 35,
  play(stage, { cycles, quantity, hold, jitter }) {
    const session = stage.newSession(stage.newUser());
    const product = stage.shop.drawProduct(stage.random);
    let second = stage.begin(cycles * (hold + 2 * quantity));
    for (let cycle = 0; cycle < cycles; cycle++) {
      for (let item = 0; item < quantity; item++) stage.add(session, second++, 'cart', product);
      second += stage.gap(hold, jitter);
      for (let item = 0; item < quantity; item++) stage.add(session, second++, 'remove_from_cart', product);
    }
  },
});
