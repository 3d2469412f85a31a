import { defineCase } from '../script/case-kind.ts';
import { personPause } from '../script/person.ts';
import { customers } from './customers.ts';

/** Someone who spends hours in the shop, looks at the same products again, and fills carts. */
export const powerUser = defineCase('power_user', {
  subject: 'actor',
  isAttack: false,
  part: 100,
  play(stage, { sessions, rows }) {
    const { random, shop } = stage;
    const user = stage.visitor(customers);
    for (let visit = 0; visit < sessions; visit++) {
      const session = stage.newSession(user);
      const category = shop.drawCategory(random);
      let second = stage.begin(7200);
      for (let row = 0; row < rows; row++) {
        const product = shop.drawProductOf(category, random);
        stage.add(session, second, random.below(10) === 0 ? 'cart' : 'view', product);
        second += Math.min(900, personPause(stage));
      }
    }
  },
});
