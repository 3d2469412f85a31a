import { describe, expect, it } from 'vitest';
import type { SessionRules } from '../../src/sessions/session-rules.ts';
import { sessionRules } from '../../src/sessions/session-rules.ts';
import type { LiveStore } from '../../src/sessions/session-store.ts';
import { createEmbeddedStore } from '../../src/stores/embedded/embedded-store.ts';
import { anyDeliveries } from '../sessions/deliveries.ts';
import { type ShopName, shops } from '../sessions/shops.ts';
import { assertForAll, storeCases } from './store-contract.ts';

const names = Object.keys(shops) as ShopName[];
/** In the middle of the events, so that some sessions go on and some have ended. */
const now = new Date(Date.UTC(2020, 1, 29, 1, 30));

const makeStore = (rules: SessionRules) => createEmbeddedStore(rules) as unknown as LiveStore;

describe('the embedded store', () => {
  it.each(names)(
    'comes to what the reducer makes of the events of %s, however they are delivered',
    async (name) => {
      const rules = sessionRules(shops[name]) as SessionRules;
      await assertForAll(makeStore, rules, anyDeliveries(name, 60), now, { numRuns: 250 });
    },
  );

  it.each(storeCases)('$name', ({ run }) => run(makeStore));

  it('forgets what expired, and says when it had to forget more', async () => {
    const rules = sessionRules(shops.clicks);
    const store = createEmbeddedStore(rules, { mostKeys: 3 });
    const visit = (nr: number, at: Date) => ({
      event: { at, action: 'view', item: 'a', price: 1, shopper: 1n, visit: `v${nr}` },
      sequenceNumber: String(nr),
    });
    const early = [1, 2, 3, 4, 5].map((nr) => visit(nr, new Date(now.getTime() + nr * 60_000)));
    for (const one of early) await store.apply([one], now);
    expect(store.size.keys).toBe(3);
    expect(store.forgotten).toBe(2);
    // It cannot tell any more whether they were counted: they are late, not counted again.
    expect(await store.apply(early.slice(0, 2), now)).toMatchObject({ applied: 0, late: 2 });
    const after = new Date(now.getTime() + rules.retention + 3_600_000);
    await store.apply([visit(9, after)], after);
    expect(store.size.keys).toBe(1);
  });

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
