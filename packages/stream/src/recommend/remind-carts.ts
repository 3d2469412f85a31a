import type { TableSchema } from '@headwater/core';
import type { Message, Notifier } from '../notify/notifier.ts';
import type { LiveStore } from '../sessions/session-store.ts';
import type { CarryStore } from '../windows/carry-store.ts';
import type { Claimant, OnceStore } from '../windows/once-store.ts';
import { publishOnce } from './publish-once.ts';
import { cartMessenger } from './recommendations.ts';
import { type AbandonedCartConfig, reminderDefaults } from './reminders-config.ts';

/** What reminders need. */
export interface ReminderParts {
  /** Where live sessions are. */
  readonly sessions: Pick<LiveStore<'carts'>, 'abandonedCarts'>;
  readonly store: OnceStore & CarryStore;
  readonly notifier: Notifier;
  /** How far back sessions are looked at again, in seconds, since their events may come late. Defaults to 300. */
  readonly lookBack?: number | undefined;
}

/** Where the last run stood is kept under this name. */
const cursor = 'reminders';
/** After a longer pause, or at first, carts that were due earlier are not reminded of. */
const longestPause = 86_400_000;
const firstLook = 3_600_000;

/**
 * Publishes reminders of the carts that are due: their sessions ended without a purchase, `after` seconds ago. Each is published once
 * (see {@link publishOnce}). The run before is remembered, so a run asks only for what is new.
 *
 * @param by the wall clock, or event time in a run over old events
 */
export async function remindCarts(
  schema: TableSchema,
  config: AbandonedCartConfig,
  parts: ReminderParts,
  by: Claimant,
): Promise<readonly Message[]> {
  const { lookBack = 300 } = parts;
  const { after, minValue } = { ...reminderDefaults.abandonedCart, ...config };
  const until = by.now.getTime() - after * 1000;
  const before = await parts.store.loadCarry(cursor, by.now);
  const since =
    before === undefined
      ? until - firstLook
      : Math.max(before.window - lookBack * 1000, until - longestPause);
  if (since >= until) return [];
  const range = [new Date(since), new Date(until)] as const;
  const { sessions } = await parts.sessions.abandonedCarts(...range, { limit: Number.POSITIVE_INFINITY });
  const messageOf = cartMessenger(schema);
  const due = sessions.filter(({ cart }) => cart !== null && Number(cart.value ?? minValue) >= minValue);
  const messages = due.map((session) => messageOf(session, session.ends.getTime() + after * 1000));
  const published = await publishOnce(parts, messages, by);
  await parts.store.saveCarry(cursor, { window: until, state: new Uint8Array() }, by.now);
  return published;
}
