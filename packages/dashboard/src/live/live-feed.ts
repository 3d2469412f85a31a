import type { LiveFigures } from '../api/api.ts';

/** What a stream counted in an hour of event time: what it does not count is null. */
export interface StreamHour {
  /** Its first instant, ISO 8601. An hour begins where it does in the zone of the table. */
  readonly hour: string;
  /** Distinct events. */
  readonly events: number;
  readonly visitors: number | null;
  /** Sessions that began in it, as `cartSessions`. */
  readonly sessions: number | null;
  readonly cartSessions: number | null;
  /** Decimal text. */
  readonly revenue: string | null;
  /** Events that came too late to be counted; an upper bound. */
  readonly late: number;
}

/** The figures of a stream, as its owner gives them: a server adds when it sent them, and what the lake says. */
export interface StreamFigures extends Omit<LiveFigures, 'at' | 'compared'> {
  /** The instant from which the stream has counted; null before the first event. */
  readonly countedFrom: string | null;
  /** The last hours with events, the earliest first. */
  readonly hours: readonly StreamHour[];
}

/** The figures of a stream that runs, as its owner gives them. */
export interface LiveFeed {
  /** Calls the listener with the newest figures, and whenever there are newer ones, until the function that it returns is called. */
  subscribe(listener: (figures: StreamFigures) => void): () => void;
}
