import type { Capability } from './capability.ts';
import type { AmountField, CountField } from './count-sink.ts';
import type { LiveSession } from './live-session.ts';
import type { DeliveredEvent } from './session-rules.ts';

/** What became of a delivery. Each of its events is `applied`, a duplicate, `late`, or of a record that `failed`. */
export interface ApplyReport {
  /** Events that were counted. */
  readonly applied: number;
  /** Rows of events that were counted before. */
  readonly duplicates: number;
  /**
   * Events that came too late to be counted: they are older than the retention, or than the oldest event that is remembered of their
   * session. A late event that is delivered again is late again.
   */
  readonly late: number;
  /**
   * The sequence numbers of records that the store did not take after its retries, in the order of the delivery. Deliver them again. After a
   * lost answer, or when counts of an event were left to be added, it was taken all the same, and is then a duplicate.
   */
  readonly failed: readonly string[];
  /** Why the first of those failed. */
  readonly error?: unknown;
  /** The sessions that changed, as they are now. Sessions of which a late event changed only the past are not among them. */
  readonly sessions: readonly LiveSession[];
}

/** Live sessions and carts, and what is counted from them. */
export interface SessionStore {
  /**
   * Applies the events of a delivery. Sessions and counts change together or not at all, so an event counts once, however often and
   * in whatever order it is delivered, by whichever shard.
   *
   * @param now the clock by which events are too old, and states expire: the wall clock, or event time when old events are replayed
   */
  apply(events: readonly DeliveredEvent[], now: Date): Promise<ApplyReport>;
}

/**
 * The counts of one minute of event time; see `countFields`. Amounts are exact texts, null on a table without amounts; visitors are null
 * where sessions are not those of actors, because a session then does not say what else its actor did.
 */
export type MinuteCounts = { readonly minute: Date; readonly visitors: number | null } & {
  readonly [Field in Exclude<CountField, 'visitors'>]: number;
} & { readonly [Field in AmountField]: string | null };

/** Counts per minute of event time. */
export interface CounterStore {
  /** The minutes that have counts, the earliest first: those that begin at `from` or later and before `to`. */
  minutes(range: { readonly from: Date; readonly to: Date }, now: Date): Promise<readonly MinuteCounts[]>;
}

/** How a list of sessions is asked. */
export interface ListOptions {
  /** The longest list; 20 by default, `Infinity` for all. Numbers and values beside it are of all. */
  readonly limit?: number;
}

/** What lists are like by default. */
export const listDefaults = { limit: 20 } as const;

/** Sessions that have not ended. */
export interface ActiveSessions {
  readonly count: number;
  /** The last ones to act first. */
  readonly sessions: readonly LiveSession[];
}

/** Carts that were not bought. */
export interface Carts extends ActiveSessions {
  /** What is in all of them; null on a table without amounts. */
  readonly value: string | null;
}

/** What was sold of an item. */
export interface ItemSales {
  readonly item: string;
  readonly purchases: number;
  readonly revenue: string | null;
}

interface SessionQueries {
  /** Sessions without a pause as long as the one that ends them. */
  activeSessions(now: Date, options?: ListOptions): Promise<ActiveSessions>;
  /**
   * Distinct actors of the sessions with an event in the last seconds before `now`: visitors, as far as their events have a session. Null on a
   * table without the role `actor`.
   */
  visitors(now: Date, seconds: number): Promise<number | null>;
  /** The time of the newest event of a session, of those up to `until`; undefined without one. */
  newestEvent(until: Date): Promise<Date | undefined>;
  /** The latest session of a session id; of an actor, where sessions are derived. */
  session(session: string, now: Date): Promise<LiveSession | undefined>;
}

interface CartQueries {
  /** Active sessions with a cart that was not bought. */
  openCarts(now: Date, options?: ListOptions): Promise<Carts>;
  /** Sessions that ended at `since` or later with a cart that was not bought. */
  abandonedCarts(since: Date, now: Date, options?: ListOptions): Promise<Carts>;
}

interface SalesQueries {
  /** The items with the most purchases in the last minutes, at most 60, the current one included; equal ones by name. */
  topItems(
    now: Date,
    options?: ListOptions & { readonly minutes?: number; readonly by?: 'purchases' | 'revenue' },
  ): Promise<readonly ItemSales[]>;
}

/**
 * A store of what a table can say. A question that it cannot answer does not compile; in plain JavaScript it throws `ROLE_MISSING` or
 * `ACTION_MISSING`.
 */
export type LiveStore<Name extends Capability = Capability> = SessionStore &
  CounterStore &
  ('sessions' extends Name ? SessionQueries : unknown) &
  ('carts' extends Name ? CartQueries : unknown) &
  ('sales' extends Name ? SalesQueries : unknown);
