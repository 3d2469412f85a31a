import { defineCase } from '../script/case-kind.ts';

/** Reads product pages as fast as it can: nearly every product is a new one, and there is no cart. */
export const fastScraper = defineCase('fast_scraper', {
  subject: 'actor',
  isAttack: true,
  part: 35,
  play(stage, { rows, atOnce, gap, jitter }) {
    const session = stage.newSession(stage.newUser());
    let second = stage.begin(rows * gap);
    for (let row = 0; row < rows; row++) {
      stage.add(session, second, 'view', stage.shop.drawRareProduct(stage.random));
      if (row % atOnce === atOnce - 1) second += stage.gap(gap, jitter);
    }
  },
});
