import { amountText } from './event-amount.ts';
import { leavesCart, leftIn, otherItems, type SessionTotals } from './session-chain.ts';
import type { SessionRules, StateKey } from './session-rules.ts';

/** A session as it is now. Amounts are exact decimal texts. */
export interface LiveSession {
  /** The session id; for derived sessions the actor. Of a pair of columns, both values as one text. */
  readonly session: string;
  /** The actor of its first event that has one. */
  readonly actor: string | null;
  readonly began: Date;
  /** Its last event. */
  readonly last: Date;
  /** When it is taken for ended, unless another event comes. */
  readonly ends: Date;
  readonly events: number;
  readonly views: number;
  readonly purchases: number;
  /** Amounts of its purchases; null on a table without amounts. */
  readonly revenue: string | null;
  /** What is in its cart; null when it put nothing in, or bought something. */
  readonly cart: LiveCart | null;
}

/** A cart that was not bought. */
export interface LiveCart {
  /** Events that put something in. */
  readonly events: number;
  /** What was put in less what was taken out, never below zero; null on a table without amounts. */
  readonly value: string | null;
  /** Items that were put in more often than taken out, the first ones by the time they were put in. */
  readonly items: readonly {
    readonly item: string;
    readonly count: number;
    readonly amount: string | null;
  }[];
  /** Items that are in the cart and not listed. */
  readonly otherItems: number;
}

/** Items of a cart that are listed. */
const mostListed = 50;

/** Shows a session. */
export function liveSession(rules: SessionRules, { text }: StateKey, totals: SessionTotals): LiveSession {
  const moneyOf = (units: bigint) => (rules.hasAmounts ? amountText(units, rules.scale) : null);
  const inCart = leavesCart(totals) ? [...totals.items].filter(([, { count }]) => count > 0) : [];
  const listed = inCart.filter(([item]) => item !== otherItems).slice(0, mostListed);
  return {
    session: text,
    actor: totals.actor,
    began: new Date(totals.began),
    last: new Date(totals.last),
    ends: new Date(totals.last + rules.endsAfter),
    events: totals.events,
    views: totals.views,
    purchases: totals.purchases,
    revenue: moneyOf(totals.revenue),
    cart: leavesCart(totals)
      ? {
          events: totals.carts,
          value: moneyOf(leftIn(totals)),
          items: listed.map(([item, { count, amount }]) => ({ item, count, amount: moneyOf(amount) })),
          otherItems: inCart.length - listed.length,
        }
      : null,
  };
}
