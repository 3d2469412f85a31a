import { type CountSink, minuteOf } from './count-sink.ts';
import { isBare, type SessionEvent } from './session-event.ts';
import type { SessionRules } from './session-rules.ts';

/** What was put into a cart of one item, less what was taken out. */
export interface CartLine {
  count: number;
  amount: bigint;
}

/** One session, as far as its events were seen in the order of time. */
export interface SessionTotals {
  readonly began: number;
  last: number;
  actor: string | null;
  events: number;
  views: number;
  purchases: number;
  /** Cart events, and those that take something out. */
  carts: number;
  removals: number;
  /** Amounts of the purchases, and of what was put into the cart and taken out. */
  revenue: bigint;
  added: bigint;
  removed: bigint;
  /** What is in the cart since the last purchase that took it. */
  items: Map<string, CartLine>;
}

/** The events of one key in the order of time: its session that goes on, and what came before. */
export interface SessionChain {
  /** When the session began; NaN before the first event. */
  began: number;
  /** The last event, also one that exceeds the session. */
  last: number;
  session: SessionTotals | undefined;
  /** Events that exceed the session. */
  exceeding: number;
  /** Sessions that another one followed, and that left a cart. */
  closed: SessionTotals[];
}

/** Items of a cart that are told apart when its first events are folded. */
const mostItems = 500;
/** The name of the line that stands for all others. No item is called so. */
export const otherItems = '\u0000others';
/** Earlier sessions with an abandoned cart that are remembered of one key. */
const mostClosed = 50;

export const emptyChain = (): SessionChain => ({
  began: Number.NaN,
  last: Number.NaN,
  session: undefined,
  exceeding: 0,
  closed: [],
});

/** A copy that can be stepped on its own. */
export const copyChain = (chain: SessionChain): SessionChain => ({
  ...chain,
  session: chain.session && copyTotals(chain.session),
  closed: [...chain.closed],
});

export const copyTotals = (totals: SessionTotals): SessionTotals => ({
  ...totals,
  items: new Map([...totals.items].map(([item, line]) => [item, { ...line }])),
});

/** Whether a session has something in its cart that was not bought, as the metric cart-abandonment has it. */
export const leavesCart = ({ carts, purchases }: SessionTotals): boolean => carts > 0 && purchases === 0;

/** What is left in the cart of a session: never below zero. */
export const leftIn = ({ added, removed }: SessionTotals): bigint => (added > removed ? added - removed : 0n);

/**
 * Adds the next event of a key, in the order of `compareEvents`. This is the one place that says what an event means: stores and the
 * pure reducer both fold events by it.
 *
 * @param isLoose whether the events of the key are of no session
 */
export function stepChain(
  rules: SessionRules,
  chain: SessionChain,
  event: SessionEvent,
  isLoose: boolean,
  sink: CountSink,
): void {
  const { time, action } = event;
  const minute = minuteOf(time);
  sink.count(minute, 'events', 1);
  if (rules.countsVisitors && !isLoose && !(minuteOf(chain.last) === minute))
    sink.count(minute, 'visitors', 1);
  const session = isLoose ? undefined : sessionOf(rules, chain, event, minute, sink);
  if (!session) sink.count(minute, 'eventsWithoutSession', 1);
  if (action === 'purchase') countPurchase(rules, session, event, minute, sink);
  if (!session) return;
  session.last = time;
  session.events += 1;
  session.actor ??= event.actor;
  if (action === 'view') session.views += 1;
  else if (action !== null) changeCart(session, event, sink);
}

/** The session that an event is in: the one that goes on, or one that it begins. */
function sessionOf(
  rules: SessionRules,
  chain: SessionChain,
  { time }: SessionEvent,
  minute: number,
  sink: CountSink,
): SessionTotals | undefined {
  const { lengths } = rules;
  if (!lengths) return undefined;
  const isNear = time - chain.last <= lengths.gap;
  chain.last = time;
  if (isNear) {
    if (time - chain.began <= lengths.longest) return chain.session;
    chain.exceeding += 1;
    return undefined;
  }
  if (chain.session && leavesCart(chain.session)) {
    chain.closed.push(chain.session);
    if (chain.closed.length > mostClosed) chain.closed.shift();
  }
  sink.count(minute, 'sessions', 1);
  chain.began = time;
  chain.session = {
    began: time,
    last: time,
    actor: null,
    events: 0,
    views: 0,
    purchases: 0,
    carts: 0,
    removals: 0,
    revenue: 0n,
    added: 0n,
    removed: 0n,
    items: new Map(),
  };
  return chain.session;
}

function countPurchase(
  rules: SessionRules,
  session: SessionTotals | undefined,
  event: SessionEvent,
  minute: number,
  sink: CountSink,
): void {
  sink.count(minute, 'purchases', 1);
  let revenue = event.amount ?? 0n;
  if (rules.takesCart && session && isBare(event)) {
    const bought = [...session.items].filter(([, { count }]) => count > 0);
    session.items.clear();
    if (bought.length > 0) revenue = 0n;
    for (const [item, { amount }] of bought) {
      revenue += amount;
      if (item !== otherItems) sink.sale(minute, item, 1, amount);
    }
  } else if (event.item !== null) sink.sale(minute, event.item, 1, revenue);
  if (revenue !== 0n) sink.amount(minute, 'revenue', revenue);
  if (session) session.revenue += revenue;
}

/** Counts a purchase, or what was put into the cart or taken out, in the minute in which the session began. */
function changeCart(session: SessionTotals, { action, item, amount }: SessionEvent, sink: CountSink): void {
  const began = minuteOf(session.began);
  const [hadCart, leftCart, left] = [session.carts > 0, leavesCart(session), leftIn(session)];
  if (action === 'purchase') {
    if (session.purchases === 0) sink.count(began, 'purchaseSessions', 1);
    session.purchases += 1;
  } else {
    const sign = action === 'cart' ? 1 : -1;
    const units = amount ?? 0n;
    if (sign > 0) {
      session.carts += 1;
      session.added += units;
    } else {
      session.removals += 1;
      session.removed += units;
    }
    if (item !== null) addLine(session.items, item, sign, sign > 0 ? units : -units);
  }
  if (!hadCart && session.carts > 0) sink.count(began, 'cartSessions', 1);
  const leaves = leavesCart(session);
  if (leaves !== leftCart) sink.count(began, 'abandonedSessions', leaves ? 1 : -1);
  const change = (leaves ? leftIn(session) : 0n) - (leftCart ? left : 0n);
  if (change !== 0n) sink.amount(began, 'abandonedValue', change);
}

function addLine(items: SessionTotals['items'], item: string, count: number, amount: bigint): void {
  const line = items.get(item);
  if (line) {
    line.count += count;
    line.amount += amount;
  } else items.set(item, { count, amount });
}

/**
 * Bounds what is remembered of the cart of folded events: the oldest lines become one.
 *
 * @returns whether lines were merged
 */
export function boundItems(session: SessionTotals): boolean {
  if (session.items.size <= mostItems) return false;
  const lines = [...session.items];
  session.items = new Map(lines.slice(-mostItems + 1));
  for (const [, { count, amount }] of lines.slice(0, -mostItems + 1))
    addLine(session.items, otherItems, count, amount);
  return true;
}
