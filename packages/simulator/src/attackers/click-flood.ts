import { defineCase } from '../script/case-kind.ts';

/** A few machines that ask for one product again and again. */
export const clickFlood = defineCase('click_flood', {
  subject: 'product',
  isAttack: true,
  part: 'site',
  play(stage, { actors, load, duration }) {
    const { random } = stage;
    stage.product = stage.shop.drawProduct(random);
    const begin = stage.beginInSlot(duration);
    const sessions = Array.from({ length: actors }, () => stage.newSession(stage.newUser()));
    const rows = stage.rowsOfLoad(begin, duration, load);
    for (let row = 0; row < rows; row++)
      stage.add(sessions[random.below(actors)] ?? 0, begin + random.below(duration), 'view', stage.product);
  },
});
