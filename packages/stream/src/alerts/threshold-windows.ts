import { addSample, type Sample } from '../windows/sample.ts';
import { createSliceCounts, type SliceCounts, type SliceCountsState } from '../windows/slice-counts.ts';
import type { ThresholdCounter } from './threshold-counter.ts';

/** What was counted of a subject in a window. */
export interface WindowTotal {
  readonly subject: string;
  readonly start: number;
  readonly end: number;
  /** In the unit of the counter: rows, or smallest units of the amount. */
  readonly total: number;
  readonly samples: readonly Sample[];
}

/** The windows of one threshold. */
export interface ThresholdWindows {
  readonly counter: ThresholdCounter;
  readonly counts: SliceCounts;
  /** The end of the last slice that was judged. */
  judged: number;
}

/** The windows of a threshold as plain data. */
export interface ThresholdWindowsState {
  readonly every: number;
  readonly judged: number | null;
  readonly slices: SliceCountsState;
}

/**
 * The windows of a threshold, continued from `state` unless the threshold's slices have changed since.
 *
 * @param most the number of counts that are kept, divided among the slices that are open at a time
 * @param lateness milliseconds after its end until a window is judged
 */
export function thresholdWindows(
  counter: ThresholdCounter,
  most: number,
  lateness: number,
  state?: ThresholdWindowsState,
): ThresholdWindows {
  const known = state?.every === counter.every ? state : undefined;
  const openSlices = Math.ceil((counter.within + lateness) / counter.every) + 1;
  return {
    counter,
    counts: createSliceCounts(Math.max(1, Math.floor(most / openSlices)), known?.slices),
    judged: known?.judged ?? Number.NEGATIVE_INFINITY,
  };
}

/** The windows of a threshold as plain data: the counts of so many rows or more. */
export const windowsState = (
  { counter, counts, judged }: ThresholdWindows,
  leastRows: number,
): ThresholdWindowsState => ({
  every: counter.every,
  judged: Number.isFinite(judged) ? judged : null,
  slices: counts.snapshot(leastRows),
});

/** The end of the next slice that has to be judged; infinite where there is none. */
export function nextEnd({ counter, counts, judged }: ThresholdWindows): number {
  // Where too little is an incident, a slice without rows has to be judged as well.
  if (counter.threshold.lessThan !== undefined && judged > Number.NEGATIVE_INFINITY)
    return judged + counter.every;
  let next = Number.POSITIVE_INFINITY;
  for (const start of counts.starts())
    if (start >= judged && start + counter.every < next) next = start + counter.every;
  return next;
}

/**
 * Judges the windows that end with a slice, and forgets the slices that no later window needs. A subject without rows in the last
 * slice is not judged: the window before had all of its rows.
 *
 * @param begin the time of the first event: where too little is an incident, a window that began before it is not complete
 * @param isBeyond whether a total is to be told
 * @returns the totals to be told, by subject
 */
export function judgeSlice(
  windows: ThresholdWindows,
  end: number,
  begin: number,
  isBeyond: (total: number) => boolean,
): WindowTotal[] {
  const { counter, counts } = windows;
  const { within, every, site } = counter;
  const start = end - within;
  const last = counts.at(end - every);
  const judgedSubjects =
    counter.threshold.lessThan === undefined ? (last?.keys() ?? []) : start >= begin ? [site] : [];
  const told: WindowTotal[] = [];
  for (const subject of judgedSubjects) {
    let total = 0;
    for (let slice = start; slice < end; slice += every) total += counts.at(slice)?.get(subject)?.seen ?? 0;
    if (isBeyond(total))
      told.push({ subject, start, end, total, samples: samplesOf(counts, subject, start, end, every) });
  }
  windows.judged = end;
  for (const one of [...counts.starts()]) if (one + within <= end) counts.drop(one);
  return told.sort((one, other) => (one.subject < other.subject ? -1 : 1));
}

function samplesOf(
  counts: SliceCounts,
  subject: string,
  start: number,
  end: number,
  every: number,
): Sample[] {
  const samples: Sample[] = [];
  for (let slice = start; slice < end; slice += every)
    for (const sample of counts.at(slice)?.get(subject)?.samples ?? []) addSample(samples, sample);
  return samples;
}
