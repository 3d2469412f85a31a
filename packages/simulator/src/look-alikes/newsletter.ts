import { defineCase } from '../script/case-kind.ts';
import { personPause, personRows } from '../script/person.ts';
import type { Stage } from '../script/stage.ts';
import { fadingDelay } from './spread.ts';

/** Percent of the readers who leave after the first product, and of the others who look around in the shop after the list. */
const leaving = 35;
const staying = 30;
/** Percent of those who look around that buy. */
const buying = 20;

/** Reads a part of the list in its order, at the pace of a person, and returns the rows. */
function readList(stage: Stage, list: readonly number[], start: number): number {
  const { random } = stage;
  const session = stage.newSession(stage.visitor(95));
  let second = start;
  let rows = 0;
  const add = (type: 'view' | 'cart', product: number): void => {
    stage.add(session, second, type, product);
    second += personPause(stage);
    rows += 1;
  };
  const read = random.below(100) < leaving ? 1 : 2 + random.below(list.length - 1);
  for (const product of list.slice(0, read)) {
    add('view', product);
    if (read > 1 && random.below(16) === 0) add('cart', product);
  }
  if (read === 1 || random.below(100) >= staying) return rows;
  const more = personRows(stage, { buys: random.below(100) < buying });
  for (const { after, type, product } of more) stage.add(session, second + after, type, product);
  return rows + more.length;
}

/** A newsletter: customers who follow the same list of products in its order, each at a pace of their own. Some then look around. */
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
    for (let written = 0; written < planned; )
      written += readList(stage, list, begin + fadingDelay(random, lasting));
  },
});
