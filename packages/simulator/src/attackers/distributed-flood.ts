import { defineCase } from '../script/case-kind.ts';

/** Visits of a few rows from clients that were never seen before and never buy. Only their number tells. */
export const distributedFlood = defineCase('distributed_flood', {
  subject: 'site',
  isAttack: true,
  part: 'site',
  play(stage, { rows, load, duration }) {
    const { random, shop } = stage;
    const begin = stage.beginInSlot(duration);
    const planned = stage.rowsOfLoad(begin, duration, load);
    for (let written = 0; written < planned; ) {
      const session = stage.newSession(stage.newUser());
      let second = begin + random.below(duration);
      const read = 1 + random.below(2 * rows - 1);
      for (let row = 0; row < read; row++) {
        stage.add(session, second, 'view', shop.drawProduct(random));
        second += 1 + random.below(10);
      }
      written += read;
    }
  },
});
