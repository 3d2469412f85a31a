import type { EventsTable } from '@headwater/core';
import { type EventRow, eventIdentity } from '../windows/event-identity.ts';
import { createSeenEvents, type SeenEventsState } from '../windows/seen-events.ts';
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
import { noCounts, type WatchCounts } from './watch-counts.ts';

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
  /** The time of the youngest and of the oldest event, in milliseconds. */
  readonly latest: number | null;
  readonly earliest: number | null;
  readonly windows: Readonly<Record<string, ThresholdWindowsState>>;
  readonly remembered: SeenEventsState;
  readonly open: OpenSubjectsState;
}

/** Watches the events of a table for thresholds. */
export interface ThresholdWatcher {
  /**
   * Counts an event, and judges the windows that are complete by its time.
   *
   * @param event a clean row
   * @param record when its record arrived, and its sequence number
   */
  observe(
    event: EventRow,
    record?: { readonly arrivedAt?: Date; readonly place?: string },
  ): (Finding | Share)[];
  /** Judges the windows that are complete when event time has reached `time`, though no event says so. */
  advance(time: Date): (Finding | Share)[];
  /** Judges what is left at the end of a stream. Too little is not judged: the last windows are not complete. */
  finish(): (Finding | Share)[];
  readonly counts: Readonly<WatchCounts>;
  snapshot(): WatchState;
}

/** Clocks of producers differ from that of the stream by less than this. */
const mostAhead = 300_000;
/** After a longer pause the stream is taken for a new one, and what was missing in between is not judged. */
const longestPause = 31 * 86_400_000;

/**
 * Watches a table for thresholds, in event time and bounded memory. It has no clock and does no I/O: the same events give the same
 * findings.
 *
 * Windows are judged the lateness after their end, in the order of time. So the order in which events arrive does not matter
 * inside the lateness, an event that is delivered twice counts once, and a stream that is cut gives the same findings up to there.
 * Events that are later are counted as late and change nothing. When memory is full, counts are too low and never too high.
 *
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
  const quiet = (options.quiet ?? 1800) * 1000;
  const allowed = new Set(options.allow);
  const { time: timeColumn = '', actor: actorColumn } = schema.roles;
  const identity = eventIdentity(schema);
  const seen = createSeenEvents(remembered, state?.remembered);
  const open = createOpenSubjects(quiet, lateness, state?.open);
  const counts = noCounts();
  const all = thresholds.map((threshold) =>
    thresholdWindows(thresholdCounter(schema, threshold), subjects, lateness, state?.windows[threshold.kind]),
  );
  let latest = state?.latest ?? Number.NEGATIVE_INFINITY;
  let earliest = state?.earliest ?? Number.POSITIVE_INFINITY;
  let next = nextOf(all);

  const judge = (windows: ThresholdWindows, end: number): (Finding | Share)[] => {
    const { counter } = windows;
    // Without the shares of other shards a total says nothing yet, so every one is passed on.
    const isShare = shares && counter.threshold.of !== 'actor';
    const totals = judgeSlice(windows, end, earliest, (total) => isShare || isBeyond(counter, total));
    if (isShare) return totals.map((window) => ({ finding: 'share', counter, window }));
    const breaches = totals.map((total): Breach => breachOf(counter, total, lateness));
    for (const breach of breaches) open.note(breach);
    return breaches;
  };

  const judgeUntil = (time: number): (Finding | Share)[] => {
    const found: (Finding | Share)[] = [];
    for (; next <= time; next = nextOf(all)) {
      found.push(...open.takeQuiet(next));
      for (const windows of all) if (nextEnd(windows) === next) found.push(...judge(windows, next));
    }
    seen.forget(time);
    found.push(...open.takeQuiet(time));
    return found;
  };

  /** Event time has reached `time`: judges what is complete by then. */
  const reach = (time: number): (Finding | Share)[] => {
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
    const isDue = complete >= next || Math.floor(time / 1000) > Math.floor(latest / 1000);
    latest = time;
    return isDue ? judgeUntil(complete) : [];
  };

  return {
    observe(event, record) {
      const time = (event[timeColumn] as Date).getTime();
      if (record?.arrivedAt !== undefined && time > record.arrivedAt.getTime() + mostAhead) {
        counts.ahead += 1;
        return [];
      }
      if (time < latest - lateness) {
        counts.late += 1;
        return [];
      }
      const id = identity(event, record?.place);
      const isNew = id === undefined || seen.isNew(time, id);
      if (isNew === false) {
        counts.duplicates += 1;
        return [];
      }
      if (time < earliest) earliest = time;
      if (actorColumn !== undefined && allowed.size > 0 && allowed.has(String(event[actorColumn]))) {
        counts.allowed += 1;
        return reach(time);
      }
      counts.watched += 1;
      if (isNew === undefined) counts.unchecked += 1;
      for (const { counter, counts: slices } of all) {
        const subject = counter.subjectOf(event);
        if (subject === undefined) continue;
        const start = sliceOf(time, counter.every);
        const sample = { time, identity: id ?? 0, event };
        counts.unwatched += slices.add(start, subject, counter.weightOf(event), sample);
        if (start + counter.every < next) next = start + counter.every;
      }
      return reach(time);
    },
    advance: (time) => reach(time.getTime()),
    finish() {
      const limited = all.filter(({ counter }) => counter.threshold.lessThan === undefined);
      const found: (Finding | Share)[] = [];
      for (let end = nextOf(limited); end < Number.POSITIVE_INFINITY; end = nextOf(limited)) {
        found.push(...open.takeQuiet(end));
        for (const windows of limited) if (nextEnd(windows) === end) found.push(...judge(windows, end));
      }
      return found;
    },
    counts,
    snapshot: () => ({
      version: 1,
      latest: Number.isFinite(latest) ? latest : null,
      earliest: Number.isFinite(earliest) ? earliest : null,
      windows: Object.fromEntries(
        all.map((windows) => [windows.counter.threshold.kind, windowsState(windows)]),
      ),
      remembered: seen.snapshot(),
      open: open.snapshot(),
    }),
  };
}

const sliceOf = (time: number, every: number): number => Math.floor(time / every) * every;

const nextOf = (all: readonly ThresholdWindows[]): number => Math.min(...all.map(nextEnd));
