import { groupByKey } from './group-by-key.ts';
import { type LiveSession, liveSession } from './live-session.ts';
import { CountTotals, shownMinutes } from './minute-totals.ts';
import { emptyChain, stepChain } from './session-chain.ts';
import { compareEvents, type SessionEvent } from './session-event.ts';
import type { DeliveredEvent, SessionRules } from './session-rules.ts';
import type { ItemSales, MinuteCounts } from './session-store.ts';
import { salesOf } from './top-sales.ts';

/** Everything that events come to. */
export interface ReducedSessions {
  /** Distinct events. */
  readonly events: number;
  /** All sessions, by key and time. */
  readonly sessions: readonly LiveSession[];
  readonly minutes: readonly MinuteCounts[];
  /** What was sold in all minutes, the most first. */
  readonly sales: readonly ItemSales[];
}

/**
 * The sessions and counts of a set of events, worked out at once: of the rows of each event one is taken by the definition's rule, and
 * the events of each key are folded in the order of time. Stores come to the same, whatever the deliveries are.
 */
export function reduceSessions(rules: SessionRules, delivered: readonly DeliveredEvent[]): ReducedSessions {
  const totals = new CountTotals();
  const sessions: LiveSession[] = [];
  let count = 0;
  for (const { key, events } of groupByKey(rules, delivered).values()) {
    const distinct = distinctEvents(rules, events).sort(compareEvents);
    count += distinct.length;
    const chain = emptyChain();
    for (const event of distinct) {
      const { session } = chain;
      stepChain(rules, chain, event, key.kind === 'loose', totals);
      if (session && session !== chain.session) sessions.push(liveSession(rules, key, session));
    }
    if (chain.session) sessions.push(liveSession(rules, key, chain.session));
  }
  return {
    events: count,
    sessions: sessions.sort(inOrder),
    minutes: shownMinutes(rules, totals.minutes),
    sales: salesOf(rules, totals.sales.values(), 'purchases'),
  };
}

function distinctEvents(rules: SessionRules, events: readonly SessionEvent[]): SessionEvent[] {
  const byId = new Map<string, SessionEvent>();
  for (const event of events) {
    const there = byId.get(event.id);
    if (!there || rules.replaces(event, there)) byId.set(event.id, event);
  }
  return [...byId.values()];
}

function inOrder(one: LiveSession, other: LiveSession): number {
  if (one.session !== other.session) return one.session < other.session ? -1 : 1;
  return one.began.getTime() - other.began.getTime();
}
