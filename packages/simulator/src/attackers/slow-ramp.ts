import { defineCase } from '../script/case-kind.ts';

/** A flood that grows for hours, so that a short memory takes each minute for normal. */
export const slowRamp = defineCase('slow_ramp', {
  subject: 'site',
  isAttack: true,
  part: 'site',
  leastDays: 2,
  play(stage, { rows, load, duration }) {
    const { random, shop, slot } = stage;
    const lasting = Math.min(duration, slot.to - slot.from);
    const begin = stage.beginInSlot(lasting);
    // Half of the peak's rows, because the larger of two draws grows linearly.
    const planned = stage.rowsOfLoad(begin, lasting, load) / 2;
    for (let written = 0; written < planned; ) {
      const session = stage.newSession(stage.newUser());
      let second = begin + Math.max(random.below(lasting), random.below(lasting));
      const read = 1 + random.below(2 * rows - 1);
      for (let row = 0; row < read; row++) {
        stage.add(session, second, 'view', shop.drawProduct(random));
        second += 1 + random.below(20);
      }
      written += read;
    }
  },
});
