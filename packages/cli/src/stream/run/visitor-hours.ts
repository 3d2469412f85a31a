import type { EventsTable } from '@headwater/core';
import type { LocalHandler } from '@headwater/stream/local';
import { type HourOf, shownHours } from '../view/hour-counts.ts';

type Row = Readonly<Record<string, unknown>>;
type EventHandler = Extract<LocalHandler<Row>, { readonly process: unknown }>;

/** Visitors that are told apart, over all hours. */
const mostVisitors = 1_000_000;

/** The distinct visitors of the last hours of event time. */
export interface VisitorHours {
  /** Sees the events of a handler as well. */
  over(handler: EventHandler): EventHandler;
  /** Null where there were more than can be told apart, and on a table without actors. */
  count(hour: number): number | null;
}

/**
 * Counts distinct visitors by hour: stores count by session, and a session does not say what else its actor did. An event that is delivered again
 * changes nothing. A day of hours is kept, with a million visitors at most.
 */
export function visitorHours(
  { schema }: EventsTable,
  hourOf: HourOf,
  most: number = mostVisitors,
): VisitorHours {
  const { actor } = schema.roles;
  const time = schema.roles.time ?? schema.partitioning.time;
  const hours = new Map<number, Set<string>>();
  let [kept, forgotten] = [0, Number.NEGATIVE_INFINITY];
  const forgetOldest = (): void => {
    const oldest = Math.min(...hours.keys());
    kept -= hours.get(oldest)?.size ?? 0;
    hours.delete(oldest);
    forgotten = Math.max(forgotten, oldest);
  };
  const see = (row: Row): void => {
    const [who, at] = [actor === undefined ? undefined : row[actor], row[time]];
    if (who === undefined || who === null || !(at instanceof Date)) return;
    const hour = hourOf(at.getTime());
    if (hour <= forgotten) return;
    let visitors = hours.get(hour);
    if (!visitors) {
      visitors = new Set();
      hours.set(hour, visitors);
      // One more than are shown: the clock may be behind.
      if (hours.size > shownHours + 1) forgetOldest();
    }
    const before = visitors.size;
    visitors.add(String(who));
    kept += visitors.size - before;
    while (kept > most && hours.size > 0) forgetOldest();
  };
  return {
    over: (handler) => ({
      ...handler,
      process(events, delivery, now) {
        for (const { event } of events) see(event);
        return handler.process(events, delivery, now);
      },
    }),
    count: (hour) => (actor === undefined || hour <= forgotten ? null : (hours.get(hour)?.size ?? 0)),
  };
}
