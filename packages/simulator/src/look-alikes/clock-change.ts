import { clockChangesOf } from '../schedule/clock-change.ts';
import { defineCase } from '../script/case-kind.ts';

/** The day on which the clocks change: from then on people come an hour earlier or later in UTC. */
export const clockChange = defineCase('clock_change', {
  subject: 'site',
  isAttack: false,
  part: 'once',
  play(stage) {
    const { startSecond, seconds } = stage.shop;
    const change = clockChangesOf(startSecond, seconds)[0];
    if (change) stage.span = { from: change.second, to: Math.min(seconds, change.second + 86_400) - 1 };
  },
});
