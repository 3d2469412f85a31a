import fc from 'fast-check';
import { expect } from 'vitest';
import { reduceSessions } from '../../src/sessions/reduce-sessions.ts';
import type { DeliveredEvent, SessionRules } from '../../src/sessions/session-rules.ts';
import type { ApplyReport, LiveStore } from '../../src/sessions/session-store.ts';
import type { Deliveries } from '../sessions/deliveries.ts';

/** Makes an empty store. */
export type MakeStore = (rules: SessionRules) => Promise<LiveStore> | LiveStore;

const everything = { from: new Date(0), to: new Date('2100-01-01') };

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

/** Runs a property with a store of its own for each case. */
export async function assertForAll(
  make: MakeStore,
  rules: SessionRules,
  any: fc.Arbitrary<Deliveries>,
  now: Date,
  numRuns: number,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(any, async (deliveries) => {
      await assertReduced(rules, await make(rules), deliveries, now);
    }),
    { numRuns },
  );
}
