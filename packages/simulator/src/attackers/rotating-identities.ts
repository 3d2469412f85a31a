import { defineCase } from '../script/case-kind.ts';

/** One scraper that changes its account after a few rows, so that no account looks busy. */
export const rotatingIdentities = defineCase('rotating_identities', {
  subject: 'campaign',
  isAttack: true,
  part: 200,
  members: ({ rows, perIdentity }) => Math.ceil(rows / perIdentity),
  play(stage, { rows, perIdentity, gap, jitter }) {
    let session = stage.newSession(stage.newUser());
    let second = stage.begin(rows * gap);
    for (let row = 0; row < rows; row++) {
      if (row > 0 && row % perIdentity === 0) session = stage.newSession(stage.newUser());
      stage.add(session, second, 'view', stage.shop.drawRareProduct(stage.random));
      // The next account takes over where the last one stopped.
      second += stage.gap(gap, jitter);
    }
  },
});
