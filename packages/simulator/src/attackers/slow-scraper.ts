import { defineCase } from '../script/case-kind.ts';

/** Reads product pages for hours at the pace of a person, and begins a new session now and then. */
export const slowScraper = defineCase('slow_scraper', {
  subject: 'actor',
  isAttack: true,
  part: 35,
  play(stage, { rows, gap, jitter, perSession }) {
    const user = stage.newUser();
    let session = stage.newSession(user);
    let second = stage.begin(rows * gap);
    for (let row = 0; row < rows; row++) {
      if (row > 0 && row % perSession === 0) session = stage.newSession(user);
      stage.add(session, second, 'view', stage.shop.drawRareProduct(stage.random));
      second += stage.gap(gap, jitter);
    }
  },
});
