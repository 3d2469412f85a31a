import type { LocalTime } from './local-clock.ts';
import { type Counts, type SummaryCount, summaryCounts } from './minute-summary.ts';
import type { BandParameters } from './parameters.ts';

/** Sums of the minutes of a quarter of an hour that were learned: their number, then the numbers of summaries in their order. */
type Bin = number[];

/** What is usual, as plain data that survives JSON. */
export interface BaselineState {
  readonly days: readonly (readonly [
    day: number,
    bins: readonly (readonly [place: number, bin: readonly number[]])[],
  ])[];
}

/**
 * Usual rates per minute: a robust deviation around the median of earlier days, wide enough for those of the same weekday, and of the
 * half hours before and after.
 */
export interface Band {
  readonly low: number;
  /** The median at the very time. */
  readonly middle: number;
  readonly high: number;
  /** Earlier days that it is known of. */
  readonly days: number;
}

/** What earlier days were like at the same time of day, in quarters of an hour by the shop's clock. */
export interface Baseline {
  learn(at: LocalTime, counts: Counts): void;
  /** The usual rate of a number at a time of day; undefined where no earlier day is known. */
  usual(at: LocalTime, name: SummaryCount): Band | undefined;
  /** The sum of a number over all that was learned. */
  total(name: SummaryCount): number;
  /** Forgets all. */
  clear(): void;
  snapshot(): BaselineState;
}

const binMinutes = 15;
const binsOfDay = 1440 / binMinutes;
/** Minutes of a day that share a band. */
const stepMinutes = 5;
/** Minutes of an earlier day that must be known around the time, of those that could be. */
const leastKnown = 0.25;

/** Bounded: a bin for each quarter of an hour of the days that are remembered. */
export function createBaseline(parameters: BandParameters, state?: BaselineState): Baseline {
  const days = new Map<number, Map<number, Bin>>(
    state?.days.map(([day, bins]) => [day, new Map(bins.map(([place, bin]) => [place, [...bin]]))]),
  );
  const reach = Math.max(1, Math.round(parameters.around / binMinutes));
  const totals = summaryCounts.map((_, place) => {
    let sum = 0;
    for (const bins of days.values()) for (const bin of bins.values()) sum += bin[place + 1] ?? 0;
    return sum;
  });

  const forget = (day: number): void => {
    for (const old of days.keys()) {
      if (old > day - parameters.days) continue;
      for (const bin of days.get(old)?.values() ?? [])
        for (const place of summaryCounts.keys())
          totals[place] = (totals[place] ?? 0) - (bin[place + 1] ?? 0);
      days.delete(old);
    }
  };

  /** The rate of a day around a minute, undefined where too little is known of it. Bins at the edges count by the part that is inside. */
  const rateOf = (day: number, minute: number, place: number): number | undefined => {
    let minutes = 0;
    let sum = 0;
    const center = minute / binMinutes;
    for (let bin = Math.floor(center) - reach; bin <= Math.floor(center) + reach; bin++) {
      const weight = Math.min(1, reach + 0.5 - Math.abs(bin + 0.5 - center));
      const turn = Math.floor(bin / binsOfDay);
      const found = days.get(day + turn)?.get(bin - turn * binsOfDay);
      if (found === undefined || weight <= 0) continue;
      minutes += weight * (found[0] ?? 0);
      sum += weight * (found[place + 1] ?? 0);
    }
    return minutes >= leastKnown * 2 * reach * binMinutes ? sum / minutes : undefined;
  };

  const cached = new Map<SummaryCount, Band | undefined>();
  let cachedAt = Number.NaN;
  /** The band around a minute. */
  const bandAround = (day: number, minute: number, place: number): Band | undefined => {
    const all: number[] = [];
    const sameWeekday: number[] = [];
    for (let back = 1; back <= parameters.days; back++) {
      const rate = rateOf(day - back, minute, place);
      if (rate === undefined) continue;
      all.push(rate);
      if (back % 7 === 0) sameWeekday.push(rate);
    }
    if (all.length === 0) return undefined;
    const isOld = all.length >= parameters.weekdaysAfter && sameWeekday.length > 1;
    return hullOf(bandOf(all), isOld ? [bandOf(sameWeekday)] : []);
  };

  /** Shops open and close: what is usual a little earlier and later is no surprise. */
  const usualOf = (day: number, minute: number, name: SummaryCount): Band | undefined => {
    const place = summaryCounts.indexOf(name);
    const now = bandAround(day, minute, place);
    if (now === undefined) return undefined;
    const turns = [-parameters.around, parameters.around];
    return hullOf(
      now,
      turns.flatMap((turn) => bandAround(day, minute + turn, place) ?? []),
    );
  };

  return {
    learn({ day, minute }, counts) {
      let bins = days.get(day);
      if (bins === undefined) {
        bins = new Map();
        days.set(day, bins);
        forget(day);
      }
      const place = Math.floor(minute / binMinutes);
      const bin = bins.get(place) ?? [0, ...summaryCounts.map(() => 0)];
      bins.set(place, bin);
      bin[0] = (bin[0] ?? 0) + 1;
      for (const [index, name] of summaryCounts.entries()) {
        bin[index + 1] = (bin[index + 1] ?? 0) + counts[name];
        totals[index] = (totals[index] ?? 0) + counts[name];
      }
    },
    usual(at, name) {
      const day = at.day;
      // What is usual changes slowly: it is worked out once for a few minutes.
      const minute = Math.floor(at.minute / stepMinutes) * stepMinutes + stepMinutes / 2;
      const key = day * 1440 + minute;
      if (key !== cachedAt) {
        cachedAt = key;
        cached.clear();
      }
      if (!cached.has(name)) cached.set(name, usualOf(day, minute, name));
      return cached.get(name);
    },
    total: (name) => totals[summaryCounts.indexOf(name)] ?? 0,
    clear() {
      days.clear();
      totals.fill(0);
      cachedAt = Number.NaN;
    },
    snapshot: () => ({
      days: [...days].map(([day, bins]) => [day, [...bins].map(([place, bin]) => [place, [...bin]])]),
    }),
  };
}

/** The median, a robust deviation less and more: 1.4826 medians of the deviations are a standard deviation of a normal distribution. */
function bandOf(rates: readonly number[]): Band {
  const median = medianOf(rates);
  const deviation = 1.4826 * medianOf(rates.map((rate) => Math.abs(rate - median)));
  return {
    low: Math.max(0, median - deviation),
    middle: median,
    high: median + deviation,
    days: rates.length,
  };
}

const hullOf = (band: Band, others: readonly Band[]): Band => ({
  low: Math.min(band.low, ...others.map(({ low }) => low)),
  middle: band.middle,
  days: band.days,
  high: Math.max(band.high, ...others.map(({ high }) => high)),
});

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
