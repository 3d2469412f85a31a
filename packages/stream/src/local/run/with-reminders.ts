import type { EventsTable } from '@headwater/core';
import { type ReminderParts, remindCarts } from '../../recommend/remind-carts.ts';
import type { AbandonedCartConfig } from '../../recommend/reminders-config.ts';
import type { EventRow } from '../../record/event-identity.ts';
import type { EventHandler } from './local-handler.ts';

/** Reminders are looked for once a minute of event time. */
const minute = 60_000;

/**
 * The handler that keeps live sessions, which also publishes reminders of carts. Whether a cart was left is known only as far as every
 * shard has been read, which is the time that the handler is given.
 *
 * @param handler that of `sessionsHandler`, over the store that is asked for carts
 * @example withReminders(clickstream, sessionsHandler(sessions), { sessions, store, notifier, abandonedCart: { after: 3600 } })
 */
export function withReminders(
  { schema }: Pick<EventsTable, 'schema'>,
  handler: EventHandler<EventRow>,
  { abandonedCart = {}, ...parts }: ReminderParts & { readonly abandonedCart?: AbandonedCartConfig },
): EventHandler<EventRow> {
  let reminded = Number.NEGATIVE_INFINITY;
  const remind = async (now: Date): Promise<void> => {
    await remindCarts(schema, abandonedCart, parts, { owner: 'reminders', now });
    reminded = now.getTime();
  };
  return {
    ...handler,
    async process(events, delivery, now) {
      const result = await handler.process(events, delivery, now);
      // What failed comes again, and without an event `now` is the wall clock.
      const isApplied = events.length > 0 && (result?.failed?.length ?? 0) === 0;
      if (isApplied && now.getTime() - reminded >= minute) await remind(now);
      return result;
    },
    async finish(now) {
      await handler.finish?.(now);
      await remind(now);
    },
  };
}
