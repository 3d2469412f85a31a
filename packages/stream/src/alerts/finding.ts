import type { EventRow } from '../record/event-identity.ts';
import type { Severity, ThresholdSubject } from './threshold.ts';
import type { ThresholdCounter } from './threshold-counter.ts';
import type { WindowTotal } from './threshold-windows.ts';

/** What an incident can be about. A campaign is several actors that act together. */
export type IncidentSubject = ThresholdSubject | 'session' | 'campaign';

/** What a finding is about. Two findings with the same subject and kind belong to one incident, or to one after another. */
export interface FindingKey {
  readonly kind: string;
  readonly subjectType: IncidentSubject;
  /** The id as text; for the site, the name of the table; for a campaign, a name that stays the same. */
  readonly subject: string;
}

/** The key as text: `price-monitor\nactor\n541312140`. Snapshots of detection have it. */
export const findingKeyText = ({ kind, subjectType, subject }: FindingKey): string =>
  `${kind}\n${subjectType}\n${subject}`;

/** A window in which more, or less, happened than a threshold expects. */
export interface Breach extends FindingKey {
  readonly finding: 'breach';
  /** The window in milliseconds since 1970: from `start` until before `end`. */
  readonly start: number;
  readonly end: number;
  /** When it is known, in event time: the lateness after the window's end. */
  readonly time: number;
  readonly seen: number;
  readonly expected: number;
  /** How far beyond the limit: 1 at the limit, 2 at twice as much. For less than expected, 2 is nothing at all. */
  readonly score: number;
  readonly severity: Severity;
  /** The value of the action column, where one action is counted. */
  readonly eventType: string | null;
  /** The first rows of the window, as far as they are in memory. */
  readonly rows: readonly EventRow[];
  /** The actors that are part of it, as text. Absent: those of `rows`. */
  readonly actors?: readonly string[];
}

/** A subject that has been below its threshold for as long as ends an incident. */
export interface Quiet extends FindingKey {
  readonly finding: 'quiet';
  /** The end of the last window that was beyond the limit. */
  readonly end: number;
  readonly time: number;
}

/** What a watcher finds. */
export type Finding = Breach | Quiet;

/**
 * What one shard counted of a product or of the site in a window. The sum over the shards decides whether it is beyond the limit.
 */
export interface Share {
  readonly finding: 'share';
  readonly counter: ThresholdCounter;
  readonly window: WindowTotal;
}

/** Whether a total, in the unit of the counter, is beyond its limit. */
export const isBeyond = ({ threshold, limit }: ThresholdCounter, total: number): boolean =>
  threshold.lessThan === undefined ? total > limit : total < limit;

/**
 * The finding of a window that is beyond the limit.
 *
 * @param lateness milliseconds after the end of a window until its rows are complete
 */
export function breachOf(
  { threshold, limit, scale, eventType }: ThresholdCounter,
  { subject, start, end, total, samples }: WindowTotal,
  lateness: number,
): Breach {
  return {
    finding: 'breach',
    kind: threshold.kind,
    subjectType: threshold.of,
    subject,
    start,
    end,
    time: end + lateness,
    seen: total / scale,
    expected: limit / scale,
    score: scoreOf(total, limit, threshold.lessThan !== undefined),
    severity: threshold.severity ?? 'warning',
    eventType,
    rows: samples.map(({ event }) => event),
  };
}

function scoreOf(seen: number, limit: number, isLeast: boolean): number {
  const score = isLeast ? 1 + (limit - seen) / limit : limit > 0 ? seen / limit : seen + 1;
  return Math.round(score * 100) / 100;
}
