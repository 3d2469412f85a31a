import { createHash } from 'node:crypto';
import type { TableSchema } from '@headwater/core';
import { columnOf } from '@headwater/core/internal';
import type { Message } from '../notify/notifier.ts';
import type { LiveSession } from '../sessions/live-session.ts';
import type { PairCount } from './pair-watcher.ts';

/** The version of the forms of recommendations. */
const version = 1;

/** Two products that are viewed together: the body of a message with the attribute `kind` = `viewed-together`. */
export interface ViewedTogether {
  readonly version: typeof version;
  readonly kind: 'viewed-together';
  /** When it was known, in event time, as ISO text. */
  readonly time: string;
  readonly items: readonly [string, string];
  /** In so many visits or more. */
  readonly visits: number;
  /** The beginning of the window, and its length. */
  readonly window_start: string;
  readonly window_s: number;
}

/** A cart that was left: the body of a message with the attribute `kind` = `abandoned-cart`. */
export interface AbandonedCart {
  readonly version: typeof version;
  readonly kind: 'abandoned-cart';
  /** When the reminder was due, as ISO text. */
  readonly time: string;
  /** Ids as texts; a digest, `sha256:` and 32 digits, where the column identifies a person directly. */
  readonly actor: string | null;
  readonly session: string;
  /** When the session began, and its last event. */
  readonly began: string;
  readonly last: string;
  /** What is in the cart, in the unit of the amount; null on a table without amounts. */
  readonly value: string | null;
  readonly items: readonly { readonly item: string; readonly count: number }[];
  /** Products that are in the cart and not listed. */
  readonly other_items: number;
}

/** The message of a pair. It is the same for each count of the pair in a window: the first one is published. */
export function pairMessage({ items, visits, start, end, time }: PairCount): Message {
  const body: ViewedTogether = {
    ...{ version, kind: 'viewed-together', time: new Date(time).toISOString(), items, visits },
    window_start: new Date(start).toISOString(),
    window_s: (end - start) / 1000,
  };
  return message(body, digest([start, end, ...items]));
}

/**
 * Makes the message of a cart. A session has one, however often it goes on.
 *
 * @returns a function of a session with a cart, and of the time in milliseconds when the reminder was due
 */
export function cartMessenger(schema: TableSchema): (session: LiveSession, time: number) => Message {
  const { actor, session } = schema.roles;
  const isPerson = (name: string | undefined): boolean =>
    name !== undefined && columnOf(schema, name).pii === 'direct';
  const shown = (name: string | undefined, text: string): string =>
    isPerson(name) ? `sha256:${digest([text])}` : text;
  return (live, time) => {
    const body: AbandonedCart = {
      ...{ version, kind: 'abandoned-cart', time: new Date(time).toISOString() },
      actor: live.actor === null ? null : shown(actor, live.actor),
      session: shown(session ?? actor, live.session),
      ...{ began: live.began.toISOString(), last: live.last.toISOString() },
      value: live.cart?.value ?? null,
      items: live.cart?.items.map(({ item, count }) => ({ item, count })) ?? [],
      other_items: live.cart?.otherItems ?? 0,
    };
    return message(body, digest([live.session, live.began.getTime()]));
  };
}

const message = (body: ViewedTogether | AbandonedCart, key: string): Message => ({
  id: `${body.kind}-${key}`,
  group: body.kind,
  body: JSON.stringify(body),
  attributes: { kind: body.kind },
});

const digest = (values: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 32);
