import { grouped } from './grouped.ts';
import type { PlainEvent, PlainShop } from './plain-event.ts';

/** A session: its events as time goes. */
export interface Session {
  readonly id: string;
  readonly began: Date;
  readonly events: readonly PlainEvent[];
}

const inTime = (one: PlainEvent, other: PlainEvent) => one.time.getTime() - other.time.getTime();

/** The sessions of a shop: all events with one id. Events without an id are of none. */
export const sessionsOf = ({ events }: PlainShop): Session[] =>
  grouped(
    events.filter(({ session }) => session !== null),
    ({ session }) => [session ?? ''] as const,
  ).map(({ key: [id], rows }) => {
    const own = rows.toSorted(inTime);
    return { id, events: own, began: own[0]?.time ?? new Date(NaN) };
  });

/** An order: its purchases as time goes. */
export interface Order {
  readonly actor: string | null;
  readonly ordered: Date;
  readonly purchases: readonly PlainEvent[];
}

/**
 * The orders of a shop: its purchases with one order id where it has them, else those of one session.
 *
 * @param ofOneActor whether those of two actors are two orders
 */
export function ordersOf({ events, hasOrders }: PlainShop, ofOneActor: boolean): Order[] {
  const idOf = (event: PlainEvent) => (hasOrders ? event.order : event.session);
  const purchases = events.filter((event) => event.action === 'purchase' && idOf(event) !== null);
  return grouped(purchases, (event) => [idOf(event), ofOneActor ? event.actor : null] as const).map(
    ({ rows }) => {
      const own = rows.toSorted(inTime);
      return { actor: own[0]?.actor ?? null, ordered: own[0]?.time ?? new Date(NaN), purchases: own };
    },
  );
}
