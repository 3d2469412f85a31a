import { defineCase } from '../script/case-kind.ts';
import { personPause } from '../script/person.ts';

/** Records the session of a person once, and plays it again and again: the same products with the same gaps. */
export const replayedSession = defineCase('replayed_session', {
  subject: 'actor',
  isAttack: true,
  part: 35,
  play(stage, { rows, replays, pause, shift }) {
    const { random, shop } = stage;
    const user = stage.newUser();
    const recorded = Array.from({ length: rows }, (_, row) => ({
      product: shop.drawProduct(random),
      type: row % 5 === 4 ? ('cart' as const) : ('view' as const),
      pause: Math.min(300, personPause(stage)),
    }));
    const duration = recorded.reduce((sum, row) => sum + row.pause, 0);
    let second = stage.begin(replays * (duration + pause));
    for (let replay = 0; replay < replays; replay++) {
      const session = stage.newSession(user);
      for (const row of recorded) {
        stage.add(session, second, row.type, row.product);
        second += row.pause + random.below(shift + 1);
      }
      second += stage.gap(pause, 30);
    }
  },
});
