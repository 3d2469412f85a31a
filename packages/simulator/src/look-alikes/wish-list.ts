import { defineCase } from '../script/case-kind.ts';
import { customers } from './customers.ts';

/** Someone who uses the cart as a list: many carts, most after a view, few removals. */
export const wishList = defineCase('wish_list', {
  subject: 'actor',
  isAttack: false,
  part: 100,
  play(stage, { carts, gap }) {
    const { random, shop } = stage;
    const session = stage.newSession(stage.visitor(customers));
    let second = stage.begin(carts * gap * 3);
    for (let cart = 0; cart < carts; cart++) {
      const product = shop.drawProduct(random);
      stage.add(session, second, 'view', product);
      second += 1 + stage.gap(gap, 90);
      stage.add(session, second, 'cart', product);
      second += 1 + stage.gap(gap, 90);
      if (random.below(8) > 0) continue;
      stage.add(session, second, 'remove_from_cart', product);
      second += 1 + stage.gap(gap, 90);
    }
  },
});
