import { defineCase } from '../script/case-kind.ts';

/** The shop's own check that it answers: one account, one product, at exact times from the first day to the last. */
export const ownMonitor = defineCase('own_monitor', {
  subject: 'actor',
  isAttack: false,
  part: 'once',
  play(stage, { gap }) {
    const { shop, random } = stage;
    const user = stage.newUser();
    const product = shop.drawProduct(random);
    for (let day = 0; day < shop.seconds; day += 86_400) {
      const session = stage.newSession(user);
      for (let second = day; second < day + 86_400; second += gap)
        stage.add(session, second, 'view', product);
    }
  },
});
