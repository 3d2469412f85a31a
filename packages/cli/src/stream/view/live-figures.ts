import type { FoundIncident } from './found-incident.ts';

/** What was sold of an item. */
export interface ShownSales {
  readonly item: string;
  readonly purchases: number;
  /** Decimal text; null on a table without amounts. */
  readonly revenue: string | null;
}

/** Counts of a run so far, in records. */
export interface RunCounts {
  readonly sent: number;
  /** Rows in the lake. */
  readonly archived: number;
  readonly duplicates: number;
  readonly quarantined: number;
  /** Records in files that wait for a load, and those that the archive has not read yet. */
  readonly waiting: number;
  /** Records that could not be put into the stream. */
  readonly unsent: number;
}

/** What a page shows besides what a terminal has. */
export interface PageCounts {
  /** Distinct visitors of the last five minutes of events; null where the table cannot say it. */
  readonly visitors: number | null;
  /** Sessions that began in the last `topMinutes`; null on a table without actions of carts. */
  readonly funnel: {
    readonly sessions: number;
    readonly cartSessions: number;
    readonly purchaseSessions: number;
  } | null;
  /** When the latest event came, by the clock of this machine. */
  readonly arrived: Date | undefined;
  /** The minute from which hours are counted. */
  readonly countedFrom: Date | undefined;
  /** The last 24 hours with events, the earliest first. */
  readonly hours: readonly HourCounts[];
}

/** Counts of an hour of event time. */
export interface HourCounts {
  readonly hour: Date;
  readonly events: number;
  /** Null where nobody counts them. */
  readonly visitors: number | null;
  readonly sessions: number | null;
  readonly cartSessions: number | null;
  readonly revenue: string | null;
  readonly lateEvents: number;
}

/**
 * A moment of a stream, as figures for a screen. What the table cannot say, because it lacks a role or an action, is null; what was not asked
 * yet is empty.
 */
export interface LiveFigures {
  /** `clickstream`, and where it goes: `./lake`. */
  readonly table: string;
  readonly lake: string;
  /** The latest event time; undefined before the first event. */
  readonly clock: Date | undefined;
  /** Event time by real time; Infinity without a pace. */
  readonly speed: number;
  /** Real seconds since the start. */
  readonly seconds: number;
  readonly counts: RunCounts;
  /** Records that were sent in a second of real time, lately. */
  readonly rate: number;
  /** Events of each of the last minutes of event time, the latest last. */
  readonly eventsPerMinute: readonly number[];
  /** Active sessions in the last minutes, the current number last. */
  readonly sessions: readonly number[] | null;
  /** Open carts in the last minutes, the current number last, and what is in them. */
  readonly carts: readonly number[] | null;
  readonly cartsValue: string | null;
  readonly cartsValues: readonly number[];
  /** Since the start. */
  readonly totals: {
    readonly purchases: number | null;
    readonly revenue: string | null;
    readonly cartSessions: number | null;
    readonly abandoned: number | null;
  };
  /** Most first. */
  readonly topItems: readonly ShownSales[] | null;
  /** Minutes that `topItems` is of. */
  readonly topMinutes: number;
  /** Newest first. */
  readonly incidents: readonly FoundIncident[];
  readonly incidentCount: number;
  /** What a page shows besides; undefined where none does. */
  readonly page: PageCounts | undefined;
  /** Whether the run is ending: the source has no more, or was stopped. */
  readonly isEnding: boolean;
}
