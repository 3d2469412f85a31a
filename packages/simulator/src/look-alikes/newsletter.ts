import { defineCase } from '../script/case-kind.ts';
import { personPause } from '../script/person.ts';
import { fadingDelay } from './spread.ts';

/** A newsletter: customers who follow the same list of products in its order, each at a pace of their own. */
export const newsletter = defineCase('newsletter', {
  subject: 'site',
  isAttack: false,
  part: 'site',
  play(stage, { load, duration, products }) {
    const { random, shop, slot } = stage;
    const lasting = Math.min(duration, slot.to - slot.from);
    const begin = stage.beginInSlot(lasting);
    const list = Array.from({ length: products }, () => shop.drawRareProduct(random));
    const planned = stage.rowsOfLoad(begin, lasting, load);
    for (let written = 0; written < planned; ) {
      const session = stage.newSession(stage.visitor(95));
      let second = begin + fadingDelay(random, lasting);
      const read = 1 + random.below(products);
      for (const product of list.slice(0, read)) {
        stage.add(session, second, 'view', product);
        second += personPause(stage);
        written++;
        if (random.below(12) > 0) continue;
        stage.add(session, second, 'cart', product);
        second += personPause(stage);
        written++;
      }
    }
  },
});
