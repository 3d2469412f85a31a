import { defineCase } from '../script/case-kind.ts';

/** Asks for the same products at regular times, for a day or longer. */
export const priceMonitor = defineCase('price_monitor', {
  subject: 'actor',
  isAttack: true,
  part: 35,
  leastDays: 2,
  play(stage, { products, gap, jitter, visits }) {
    const user = stage.newUser();
    const watched = Array.from({ length: products }, () => stage.shop.drawProduct(stage.random));
    let session = stage.newSession(user);
    let second = stage.begin(visits * gap);
    for (let visit = 0; visit < visits; visit++) {
      // A list is one session.
      if (visit > 0 && visit % products === 0) session = stage.newSession(user);
      stage.add(session, second, 'view', watched[visit % products] ?? 0);
      second += stage.gap(gap, jitter);
    }
  },
});
