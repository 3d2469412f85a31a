import {
  addCounts,
  type Counts,
  emptyMinute,
  type MinuteSummary,
  subtractCounts,
  summaryCounts,
} from './minute-summary.ts';
import type { ProductCount } from './product-count.ts';

/** A minute that waits to be learned. */
export interface RecentMinute {
  readonly summary: MinuteSummary;
  /** The visits that were usual at the time; 0 where nothing was known. */
  readonly usualVisits: number;
  /** Whether it was found to be unusual, so that it is not learned from. */
  isUnusual: boolean;
}

/** The last minutes, as plain data that survives JSON. */
export type RecentMinutesState = readonly (readonly [
  start: number,
  isUnusual: boolean,
  usualVisits: number,
  counts: readonly number[],
  members: readonly string[],
  products: readonly ProductCount[],
])[];

/** The last minutes, by time. */
export interface RecentMinutes {
  /** @returns the minutes that are too old to wait any longer, in the order of time */
  add(summary: MinuteSummary, usualVisits: number): RecentMinute[];
  /** The minutes from `from` until before `to` that are known, in the order of time. */
  between(from: number, to: number): RecentMinute[];
  /** The sum of {@link between}. */
  sum(from: number, to: number): Counts;
  snapshot(): RecentMinutesState;
}

/** Minutes whose products and members are kept. */
const detailed = 60;

/** @param hold minutes that are kept */
export function createRecentMinutes(hold: number, state: RecentMinutesState = []): RecentMinutes {
  const minutes = new Map<number, RecentMinute>(
    state.map(read).map((minute) => [minute.summary.start, minute]),
  );

  let latest = Math.max(0, ...minutes.keys());

  const between = (from: number, to: number): RecentMinute[] => {
    const found: RecentMinute[] = [];
    const [oldest = to] = minutes.keys();
    for (let start = Math.ceil(Math.max(from, oldest) / 60_000) * 60_000; start < to; start += 60_000) {
      const minute = minutes.get(start);
      if (minute !== undefined) found.push(minute);
    }
    return found;
  };

  /** The sums of all minutes before each, so that a span costs no more than a minute. */
  const sums = new Map<number, Counts>();
  let total = addCounts([]);
  const include = ({ summary }: RecentMinute): void => {
    sums.set(summary.start, total);
    total = addCounts([total, summary]);
  };
  for (const minute of minutes.values()) include(minute);

  /** The sums before the first minute at or after `time`. */
  const before = (time: number): Counts => {
    const [oldest = 0] = sums.keys();
    for (let start = Math.ceil(Math.max(time, oldest) / 60_000) * 60_000; start <= latest; start += 60_000) {
      const found = sums.get(start);
      if (found !== undefined) return found;
    }
    return total;
  };

  return {
    add(summary, usualVisits) {
      const due: RecentMinute[] = [];
      for (const [start, minute] of minutes) {
        if (start > summary.start - hold * 60_000) break;
        minutes.delete(start);
        sums.delete(start);
        due.push(minute);
      }
      const added = { summary, usualVisits, isUnusual: false };
      minutes.set(summary.start, added);
      include(added);
      latest = summary.start;
      const plain = minutes.get(summary.start - detailed * 60_000);
      if (plain !== undefined && plain.summary.products.length + plain.summary.members.length > 0)
        minutes.set(plain.summary.start, {
          ...plain,
          summary: { ...emptyMinute(plain.summary.start), ...plain.summary, members: [], products: [] },
        });
      return due;
    },
    between,
    sum: (from, to) => subtractCounts(before(to), before(from)),
    snapshot: () => [...minutes.values()].map(write),
  };
}

const write = ({ summary, usualVisits, isUnusual }: RecentMinute): RecentMinutesState[number] => [
  summary.start,
  isUnusual,
  usualVisits,
  summaryCounts.map((name) => summary[name]),
  summary.members,
  summary.products,
];

function read([
  start,
  isUnusual,
  usualVisits,
  counts,
  members,
  products,
]: RecentMinutesState[number]): RecentMinute {
  const numbers = Object.fromEntries(summaryCounts.map((name, place) => [name, counts[place] ?? 0]));
  const summary = { ...emptyMinute(start), ...numbers, members, products };
  return { summary, usualVisits, isUnusual };
}
