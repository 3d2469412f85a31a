import { defineCase } from '../script/case-kind.ts';
import { playSpike } from './spike.ts';

/** A product that people talk about: for hours they land on it, and then look around. */
export const viralProduct = defineCase('viral_product', {
  subject: 'product',
  isAttack: false,
  part: 'site',
  play(stage, { load, duration, known }) {
    stage.product = stage.shop.drawRareProduct(stage.random);
    playSpike(stage, { load, duration, known, buyers: 8, landing: stage.product });
  },
});
