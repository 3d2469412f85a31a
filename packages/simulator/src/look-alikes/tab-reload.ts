import { defineCase } from '../script/case-kind.ts';
import { playPerson } from '../script/person.ts';
import { customers } from './customers.ts';

/** A forgotten tab that reloads its product at exact times, for an hour at most. */
export const tabReload = defineCase('tab_reload', {
  subject: 'actor',
  isAttack: false,
  part: 100,
  play(stage, { gap, duration }) {
    const { random, shop } = stage;
    const user = stage.visitor(customers);
    const begin = stage.begin(duration);
    playPerson(stage, user, begin - random.below(600));
    const session = stage.newSession(user);
    const product = shop.drawProduct(random);
    for (let second = begin; second < begin + duration; second += gap)
      stage.add(session, second, 'view', product);
  },
});
