import {
  addCounts,
  type Counts,
  emptyMinute,
  type MinuteSummary,
  type ProductCount,
  summaryCounts,
} from './minute-summary.ts';

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

  const between = (from: number, to: number): RecentMinute[] => {
    const found: RecentMinute[] = [];
    const [oldest = to] = minutes.keys();
    for (let start = Math.ceil(Math.max(from, oldest) / 60_000) * 60_000; start < to; start += 60_000) {
      const minute = minutes.get(start);
      if (minute !== undefined) found.push(minute);
    }
    return found;
  };

  return {
    add(summary, usualVisits) {
      const due: RecentMinute[] = [];
      for (const [start, minute] of minutes) {
        if (start > summary.start - hold * 60_000) break;
        minutes.delete(start);
        due.push(minute);
      }
      minutes.set(summary.start, { summary, usualVisits, isUnusual: false });
      const plain = minutes.get(summary.start - detailed * 60_000);
      if (plain !== undefined && plain.summary.products.length + plain.summary.members.length > 0)
        minutes.set(plain.summary.start, {
          ...plain,
          summary: { ...emptyMinute(plain.summary.start), ...plain.summary, members: [], products: [] },
        });
      return due;
    },
    between,
    sum: (from, to) => addCounts(between(from, to).map(({ summary }) => summary)),
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
