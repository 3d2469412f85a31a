import { createRandom } from './random/random.ts';
import type { Arrivals } from './schedule/arrivals.ts';
import { HourStarts } from './schedule/hour-starts.ts';
import { createPopulation } from './shoppers/population.ts';

/** The visits of ordinary shoppers in the order of their beginnings. */
export interface PlannedVisits {
  /** The number of the user of each visit. */
  readonly users: Int32Array;
  /** The second of the run in which each visit begins. */
  readonly seconds: Int32Array;
}

interface VisitStream {
  readonly sessions: number;
  readonly arrivals: Arrivals;
}

/** Plans who visits the shop when, before the first row. Pure: the same input gives the same visits. */
export function planVisits(
  seed: number,
  days: number,
  visitors: VisitStream,
  buyers: VisitStream,
): PlannedVisits {
  const population = createPopulation(seed, days, visitors.sessions, buyers.sessions);
  const starts = new HourStarts(createRandom(seed, 3), [visitors.arrivals, buyers.arrivals]);
  const count = visitors.sessions + buyers.sessions;
  const users = new Int32Array(count);
  const seconds = new Int32Array(count);
  let visit = 0;
  for (let second = 0; second < days * 86_400; second++) {
    if (second % 3600 === 0) starts.turnTo(second / 3600);
    starts.nextSecond();
    for (let stream = starts.take(); stream >= 0; stream = starts.take()) {
      users[visit] = population.pick(stream === 1);
      seconds[visit++] = second;
    }
  }
  return { users, seconds };
}

/** The number of visits that begin before a second of the run. */
export function visitsBefore({ seconds }: PlannedVisits, second: number): number {
  let [low, high] = [0, seconds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seconds[middle] ?? 0) < second) low = middle + 1;
    else high = middle;
  }
  return low;
}
