import { defineCase } from '../script/case-kind.ts';
import { customers } from './customers.ts';

/** Someone who orders for a company: looks around first, and then buys many things, cheap ones too. */
export const businessBuyer = defineCase('business_buyer', {
  subject: 'actor',
  isAttack: false,
  part: 100,
  play(stage, { views, purchases, gap }) {
    const { random, shop } = stage;
    const session = stage.newSession(stage.visitor(customers));
    let second = stage.begin((views + purchases) * gap);
    for (let view = 0; view < views; view++) {
      stage.add(session, second, 'view', shop.drawProduct(random));
      second += 1 + stage.gap(gap, 90);
    }
    for (let purchase = 0; purchase < purchases; purchase++) {
      const product = random.below(2) === 0 ? shop.drawCheapProduct(random) : shop.drawProduct(random);
      stage.add(session, second, 'purchase', product);
      second += 1 + stage.gap(gap, 90);
    }
  },
});
