import { expect, it } from 'vitest';
import { clockChangesOf } from '../src/schedule/clock-change.ts';

const startOf = (year: number): number => Date.UTC(year, 0, 1) / 1000;
const berlin = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Berlin',
  hour: '2-digit',
  hourCycle: 'h23',
});
/** Hours by which the clocks of Berlin are ahead of UTC. */
const aheadAt = (second: number): number =>
  (Number(berlin.format(second * 1000)) - new Date(second * 1000).getUTCHours() + 24) % 24;

it.each(Array.from({ length: 20 }, (_, at) => 2011 + at))(
  'the clocks of %i change when those of Berlin do',
  (year) => {
    const start = startOf(year);
    const changes = clockChangesOf(start, startOf(year + 1) - start);
    expect(changes.map((change) => change.hours)).toEqual([-1, 1]);
    for (const { second, hours } of changes) {
      const at = start + second;
      // People come later in UTC when the clocks go back.
      expect(aheadAt(at - 1) - aheadAt(at)).toBe(hours);
    }
  },
);

it('a run without the day has no change', () => {
  expect(clockChangesOf(Date.UTC(2019, 9, 1) / 1000, 7 * 86_400)).toEqual([]);
  expect(clockChangesOf(Date.UTC(2019, 11, 30) / 1000, 60 * 86_400)).toEqual([]);
});
