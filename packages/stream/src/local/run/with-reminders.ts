import type { EventsTable } from '@headwater/core';
import { type ReminderParts, remindCarts } from '../../recommend/remind-carts.ts';
import type { AbandonedCartConfig } from '../../recommend/reminders-config.ts';
import type { EventRow } from '../../record/event-identity.ts';
import { EventClock } from './event-clock.ts';
import type { EventHandler } from './local-handler.ts';

/** Reminders are looked for once a minute of event time. */
const minute = 60_000;

/**
 * The handler that keeps live sessions, which also publishes reminders of carts. Whether a cart was left is known only as far as every
 * shard has been read: the time of a reminder is that of the shard that is furthest behind. When a shard has no events, reminders wait
 * for the end of the run.
 *
 * @param handler that of `sessionsHandler`, over the store that is asked for carts
 * @example withReminders(clickstream, sessionsHandler(sessions), { sessions, store, notifier, abandonedCart: { after: 3600 } })
 */
export function withReminders(
  { schema }: Pick<EventsTable, 'schema'>,
  handler: EventHandler<EventRow>,
  { abandonedCart = {}, ...parts }: ReminderParts & { readonly abandonedCart?: AbandonedCartConfig },
): EventHandler<EventRow> {
  const shards = new Map<string, EventClock>();
  let reminded = Number.NEGATIVE_INFINITY;
  const remind = async (now: Date): Promise<void> => {
    await remindCarts(schema, abandonedCart, parts, { owner: 'reminders', now });
    reminded = now.getTime();
  };
  return {
    ...handler,
    async process(events, delivery, now) {
      const result = await handler.process(events, delivery, now);
      const clock = shards.get(delivery.shard) ?? new EventClock(schema.roles.time);
      shards.set(delivery.shard, clock);
      if ((result?.failed?.length ?? 0) === 0) for (const { event } of events) clock.see(event);
      const behind = Math.min(
        ...[...shards.values()].map(({ time }) => time?.getTime() ?? Number.NEGATIVE_INFINITY),
      );
      if (behind - reminded >= minute && Number.isFinite(behind)) await remind(new Date(behind));
      return result;
    },
    async finish(now) {
      await handler.finish?.(now);
      await remind(now);
    },
  };
}
