import { defineCase } from '../script/case-kind.ts';
import { customers } from './customers.ts';

/** Someone who compares the products of one category quickly, comes back to the best ones, and takes one. */
export const priceComparer = defineCase('price_comparer', {
  subject: 'actor',
  isAttack: false,
  part: 100,
  play(stage, { products, gap, returns }) {
    const { random, shop } = stage;
    const session = stage.newSession(stage.visitor(customers));
    const category = shop.drawCategory(random);
    const seen = Array.from({ length: products }, () => shop.drawProductOf(category, random));
    let second = stage.begin(products * gap * 2);
    const view = (product: number): void => {
      stage.add(session, second, 'view', product);
      second += 1 + stage.gap(gap, 90);
    };
    for (const product of seen) view(product);
    const best = seen.slice(0, Math.ceil(products / 4));
    for (let round = 0; round < returns; round++) for (const product of best) view(product);
    stage.add(session, second, 'cart', best[0] ?? 0);
  },
});
