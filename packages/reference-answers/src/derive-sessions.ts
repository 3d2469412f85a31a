import { grouped } from './grouped.ts';
import type { PlainEvent } from './plain-event.ts';

/**
 * Gives events the sessions that follow from their actors and times: what an actor does is one session until nothing happens for longer
 * than `inactivitySeconds`. Events without an actor are of no session.
 */
export function deriveSessions(events: readonly PlainEvent[], inactivitySeconds: number): PlainEvent[] {
  const sessions = new Map<PlainEvent, string>();
  for (const { key, rows } of grouped(events, ({ actor }) => [actor] as const)) {
    const [actor] = key;
    if (actor === null) continue;
    let [began, last] = [Number.NaN, Number.NEGATIVE_INFINITY];
    for (const event of rows.toSorted((one, other) => one.time.getTime() - other.time.getTime())) {
      const at = event.time.getTime();
      if (at - last > inactivitySeconds * 1000) began = at;
      last = at;
      sessions.set(event, `${actor} ${began}`);
    }
  }
  return events.map((event) => ({ ...event, session: sessions.get(event) ?? null }));
}
