import type { EventRow } from '../../record/event-identity.ts';
import type { Report } from '../detector.ts';
import type { Band, Baseline } from './baseline.ts';
import type { LocalTime } from './local-clock.ts';
import type { MinuteSummary, SummaryCount } from './minute-summary.ts';
import type { SiteParameters } from './parameters.ts';
import type { RecentMinutes } from './recent-minutes.ts';

/** A minute that has ended, with what a kind is judged by. */
export interface Judgement {
  readonly summary: MinuteSummary;
  /** The end of the minute, in milliseconds since 1970. */
  readonly end: number;
  readonly at: LocalTime;
  readonly recent: RecentMinutes;
  readonly baseline: Baseline;
  readonly parameters: SiteParameters;
  /** Whether the band is known well enough: after the cold start. */
  readonly isWarm: boolean;
  readonly site: string;
  /** The usual rate of a number in this minute. */
  usual(name: SummaryCount): Band | undefined;
  /** Whether a kind was reported so recently that its incident is open. */
  isOpen(kind: string): boolean;
  /** The minutes from `from` on are not learned from. */
  markUnusual(from: number): void;
  /** Rows of the last minute: of newcomers, or of a product. */
  evidence(item?: string): readonly EventRow[];
  readonly report: Report;
}

/** Judges one kind, minute by minute. */
export interface KindJudge {
  judge(judgement: Judgement): void;
  snapshot(): unknown;
}

/** What the figures of a kind mean, for documents and the live view. */
export interface KindWords {
  readonly seen: string;
  readonly expected: string;
  /** Why that is no ordinary day. */
  readonly why: string;
}
