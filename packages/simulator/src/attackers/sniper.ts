import { defineCase } from '../script/case-kind.ts';

/** Reloads a product until it can be bought, and buys it within a second or two. */
export const sniper = defineCase('sniper', {
  subject: 'actor',
  isAttack: true,
  part: 35,
  play(stage, { drops, polls, gap, jitter, reaction }) {
    const user = stage.newUser();
    const between = Math.floor(stage.shop.seconds / (2 * drops));
    let begin = stage.begin(drops * between);
    for (let drop = 0; drop < drops; drop++) {
      const session = stage.newSession(user);
      const product = stage.shop.drawProduct(stage.random);
      let second = begin;
      for (let poll = 0; poll < polls; poll++) {
        stage.add(session, second, 'view', product);
        second += stage.gap(gap, jitter);
      }
      stage.add(session, second, 'cart', product);
      stage.add(session, second + stage.random.below(reaction + 1), 'purchase', product);
      begin += between;
    }
  },
});
