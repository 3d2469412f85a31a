import { defineCase } from '../script/case-kind.ts';

/** One scraper that changes its account after a few rows, so that no account looks busy. */
export const rotatingIdentities = defineCase('rotating_identities', {
  subject: 'campaign',
  isAttack: true,
  part: 320,
  members: ({ rows, perIdentity }) => Math.ceil(rows / perIdentity),
  play(stage, { rows, perIdentity, gap, jitter }) {
    const { random, shop } = stage;
    let session = stage.newSession(stage.newUser());
    let second = stage.begin(rows * gap);
    // From half of the mean to one and a half of it.
    const changeAfter = (): number => Math.ceil(perIdentity / 2) + random.below(perIdentity);
    let left = changeAfter();
    for (let row = 0; row < rows; row++) {
      if (left-- === 0) {
        session = stage.newSession(stage.newUser());
        left = changeAfter() - 1;
      }
      stage.add(session, second, 'view', shop.drawRareProduct(random));
      // The next account takes over where the last one stopped.
      second += stage.gap(gap, jitter);
    }
  },
});
