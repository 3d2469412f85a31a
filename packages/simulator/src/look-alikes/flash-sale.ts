import { defineCase } from '../script/case-kind.ts';
import { playSpike } from './spike.ts';

/** A short sale: mostly customers, who look at a few products and buy far more often than otherwise. */
export const flashSale = defineCase('flash_sale', {
  subject: 'site',
  isAttack: false,
  part: 'site',
  play(stage, { load, duration, known, products }) {
    const { random, shop } = stage;
    const reduced = Array.from({ length: products }, () => shop.drawProduct(random));
    playSpike(stage, { load, duration, known, buyers: 30, products: reduced });
  },
});
