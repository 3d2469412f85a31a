import fc from 'fast-check';
import { expect } from 'vitest';
import { reduceSessions } from '../../src/sessions/reduce-sessions.ts';
import { type DeliveredEvent, type SessionRules, sessionRules } from '../../src/sessions/session-rules.ts';
import type { ApplyReport, LiveStore } from '../../src/sessions/session-store.ts';
import type { Deliveries } from '../sessions/deliveries.ts';
import { clicks } from '../sessions/shops.ts';

/** Makes an empty store. */
export type MakeStore = (rules: SessionRules) => Promise<LiveStore> | LiveStore;

const everything = { from: new Date('2020-02-01'), to: new Date('2020-04-01') };

/** Delivers, and checks that the store then is what the pure reducer makes of the distinct events, in the order of time. */
export async function assertReduced(
  rules: SessionRules,
  store: LiveStore,
  { events, deliveries }: Deliveries,
  now: Date,
): Promise<void> {
  const reports: ApplyReport[] = [];
  for (const delivery of deliveries) reports.push(await store.apply(delivery, now));
  await assertState(rules, store, events, now);
  const sum = (of: (report: ApplyReport) => number) => reports.reduce((total, one) => total + of(one), 0);
  const reduced = reduceSessions(rules, events);
  expect(reports.flatMap(({ failed }) => failed)).toEqual([]);
  expect(sum(({ late }) => late)).toBe(0);
  expect(sum(({ applied }) => applied)).toBe(reduced.events);
  const sent = deliveries.reduce((total, one) => total + one.length, 0);
  expect(sum(({ duplicates }) => duplicates)).toBe(sent - reduced.events);
}

/** Checks what a store says against the pure reducer over the same events. */
export async function assertState(
  rules: SessionRules,
  store: LiveStore,
  events: readonly DeliveredEvent[],
  now: Date,
): Promise<void> {
  const reduced = reduceSessions(rules, events);
  expect(await store.minutes(everything, now)).toEqual(reduced.minutes);
  if (rules.capabilities.has('sessions')) {
    const latest = new Map(reduced.sessions.map((session) => [session.session, session]));
    for (const [name, session] of latest) expect(await store.session(name, now)).toEqual(session);
    const active = [...latest.values()].filter(({ ends }) => ends >= now);
    const given = await store.activeSessions(now, { limit: 10_000 });
    expect(given.count).toBe(active.length);
    expect(sorted(given.sessions)).toEqual(sorted(active));
  }
  if (!rules.capabilities.has('carts')) return;
  const carts = reduced.sessions.filter(({ cart }) => cart !== null);
  const open = await store.openCarts(now, { limit: 10_000 });
  const latest = new Set(new Map(reduced.sessions.map((session) => [session.session, session])).values());
  // The clock is in the middle of the events: a session before it that another one followed is neither open nor over yet.
  expect(sorted(open.sessions)).toEqual(sorted(carts.filter((one) => one.ends >= now && latest.has(one))));
  const abandoned = await store.abandonedCarts(new Date(0), now, { limit: 10_000 });
  expect(sorted(abandoned.sessions)).toEqual(sorted(carts.filter(({ ends }) => ends < now)));
  expect(abandoned.count).toBe(abandoned.sessions.length);
}

const sorted = <One extends { readonly session: string; readonly began: Date }>(all: readonly One[]): One[] =>
  [...all].sort(
    (one, other) => one.session.localeCompare(other.session) || one.began.getTime() - other.began.getTime(),
  );

/** Runs a property with a store of its own for each case. A store that is slow does not look for the smallest failure. */
export async function assertForAll(
  make: MakeStore,
  rules: SessionRules,
  any: fc.Arbitrary<Deliveries>,
  now: Date,
  options: { readonly numRuns: number; readonly endOnFailure?: boolean },
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(any, async (deliveries) => {
      await assertReduced(rules, await make(rules), deliveries, now);
    }),
    options,
  );
}

const start = new Date('2020-02-29T12:00:00Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);

/** An event of `clicks`. */
const click = (seconds: number, values: Readonly<Record<string, unknown>> = {}): DeliveredEvent => ({
  event: { at: later(seconds), action: 'view', item: 'a', price: 2.5, shopper: 1n, visit: 'x', ...values },
  sequenceNumber: String(seconds),
});

/** What every store has to do, whatever the events are. */
export const storeCases: readonly { readonly name: string; run(make: MakeStore): Promise<void> }[] = [
  {
    name: 'opens a cart, takes it for abandoned when its session ended, and closes it when it is bought',
    async run(make) {
      const rules = sessionRules(clicks, { endsAfterSeconds: 600 }) as SessionRules;
      const store = await make(rules);
      await store.apply(
        [click(0), click(10, { action: 'cart' }), click(20, { action: 'cart', item: 'b' })],
        later(20),
      );
      const cart = { events: 2, value: '5.00', otherItems: 0 };
      expect(await store.openCarts(later(30))).toMatchObject({
        count: 1,
        value: '5.00',
        sessions: [{ cart }],
      });
      expect(await store.abandonedCarts(start, later(620))).toMatchObject({ count: 0, value: '0.00' });
      expect(await store.openCarts(later(621))).toMatchObject({ count: 0, value: '0.00', sessions: [] });
      const abandoned = await store.abandonedCarts(start, later(621));
      expect(abandoned).toMatchObject({ count: 1, sessions: [{ session: 'x', ends: later(620), cart }] });
      expect(await store.abandonedCarts(later(621), later(630))).toMatchObject({ count: 0 });
      // The session of an id goes on when it acts again.
      await store.apply([click(700, { action: 'purchase' })], later(700));
      expect(await store.abandonedCarts(start, later(5000))).toMatchObject({ count: 0 });
      expect(await store.session('x', later(700))).toMatchObject({ events: 4, purchases: 1, cart: null });
      expect(await store.topItems(later(700))).toEqual([{ item: 'a', purchases: 1, revenue: '2.50' }]);
    },
  },
  {
    name: 'counts the visitors of the last minutes, each once, and has the newest event',
    async run(make) {
      const store = await make(sessionRules(clicks) as SessionRules);
      expect(await store.newestEvent(later(10_000))).toBeUndefined();
      await store.apply(
        [
          click(0),
          // The same visitor in a later session, one who comes back, one without a name, and one from the future.
          click(200, { visit: 'y' }),
          click(10, { visit: 'z', shopper: 2n }),
          click(290, { visit: 'z', shopper: 2n }),
          click(250, { visit: 'w', shopper: null }),
          click(9000, { visit: 'f', shopper: 3n }),
        ],
        later(300),
      );
      expect(await store.visitors(later(300), 300)).toBe(3);
      expect(await store.visitors(later(301), 101)).toBe(2);
      expect(await store.visitors(later(510), 300)).toBe(2);
      expect(await store.newestEvent(later(9000))).toEqual(later(9000));
      expect(await store.newestEvent(later(8999))).toEqual(later(290));
      expect(await store.newestEvent(later(-1))).toBeUndefined();
    },
  },
  {
    name: 'never reads what expired as live, and counts no event of it again',
    async run(make) {
      const rules = sessionRules(clicks) as SessionRules;
      const store = await make(rules);
      const events = [click(0, { action: 'cart' })];
      await store.apply(events, later(0));
      const expired = later(rules.retention / 1000 + 1);
      expect(await store.session('x', later(1))).toMatchObject({ events: 1 });
      expect(await store.session('x', expired)).toBeUndefined();
      expect(await store.abandonedCarts(start, expired)).toMatchObject({ count: 0, sessions: [] });
      expect(await store.apply(events, expired)).toMatchObject({ applied: 0, late: 1, failed: [] });
      const again = click(rules.retention / 1000 + 1, { action: 'view' });
      expect(await store.apply([again], expired)).toMatchObject({
        applied: 1,
        sessions: [{ events: 1, cart: null }],
      });
      const [first] = await store.minutes({ from: start, to: later(60) }, later(60));
      expect(first).toMatchObject({ events: 1, lateEvents: 1, cartSessions: 1, abandonedValue: '2.50' });
    },
  },
  {
    name: 'counts every late event of an expired session, however many minutes they are of',
    async run(make) {
      const rules = sessionRules(clicks) as SessionRules;
      const store = await make(rules);
      const events = Array.from({ length: 50 }, (_, minute) => click(minute * 60, { action: 'view' }));
      const expired = later(rules.retention / 1000 + 3600);
      expect(await store.apply(events, expired)).toMatchObject({ applied: 0, late: 50, failed: [] });
      expect(await store.session('x', expired)).toBeUndefined();
      const minutes = await store.minutes({ from: start, to: later(3000) }, expired);
      expect(minutes.map(({ lateEvents }) => lateEvents)).toEqual(events.map(() => 1));
    },
  },
  {
    name: 'takes a session of hundreds of events, and events of hundreds of minutes',
    async run(make) {
      const rules = sessionRules(clicks, { mostEvents: 150 }) as SessionRules;
      const store = await make(rules);
      const most = 600;
      const events = Array.from({ length: most }, (_, nth) =>
        click(nth * 15, {
          action: nth % 3 === 0 ? 'cart' : 'purchase',
          item: `item ${nth % 200}`,
          visit: `v${nth % 2}`,
        }),
      );
      const now = later(most * 15);
      for (let at = 0; at < most; at += 200)
        expect(await store.apply(events.slice(at, at + 200), now)).toMatchObject({
          applied: 200,
          failed: [],
        });
      await assertState(rules, store, events, now);
      const again = await store.apply(events.slice(-100), now);
      expect(again).toMatchObject({ applied: 0, duplicates: 100, late: 0 });
    },
  },
  {
    name: 'keeps long names apart',
    async run(make) {
      const rules = sessionRules(clicks) as SessionRules;
      const store = await make(rules);
      const names = ['é'.repeat(1500), `${'é'.repeat(1499)}e`, '#:\'"\u0000'];
      await store.apply(
        names.map((visit, nth) => click(nth, { visit, action: 'cart', item: visit })),
        later(9),
      );
      for (const name of names)
        expect(await store.session(name, later(9))).toMatchObject({ session: name, events: 1 });
      expect(await store.openCarts(later(9))).toMatchObject({ count: 3, value: '7.50' });
    },
  },
];
