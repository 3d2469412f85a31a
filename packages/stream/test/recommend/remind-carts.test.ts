import { describe, expect, it } from 'vitest';
import { createReminderHandler } from '../../src/handlers/index.ts';
import { createEmbeddedNotifier, createEmbeddedStore, type Notifier, sessionRules } from '../../src/index.ts';
import { createEmbeddedAlertStore } from '../../src/stores/embedded/embedded-alert-store.ts';
import { metricList } from '../handlers/deliver.ts';
import { shop } from '../handlers/shop-table.ts';

const start = Date.UTC(2026, 1, 1);
const minute = 60_000;

/** Sessions of three shoppers: one leaves a cart of 30, one of 2, and one buys. */
async function shopAt() {
  const sessions = createEmbeddedStore(sessionRules(shop, { needs: ['carts'], endsAfterSeconds: 1800 }));
  const event = (minutes: number, event_type: 'view' | 'cart' | 'purchase', user: number, price: number) => ({
    event: {
      event_time: new Date(start + minutes * minute),
      event_type,
      product_id: 7n,
      price,
      user_id: BigInt(user),
      email: null,
      session_id: `s${user}`,
    },
    sequenceNumber: `${minutes}${user}`,
  });
  const events = [
    event(0, 'cart', 1, 30),
    event(1, 'cart', 2, 2),
    event(2, 'cart', 3, 50),
    event(3, 'purchase', 3, 50),
  ];
  await sessions.apply(events, new Date(start + 3 * minute));
  return sessions;
}

describe('createReminderHandler', () => {
  it('reminds of a cart once, when it is due, of those that are worth it', async () => {
    const sessions = await shopAt();
    const notifier = createEmbeddedNotifier();
    const store = createEmbeddedAlertStore();
    const metrics = metricList();
    const reminders: string[] = [];
    for (let at = 0; at < 180; at++) {
      const handler = createReminderHandler(shop, {
        abandonedCart: { after: 3600, minValue: 5 },
        sessions,
        store,
        notifier,
        metrics,
        now: () => start + at * minute,
      });
      const { reminders: count } = await handler();
      if (count > 0) reminders.push(`${at}: ${count}`);
    }
    // The session ends 30 minutes after its last event, and an hour later the reminder is due.
    expect(reminders).toEqual(['91: 1']);
    expect(notifier.messages().map(({ body }) => JSON.parse(body))).toEqual([
      {
        ...{
          version: 1,
          kind: 'abandoned-cart',
          time: '2026-02-01T01:30:00.000Z',
          actor: '1',
          session: 's1',
        },
        ...{ began: '2026-02-01T00:00:00.000Z', last: '2026-02-01T00:00:00.000Z' },
        ...{ value: '30.00', items: [{ item: '7', count: 1 }], other_items: 0 },
      },
    ]);
    expect(metrics.published).toHaveLength(180);
  });

  it('makes up for runs that failed, and for those that did not come', async () => {
    const sessions = await shopAt();
    const inner = createEmbeddedNotifier();
    let isDown = true;
    const notifier: Notifier = {
      publish: (messages) =>
        isDown
          ? Promise.resolve({
              published: [],
              failed: messages.map(({ id }) => ({ id, reason: 'throttled' })),
            })
          : inner.publish(messages),
    };
    const store = createEmbeddedAlertStore();
    const run = (at: number) =>
      createReminderHandler(shop, { sessions, store, notifier, now: () => start + at * minute })();
    await run(10);
    await expect(run(70)).rejects.toThrow(/2 notices were not published: throttled/);
    isDown = false;
    expect(await run(600)).toEqual({ reminders: 2 });
    expect(await run(601)).toEqual({ reminders: 0 });
  });
});
