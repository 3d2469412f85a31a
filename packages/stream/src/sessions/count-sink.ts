/**
 * What is counted for each minute of event time. A session counts in the minute of its first event.
 *
 * - `events`, `purchases`, `revenue`: those of the minute, as in the metrics daily-visitors and revenue.
 * - `eventsWithoutSession`: events of no session, and those that exceed the longest session.
 * - `visitors`: distinct actors, where sessions are those of actors.
 * - `sessions`, `purchaseSessions`: sessions, and those with a purchase.
 * - `cartSessions`, `abandonedSessions`, `abandonedValue`: as in cart-abandonment over the events so far. So a cart session without
 *   a purchase is in it also while it goes on; `openCarts` of the store has those.
 * - `lateEvents`: events that came too late to be counted, by their own time. An upper bound: one that is delivered again counts again.
 */
export const countFields = [
  'events',
  'eventsWithoutSession',
  'visitors',
  'sessions',
  'purchaseSessions',
  'cartSessions',
  'abandonedSessions',
  'purchases',
  'lateEvents',
] as const;

/** Sums of amounts, in units of 10^-scale. */
export const amountFields = ['revenue', 'abandonedValue'] as const;

export type CountField = (typeof countFields)[number];
export type AmountField = (typeof amountFields)[number];

/** Takes what an event changes of the counts. Numbers may be negative: a late event moves a session to an earlier minute. */
export interface CountSink {
  readonly count: (minute: number, field: CountField, by: number) => void;
  readonly amount: (minute: number, field: AmountField, units: bigint) => void;
  /** Purchases of an item. */
  readonly sale: (minute: number, item: string, purchases: number, units: bigint) => void;
}

/** The minute of event time that an instant is in, in minutes since 1970. */
export const minuteOf = (time: number): number => Math.floor(time / 60_000);

/** Counts everything the other way round. */
export const reversed = (sink: CountSink): CountSink => ({
  count: (minute, field, by) => sink.count(minute, field, -by),
  amount: (minute, field, units) => sink.amount(minute, field, -units),
  sale: (minute, item, purchases, units) => sink.sale(minute, item, -purchases, -units),
});

/** Counts nothing. */
export const noCounts: CountSink = { count() {}, amount() {}, sale() {} };
