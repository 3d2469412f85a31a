import type { AmountField, CountField } from '../../sessions/count-sink.ts';
import { amountFields, countFields } from '../../sessions/count-sink.ts';
import { CountTotals, isNothing } from '../../sessions/minute-totals.ts';
import type { CartLine, SessionChain, SessionTotals } from '../../sessions/session-chain.ts';
import type { SessionAction, SessionEvent } from '../../sessions/session-event.ts';

/** Codes of actions in a log: the place in this list. Items are stored, so the order never changes. */
const actions: readonly SessionAction[] = [null, 'view', 'cart', 'removeFromCart', 'purchase'];

/** An event in a log: id, time, action, item, amount, actor, and where rows of an event differ its rank. */
type LogEntry = [
  id: string,
  time: number,
  action: number,
  item: string | null,
  amount: string | null,
  actor: string | null,
  by?: string | null,
  order?: string,
];

const textOf = (units: bigint | null): string | null => (units === null ? null : String(units));
const unitsOf = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

/** Writes the events that a state remembers one by one. */
export const encodeLog = (log: readonly SessionEvent[]): string =>
  JSON.stringify(
    log.map(({ id, time, action, item, amount, actor, rank }): LogEntry => {
      const code = actions.indexOf(action);
      if (!rank) return [id, time, code, item, textOf(amount), actor];
      return [id, time, code, item, textOf(amount), actor, textOf(rank.by), String(rank.order)];
    }),
  );

export const decodeLog = (text: string | undefined): SessionEvent[] =>
  text === undefined
    ? []
    : (JSON.parse(text) as LogEntry[]).map(([id, time, action, item, amount, actor, by, order]) => ({
        id,
        time,
        action: actions[action] ?? null,
        item,
        amount: unitsOf(amount),
        actor,
        ...(order === undefined ? {} : { rank: { by: unitsOf(by ?? null), order: BigInt(order) } }),
      }));

type StoredTotals = Omit<SessionTotals, 'revenue' | 'added' | 'removed' | 'items'> & {
  readonly amounts: readonly [revenue: string, added: string, removed: string];
  readonly items: readonly (readonly [item: string, count: number, amount: string])[];
};

/** Writes what the folded events of a state came to. Earlier sessions with a cart have items of their own. */
export function encodeBase(base: SessionChain | undefined): string | undefined {
  if (!base) return undefined;
  const { began, last, exceeding, session } = base;
  return JSON.stringify({ began, last, exceeding, ...(session ? { session: encodeTotals(session) } : {}) });
}

export function decodeBase(text: string | undefined): SessionChain | undefined {
  if (text === undefined) return undefined;
  const { began, last, exceeding, session } = JSON.parse(text) as {
    readonly began: number | null;
    readonly last: number | null;
    readonly exceeding: number;
    readonly session?: StoredTotals;
  };
  return {
    // JSON has no NaN: a key without sessions never began one.
    began: began ?? Number.NaN,
    last: last ?? Number.NaN,
    exceeding,
    session: session && decodeTotals(session),
    closed: [],
  };
}

const encodeTotals = ({ revenue, added, removed, items, ...totals }: SessionTotals): StoredTotals => ({
  ...totals,
  amounts: [String(revenue), String(added), String(removed)],
  items: [...items].map(([item, { count, amount }]) => [item, count, String(amount)] as const),
});

function decodeTotals({ amounts, items, ...totals }: StoredTotals): SessionTotals {
  const [revenue, added, removed] = amounts;
  const lines = items.map(([item, count, amount]): [string, CartLine] => [
    item,
    { count, amount: BigInt(amount) },
  ]);
  return {
    ...totals,
    revenue: BigInt(revenue),
    added: BigInt(added),
    removed: BigInt(removed),
    items: new Map(lines),
  };
}

type StoredCounts = {
  readonly minutes: readonly (readonly [minute: number, counts: Readonly<Record<string, number | string>>])[];
  readonly sales: readonly (readonly [minute: number, item: string, purchases: number, units: string])[];
};

/** Writes counts that are owed; undefined when there are none. */
export function encodeCounts(counts: CountTotals): string | undefined {
  const minutes = [...counts.minutes].filter(([, totals]) => !isNothing(totals));
  const sales = [...counts.sales].flatMap(([minute, items]) =>
    [...items].map(([item, { purchases, revenue }]) => [minute, item, purchases, String(revenue)] as const),
  );
  if (minutes.length + sales.length === 0) return undefined;
  const stored: StoredCounts = {
    minutes: minutes.map(([minute, totals]) => [
      minute,
      Object.fromEntries(
        [...countFields, ...amountFields]
          .filter((field) => Number(totals[field]) !== 0)
          .map((field) => [field, typeof totals[field] === 'bigint' ? String(totals[field]) : totals[field]]),
      ),
    ]),
    sales,
  };
  return JSON.stringify(stored);
}

export function decodeCounts(text: string | undefined): CountTotals {
  const counts = new CountTotals();
  if (text === undefined) return counts;
  const { minutes, sales } = JSON.parse(text) as StoredCounts;
  for (const [minute, fields] of minutes)
    for (const [field, value] of Object.entries(fields))
      if (typeof value === 'string') counts.amount(minute, field as AmountField, BigInt(value));
      else counts.count(minute, field as CountField, value);
  for (const [minute, item, purchases, units] of sales) counts.sale(minute, item, purchases, BigInt(units));
  return counts;
}
