import { defineCase } from '../script/case-kind.ts';
import { playSpike } from './spike.ts';

/** An advertisement on television: mostly new people, who come within minutes, land on one product and look around. */
export const advertisingSpike = defineCase('advertising_spike', {
  subject: 'site',
  isAttack: false,
  part: 'site',
  play(stage, { load, duration, known }) {
    const landing = stage.shop.drawProduct(stage.random);
    playSpike(stage, { load, duration, known, buyers: 5, landing });
  },
});
