import { defineCase } from '../script/case-kind.ts';
import { personPause } from '../script/person.ts';
import { customers } from './customers.ts';

/** Someone who opens a page of results in many tabs within seconds, and then reads them. */
export const manyTabs = defineCase('many_tabs', {
  subject: 'actor',
  isAttack: false,
  part: 100,
  play(stage, { bursts, tabs }) {
    const { random, shop } = stage;
    const session = stage.newSession(stage.visitor(customers));
    let second = stage.begin(bursts * 1200);
    for (let burst = 0; burst < bursts; burst++) {
      const category = shop.drawCategory(random);
      const opened = Math.ceil(tabs / 2) + random.below(Math.floor(tabs / 2) + 1);
      for (let tab = 0; tab < opened; tab++) {
        stage.add(session, second, 'view', shop.drawProductOf(category, random));
        second += random.below(3);
      }
      second += 60 + Math.min(900, personPause(stage));
      if (random.below(2) === 0) stage.add(session, second, 'cart', shop.drawProductOf(category, random));
      second += personPause(stage);
    }
  },
});
