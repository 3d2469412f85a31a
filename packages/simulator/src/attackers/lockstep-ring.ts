import { defineCase } from '../script/case-kind.ts';

/** Several accounts that one script moves: the same rare products in the same order with the same gaps, several times. */
export const lockstepRing = defineCase('lockstep_ring', {
  subject: 'campaign',
  isAttack: true,
  part: 168,
  members: ({ actors }) => actors,
  play(stage, { actors, products, rounds, spread, shift }) {
    const { random, shop } = stage;
    const users = Array.from({ length: actors }, () => stage.newUser());
    const between = Math.floor(shop.seconds / (2 * rounds));
    let begin = stage.begin(rounds * between);
    for (let round = 0; round < rounds; round++) {
      const list = Array.from({ length: products }, () => shop.drawRareProduct(random));
      const gaps = list.map(() => 4 + random.below(30));
      for (const user of users) {
        const session = stage.newSession(user);
        let second = begin + random.below(spread);
        for (const [place, product] of list.entries()) {
          stage.add(session, second, place === products - 1 ? 'cart' : 'view', product);
          second += (gaps[place] ?? 0) + random.below(shift + 1);
        }
      }
      begin += between;
    }
  },
});
