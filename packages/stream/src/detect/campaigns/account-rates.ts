/** How many accounts began lately, as plain data. */
export interface AccountRatesState {
  /** Since when they are counted, in seconds since 1970. */
  readonly since: number | null;
  /** Ten minutes since 1970, and the accounts of each band and grade. */
  readonly slots: readonly (readonly [slot: number, counts: readonly number[]])[];
  /** The accounts of each band of all times. */
  readonly ever: readonly number[];
}

/** How many suspicious accounts begin, by their pace, and how suspicious they are. */
export interface AccountRates {
  /** Counts an account that began about `time`, in seconds. */
  count(band: number, grade: number, time: number): void;
  /** Leaves out accounts of a band that turned out to be of one hand: so many of those since then. */
  leaveOut(band: number, apart: number, count: number, since: number): void;
  /** Time has reached `time`, in seconds. */
  reach(time: number): void;
  /** An account of the last minutes has another grade. */
  regrade(before: number, after: number): void;
  /** The share of the accounts of the last day that have this grade, with `usual` for some accounts more. */
  share(grade: number, usual: number): number;
  /**
   * Accounts a second whose band differs by at most `apart`: those of the last day or of the last hour, whichever are more, without those of
   * a chain.
   *
   * @param chain how many accounts the chain has, and since when
   */
  rate(
    band: number,
    apart: number,
    time: number,
    chain: { readonly length: number; readonly since: number },
  ): number;
  /** The number of accounts whose band differs by at most `apart`, of all times, without those that are left out. */
  ever(band: number, apart: number): number;
  /** The number of accounts in the last day. */
  readonly total: number;
  snapshot(): AccountRatesState;
}

const slotSeconds = 600;
const slotsOfDay = 144;
const slotsOfHour = 6;
const bands = 24;
/** Degrees of suspicion, from 0. */
const grades = 4;
/** Accounts that are assumed, so that a few have no grades of their own. */
const assumed = 50;
const perDoubling = 2;

/** The band of a pace in seconds between two rows: half of a doubling. */
export const bandOf = (pace: number): number =>
  Math.min(bands - 1, Math.round(perDoubling * Math.log2(Math.max(1, pace))));

/** The number of bands that a factor between two paces is. */
export const bandsOf = (factor: number): number => Math.round(perDoubling * Math.log2(factor));

export function createAccountRates(state?: AccountRatesState): AccountRates {
  let begin = state?.since ?? Number.POSITIVE_INFINITY;
  const slots: [slot: number, counts: number[]][] = (state?.slots ?? []).map(([slot, counts]) => [
    slot,
    [...counts],
  ]);
  /** By band, and after them by grade. */
  const day = new Float64Array(bands + grades);
  const ever = Float64Array.from({ length: bands }, (_, band) => state?.ever[band] ?? 0);
  let total = 0;
  const addToDay = (counts: readonly number[], sign: 1 | -1): void => {
    for (const [band, count] of counts.entries()) {
      day[band] = (day[band] ?? 0) + sign * count;
      if (band < bands) total += sign * count;
    }
  };
  for (const [, counts] of slots) addToDay(counts, 1);

  /** Forgets what is older than a day. */
  const reach = (time: number): number => {
    begin = Math.min(begin, time);
    const slot = Math.floor(time / slotSeconds);
    for (let oldest = slots[0]; oldest !== undefined && oldest[0] <= slot - slotsOfDay; oldest = slots[0]) {
      addToDay(oldest[1], -1);
      slots.shift();
    }
    return slot;
  };

  return {
    count(band, grade, time) {
      const slot = reach(time);
      let last = slots.at(-1);
      if (last === undefined || last[0] < slot) {
        last = [slot, new Array<number>(bands + grades).fill(0)];
        slots.push(last);
      }
      for (const place of [band, bands + grade]) {
        last[1][place] = (last[1][place] ?? 0) + 1;
        day[place] = (day[place] ?? 0) + 1;
      }
      ever[band] = (ever[band] ?? 0) + 1;
      total += 1;
    },
    leaveOut(band, apart, count, since) {
      let left = count;
      for (let place = slots.length - 1; place >= 0 && left > 0; place--) {
        const [slot, counts] = slots[place] ?? [0, []];
        if ((slot + 1) * slotSeconds < since) return;
        for (let one = Math.max(0, band - apart); one <= Math.min(bands - 1, band + apart); one++) {
          const out = Math.min(left, counts[one] ?? 0);
          counts[one] = (counts[one] ?? 0) - out;
          day[one] = (day[one] ?? 0) - out;
          ever[one] = (ever[one] ?? 0) - out;
          total -= out;
          left -= out;
        }
      }
    },
    reach: (time) => void reach(time),
    regrade(before, after) {
      const counts = slots.at(-1)?.[1];
      if (counts === undefined || before === after) return;
      for (const [grade, change] of [
        [before, -1],
        [after, 1],
      ] as const) {
        counts[bands + grade] = (counts[bands + grade] ?? 0) + change;
        day[bands + grade] = (day[bands + grade] ?? 0) + change;
      }
    },
    share: (grade, usual) => (Math.max(0, day[bands + grade] ?? 0) + assumed * usual) / (total + assumed),
    rate(band, apart, time, { length, since }) {
      const slot = reach(time);
      const from = Math.max(0, band - apart);
      const to = Math.min(bands - 1, band + apart);
      let ofDay = 0;
      for (let one = from; one <= to; one++) ofDay += day[one] ?? 0;
      let ofHour = 0;
      for (let place = slots.length - 1; place >= 0; place--) {
        const [begin, counts] = slots[place] ?? [0, []];
        if (begin <= slot - slotsOfHour) break;
        for (let one = from; one <= to; one++) ofHour += counts[one] ?? 0;
      }
      const hour = slotSeconds * slotsOfHour;
      const seconds = Math.max(hour, Math.min(slotSeconds * slotsOfDay, time - begin));
      const chainOfHour = length * Math.min(1, hour / Math.max(1, time - since));
      return Math.max((Math.max(0, ofDay - length) + 1) / seconds, Math.max(0, ofHour - chainOfHour) / hour);
    },
    ever(band, apart) {
      let sum = 0;
      for (let one = Math.max(0, band - apart); one <= Math.min(bands - 1, band + apart); one++)
        sum += ever[one] ?? 0;
      return sum;
    },
    get total() {
      return total;
    },
    snapshot: () => ({
      since: Number.isFinite(begin) ? begin : null,
      slots: slots.map(([slot, counts]) => [slot, [...counts]]),
      ever: [...ever],
    }),
  };
}
