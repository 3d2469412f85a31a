import type { ClockChange } from './clock-change.ts';
import type { Profile } from './hour-profile.ts';
import { saleOn } from './sale-days.ts';

/** The exact number of a stream's sessions that begin in each hour. */
export interface Arrivals {
  /** Sessions that begin in hour `hour`, counted from the start of the run. */
  inHour(hour: number): number;
}

/** `YYYY-MM-DD` of a second since 1970. */
export const dayOf = (second: number): string => new Date(second * 1000).toISOString().slice(0, 10);

/** The weight of every hour of the run, by a profile, which each change of the clocks moves by an hour. */
export function hourWeights(
  profile: Profile,
  startSecond: number,
  days: number,
  saleDays?: readonly string[],
  changes: readonly ClockChange[] = [],
): Float64Array {
  const weights = new Float64Array(days * 24);
  for (let day = 0; day < days; day++) {
    const second = startSecond + day * 86_400;
    const sale = saleOn(dayOf(second), saleDays)?.[profile.sale] ?? 100;
    // 1 January 1970 was a Thursday.
    const weekday = (Math.floor(second / 86_400) + 4) % 7;
    for (let hour = 0; hour < 24; hour++) {
      const since = changes.filter((change) => change.second <= (day * 24 + hour) * 3600);
      const later = since.reduce((sum, change) => sum + change.hours, 0);
      const local = (hour - later + 24) % 24;
      weights[day * 24 + hour] = (profile.hours[local] ?? 0) * (profile.weekdays[weekday] ?? 100) * sale;
    }
  }
  return weights;
}

/** Spreads `sessions` over hours in proportion to `weights`, exactly and without randomness. */
export function createArrivals(sessions: number, weights: Float64Array): Arrivals {
  const edges = new Float64Array(weights.length + 1);
  let sum = 0;
  for (const [hour, weight] of weights.entries()) {
    sum += weight;
    edges[hour + 1] = sum;
  }
  const before = (hour: number): number =>
    hour >= weights.length ? sessions : Math.floor((sessions * (edges[hour] ?? 0)) / sum);
  return { inHour: (hour) => before(hour + 1) - before(hour) };
}
