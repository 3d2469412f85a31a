import { addSample, type Sample } from './sample.ts';

/** What a subject did in a slice of time. */
export interface SliceCount {
  /** What was counted: rows, or an amount in its smallest units. */
  seen: number;
  rows: number;
  readonly samples: Sample[];
  /** Set when it was passed over once, until it has another row. */
  isSpared: boolean;
}

/** Counts by slice and subject, as plain data: without samples. */
export type SliceCountsState = readonly (readonly [
  start: number,
  counts: readonly (readonly [subject: string, seen: number, rows: number])[],
])[];

/** How many subjects are passed over before one is dropped. */
const mostSpared = 8;

/** Counts by slice of time and subject. */
export interface SliceCounts {
  /** The counts of the slice that begins at `start`. */
  at(start: number): ReadonlyMap<string, SliceCount> | undefined;
  /** @returns the rows of a subject that had to be dropped for this one */
  add(start: number, subject: string, weight: number, sample?: Sample): number;
  /** The beginnings of the slices, in no order. */
  starts(): Iterable<number>;
  drop(start: number): void;
  /** @param leastRows counts of fewer rows are left out */
  snapshot(leastRows: number): SliceCountsState;
}

/**
 * Counts with bounded memory. When a slice has `most` counts, a new subject takes the place of one of the oldest: of those with a
 * single row first, and of those with a row since they were last passed over later. What is dropped is no longer counted, so a count
 * is never above the truth.
 */
export function createSliceCounts(most: number, state: SliceCountsState = []): SliceCounts {
  const slices = new Map<number, Slice>(
    state.map(([start, counts]) => [
      start,
      sliceOf(counts.map(([subject, seen, rows]) => [subject, { seen, rows, samples: [], isSpared: false }])),
    ]),
  );
  return {
    at: (start) => slices.get(start)?.counts,
    add(start, subject, weight, sample) {
      let slice = slices.get(start);
      if (slice === undefined) {
        slice = sliceOf([]);
        slices.set(start, slice);
      }
      const count = slice.counts.get(subject);
      if (count !== undefined) {
        count.seen += weight;
        count.rows += 1;
        count.isSpared = false;
        if (sample) addSample(count.samples, sample);
        return 0;
      }
      const dropped = slice.counts.size >= most ? evict(slice) : 0;
      slice.counts.set(subject, { seen: weight, rows: 1, samples: sample ? [sample] : [], isSpared: false });
      return dropped;
    },
    starts: () => slices.keys(),
    drop: (start) => void slices.delete(start),
    snapshot: (leastRows) =>
      [...slices].map(([start, { counts }]) => [
        start,
        [...counts].flatMap(([subject, { seen, rows }]) =>
          rows < leastRows ? [] : [[subject, seen, rows] as const],
        ),
      ]),
  };
}

interface Slice {
  readonly counts: Map<string, SliceCount>;
  /** Goes around the counts as the hand of a clock: an iterator of a Map goes on past what is deleted or added behind it. */
  hand: Iterator<[string, SliceCount]>;
}

function sliceOf(entries: readonly [string, SliceCount][]): Slice {
  const counts = new Map(entries);
  return { counts, hand: counts.entries() };
}

/** @returns the rows of the subject that was dropped */
function evict(slice: Slice): number {
  for (let spared = 0; ; ) {
    const next = slice.hand.next();
    if (next.done === true) {
      slice.hand = slice.counts.entries();
      continue;
    }
    const [subject, count] = next.value;
    slice.counts.delete(subject);
    if (count.rows === 1 || count.isSpared || spared === mostSpared) return count.rows;
    spared += 1;
    count.isSpared = true;
    slice.counts.set(subject, count);
  }
}
