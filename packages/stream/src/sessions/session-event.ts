import type { EventRank } from '../record/event-identity.ts';

/** The actions that sessions distinguish. Others, such as a shop's own, are null. */
export type SessionAction = 'view' | 'cart' | 'removeFromCart' | 'purchase' | null;

/** What a session needs of an event. */
export interface SessionEvent {
  /** Identifies the event by the duplicate key of the definition: rows of one event have the same id. */
  readonly id: string;
  /** Event time, in milliseconds since 1970. */
  readonly time: number;
  readonly action: SessionAction;
  readonly actor: string | null;
  readonly item: string | null;
  /** What the event is worth, quantity included, in units of 10^-scale. */
  readonly amount: bigint | null;
  /** Decides which row of an event stays. Absent where rows of one event are equal. */
  readonly rank?: EventRank;
}

/** Whether an event is a purchase that names no product. */
export const isBare = ({ action, item }: SessionEvent): boolean => action === 'purchase' && item === null;

/**
 * The order in which a session sees its events: by event time. At one instant a purchase without a product comes last, because what
 * was put into the cart at that instant is in it; then the id decides, so that the order does not depend on arrival.
 */
export function compareEvents(one: SessionEvent, other: SessionEvent): number {
  if (one.time !== other.time) return one.time - other.time;
  const bare = Number(isBare(one)) - Number(isBare(other));
  if (bare !== 0) return bare;
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}
