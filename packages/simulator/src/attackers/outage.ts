import { defineCase } from '../script/case-kind.ts';

/** The shop loses visits for a time. People come back later; machines do not. */
export const outage = defineCase('outage', {
  subject: 'site',
  isAttack: true,
  part: 'site',
  play(stage, { lost, duration }) {
    const from = stage.beginInSlot(duration);
    stage.fail({ from, to: from + duration - 1, lost });
  },
});
