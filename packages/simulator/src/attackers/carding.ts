import { defineCase } from '../script/case-kind.ts';

/** Tries stolen cards: new accounts, one after the other, that buy something cheap from their first rows on. */
export const carding = defineCase('carding', {
  subject: 'campaign',
  isAttack: true,
  part: 168,
  members: ({ accounts }) => accounts,
  play(stage, { accounts, purchases, gap, pause, views }) {
    const { random, shop } = stage;
    let second = stage.begin(accounts * (purchases * gap + pause));
    for (let account = 0; account < accounts; account++) {
      const session = stage.newSession(stage.newUser());
      const tries = purchases - 1 + random.below(3);
      for (let purchase = 0; purchase < tries; purchase++) {
        const product = shop.drawCheapProduct(random);
        for (let view = 0; view < views; view++) {
          stage.add(session, second, 'view', product);
          second += stage.gap(gap, 50);
        }
        stage.add(session, second, 'purchase', product);
        second += stage.gap(gap, 50);
      }
      second += stage.gap(pause, 50);
    }
  },
});
