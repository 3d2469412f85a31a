import { describe, expect, it } from 'vitest';
import type { SessionRules } from '../../src/sessions/session-rules.ts';
import { sessionRules } from '../../src/sessions/session-rules.ts';
import type { LiveStore } from '../../src/sessions/session-store.ts';
import { createEmbeddedStore } from '../../src/stores/embedded/embedded-store.ts';
import { anyDeliveries } from '../sessions/deliveries.ts';
import { type ShopName, shops } from '../sessions/shops.ts';
import { assertForAll } from './store-contract.ts';

const names = Object.keys(shops) as ShopName[];
/** In the middle of the events, so that some sessions go on and some have ended. */
const now = new Date(Date.UTC(2020, 1, 29, 1, 30));

const makeStore = (rules: SessionRules) => createEmbeddedStore(rules) as unknown as LiveStore;

describe('the embedded store', () => {
  it.each(names)(
    'comes to what the reducer makes of the events of %s, however they are delivered',
    async (name) => {
      const rules = sessionRules(shops[name]) as SessionRules;
      await assertForAll(makeStore, rules, anyDeliveries(name, 60), now, 250);
    },
  );

  it('reports late events and counts no others when it forgets', async () => {
    const rules = sessionRules(shops.clicks, { mostEvents: 16 });
    const store = createEmbeddedStore(rules);
    const eventAt = (minute: number, item = 'a') => ({
      event: {
        at: new Date(now.getTime() + minute * 60_000),
        action: 'cart',
        item,
        price: 1.5,
        shopper: 1n,
        visit: 'x',
      },
      sequenceNumber: String(minute),
    });
    const all = Array.from({ length: 1000 }, (_, minute) => eventAt(minute));
    for (const one of all) expect(await store.apply([one], now)).toMatchObject({ applied: 1 });
    const again = await store.apply(all, now);
    expect(again.applied).toBe(0);
    expect(again.duplicates).toBeGreaterThanOrEqual(12);
    expect(again.late + again.duplicates).toBe(1000);
    const session = await store.session('x', now);
    expect(session).toMatchObject({ events: 1000, cart: { value: '1500.00' } });
    const minutes = await store.minutes({ from: new Date(0), to: new Date('2100-01-01') }, now);
    expect(minutes.reduce((sum, { events }) => sum + events, 0)).toBe(1000);
    expect(minutes.reduce((sum, { lateEvents }) => sum + lateEvents, 0)).toBe(again.late);
  });
});
