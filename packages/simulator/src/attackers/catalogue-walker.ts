import { defineCase } from '../script/case-kind.ts';

/** Counts through the ids of products, in order, further than any list that people follow. */
export const catalogueWalker = defineCase('catalogue_walker', {
  subject: 'actor',
  isAttack: true,
  part: 35,
  play(stage, { rows, gap, jitter, skip }) {
    const session = stage.newSession(stage.newUser());
    let second = stage.begin(rows * gap);
    let place = stage.random.below(stage.shop.catalogue.size);
    for (let row = 0; row < rows; row++) {
      stage.add(session, second, 'view', stage.shop.productInOrder(place));
      place += 1 + stage.random.below(skip);
      second += stage.gap(gap, jitter);
    }
  },
});
