import type { EventsTable } from '@headwater/core';
import type { EventRow } from '../record/event-identity.ts';
import {
  createEventIntake,
  type EventIntakeState,
  type EventRecord,
  type IntakeCounts,
} from '../windows/event-intake.ts';
import { assertThresholds } from './define-thresholds.ts';
import { type Breach, breachOf, type Finding, isBeyond, type Share } from './finding.ts';
import { createOpenSubjects, type OpenSubjectsState } from './open-subjects.ts';
import { defaultThresholds, type Threshold } from './threshold.ts';
import { thresholdCounter } from './threshold-counter.ts';
import {
  judgeSlice,
  nextEnd,
  type ThresholdWindows,
  type ThresholdWindowsState,
  thresholdWindows,
  windowsState,
} from './threshold-windows.ts';

/** How a watcher works. Times are in seconds. */
export interface WatchOptions {
  /** Defaults to {@link defaultThresholds}. */
  readonly thresholds?: readonly Threshold[];
  /** How much later than a younger one an event may arrive. Windows are judged this long after their end. Defaults to 10. */
  readonly lateness?: number;
  /** How long a subject has to stay within the limit for its incident to end. Defaults to 1800. */
  readonly quiet?: number;
  /** Actors whose events are not counted, such as the shop's own monitor. */
  readonly allow?: readonly string[];
  /** Counts kept for each threshold, over the windows that are open at a time. Defaults to 50,000; more subjects are not all watched. */
  readonly subjects?: number;
  /** Events remembered, to find those that are delivered twice. Defaults to 200,000. */
  readonly remembered?: number;
  /**
   * Set where the watcher has one shard of several. What it counted of products and of the site is then returned as shares, for
   * somebody else to add up.
   */
  readonly shares?: boolean;
}

/** Where a watcher stands, as plain data that survives JSON. Samples of rows are not part of it. */
export interface WatchState {
  readonly version: 1;
  readonly intake: EventIntakeState;
  /** The time of the oldest event, in milliseconds. */
  readonly earliest: number | null;
  readonly windows: Readonly<Record<string, ThresholdWindowsState>>;
  readonly open: OpenSubjectsState;
}

/** What a watcher did with the events that it was given. */
export interface WatchCounts extends IntakeCounts {
  /** Of the new events, those of actors on the allow-list, which are not counted. */
  readonly allowed: number;
  /** Rows of subjects that were dropped from memory, once for each threshold. They are missing in counts. */
  readonly unwatched: number;
}

/** Watches the events of a table for thresholds. */
export interface ThresholdWatcher {
  /**
   * Counts a clean row, and judges the windows that are complete by its time.
   *
   * @param event of a result of `createRecordReader`, its `event`
   * @throws HeadwaterError `OPTION_INVALID` for what is no event of the table
   */
  observe(event: EventRow, record?: EventRecord): (Finding | Share)[];
  /** Judges the windows that are complete when event time has reached `time`, though no event says so. */
  advance(time: Date): (Finding | Share)[];
  /** Judges what is left at the end of a stream. Too little is not judged: the last windows are not complete. */
  finish(): (Finding | Share)[];
  /** Says that the sum of shares was beyond the limit, so that the watcher says when it is quiet. */
  noteBreach(breach: Breach): void;
  /** The time until which everything is judged, in milliseconds; minus infinity at first. */
  readonly complete: number;
  counts(): WatchCounts;
  /**
   * @param leastRows counts of fewer rows are left out; with more than 1 the state is not whole. Defaults to 1
   */
  snapshot(leastRows?: number): WatchState;
}

/** After a longer pause the stream is taken for a new one, and what was missing in between is not judged. */
const longestPause = 31 * 86_400_000;
/** The share of a product is not passed on below this part of the limit: writes are bounded, and a sum is too low by that much a shard. */
const leastShare = 0.1;

/**
 * Watches a table for thresholds, in event time and bounded memory. It has no clock and does no I/O: the same events give the same
 * findings.
 *
 * Windows are judged the lateness after their end, in the order of time. So the order in which events arrive does not matter
 * inside the lateness, an event that is delivered twice counts once, and a stream that is cut gives the same findings up to there.
 * Events that are later are counted as late and change nothing. When memory is full, counts are too low and never too high.
 *
 * @param state where an earlier watcher with the same options stood
 * @throws HeadwaterError `THRESHOLD_INVALID`
 * @example
 * ```ts
 * const watcher = createThresholdWatcher(clickstream, { thresholds: defineThresholds(clickstream, [...]) });
 * for (const event of events) for (const finding of watcher.observe(event)) console.log(finding);
 * ```
 */
export function createThresholdWatcher(
  table: Pick<EventsTable, 'schema'>,
  options: WatchOptions = {},
  state?: WatchState,
): ThresholdWatcher {
  const { schema } = table;
  const { thresholds = defaultThresholds, subjects = 50_000, remembered = 200_000, shares = false } = options;
  assertThresholds(table, thresholds);
  const lateness = (options.lateness ?? 10) * 1000;
  const allowed = new Set(options.allow);
  const { actor } = schema.roles;
  const intake = createEventIntake(schema, lateness, remembered, state?.intake);
  const open = createOpenSubjects((options.quiet ?? 1800) * 1000, lateness, state?.open);
  const all = thresholds.map((threshold) =>
    thresholdWindows(thresholdCounter(schema, threshold), subjects, lateness, state?.windows[threshold.kind]),
  );
  let earliest = state?.earliest ?? Number.POSITIVE_INFINITY;
  let next = nextOf(all);
  let allowedEvents = 0;
  let unwatched = 0;

  const judge = (windows: ThresholdWindows, end: number): (Finding | Share)[] => {
    const { counter } = windows;
    const { of } = counter.threshold;
    if (shares && of !== 'actor') {
      // Without the shares of other shards a total says nothing yet.
      const least = of === 'site' ? Number.NEGATIVE_INFINITY : counter.limit * leastShare;
      return judgeSlice(windows, end, earliest, (total) => total > least).map((window) => ({
        finding: 'share',
        counter,
        window,
      }));
    }
    const breaches = judgeSlice(windows, end, earliest, (total) => isBeyond(counter, total)).map(
      (total): Breach => breachOf(counter, total, lateness),
    );
    for (const breach of breaches) open.note(breach);
    return breaches;
  };

  /** Judges what ends at or before `time`, in the order of time. */
  const judgeUntil = (time: number, which: readonly ThresholdWindows[]): (Finding | Share)[] => {
    const found: (Finding | Share)[] = [];
    for (let end = nextOf(which); end <= time && end < Number.POSITIVE_INFINITY; end = nextOf(which)) {
      found.push(...open.takeQuiet(end));
      for (const windows of which) if (nextEnd(windows) === end) found.push(...judge(windows, end));
    }
    next = nextOf(all);
    return found;
  };

  /** Event time has reached `time`: judges what is complete by then. */
  const reach = (time: number): (Finding | Share)[] => {
    const { latest } = intake;
    if (time <= latest) return [];
    const complete = time - lateness;
    if (latest === Number.NEGATIVE_INFINITY || time - latest > longestPause) {
      // Slices without rows are judged from here on.
      for (const windows of all)
        if (windows.counter.threshold.lessThan !== undefined)
          windows.judged = sliceOf(complete, windows.counter.every);
      earliest = latest === Number.NEGATIVE_INFINITY ? Math.min(earliest, time) : time;
      next = nextOf(all);
    }
    intake.reach(time);
    const isDue = complete >= next || Math.floor(time / 1000) > Math.floor(latest / 1000);
    return isDue ? [...judgeUntil(complete, all), ...open.takeQuiet(complete)] : [];
  };

  return {
    observe(event, record) {
      const taken = intake.take(event, record);
      if (taken === undefined) return [];
      const { time } = taken;
      if (time < earliest) earliest = time;
      if (actor !== undefined && allowed.size > 0 && allowed.has(String(event[actor]))) {
        allowedEvents += 1;
        return reach(time);
      }
      for (const { counter, counts } of all) {
        const subject = counter.subjectOf(event);
        if (subject === undefined) continue;
        const start = sliceOf(time, counter.every);
        unwatched += counts.add(start, subject, counter.weightOf(event), taken);
        if (start + counter.every < next) next = start + counter.every;
      }
      return reach(time);
    },
    advance: (time) => [...reach(time.getTime()), ...open.takeQuiet(intake.latest - lateness)],
    finish: () =>
      judgeUntil(
        Number.POSITIVE_INFINITY,
        all.filter(({ counter }) => counter.threshold.lessThan === undefined),
      ),
    noteBreach: (breach) => open.note(breach),
    get complete() {
      return intake.latest - lateness;
    },
    counts: () => ({ ...intake.counts, allowed: allowedEvents, unwatched }),
    snapshot: (leastRows = 1) => ({
      version: 1,
      intake: intake.snapshot(),
      earliest: Number.isFinite(earliest) ? earliest : null,
      windows: Object.fromEntries(
        all.map((windows) => [windows.counter.threshold.kind, windowsState(windows, leastRows)]),
      ),
      open: open.snapshot(),
    }),
  };
}

const sliceOf = (time: number, every: number): number => Math.floor(time / every) * every;

const nextOf = (all: readonly ThresholdWindows[]): number => Math.min(...all.map(nextEnd));
