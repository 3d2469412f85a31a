import type { EventsTable } from '@headwater/core';
import { isAlways, valuesOfAction } from '@headwater/core/internal';
import { blankEvent, type PlainEvent, type PlainShop } from '@headwater/reference-answers';

type Row = Readonly<Record<string, unknown>>;

/** How the sessions of a test's table are found, in milliseconds; written out here, so that the stores' reading of it is tested. */
export interface PlainRule {
  /** The columns that tell sessions apart. */
  readonly session: readonly string[];
  readonly gap: number;
  readonly longest: number;
  /** The columns by which rows are of one event, and the column whose largest value stays. */
  readonly key: readonly string[];
  readonly latestBy?: string;
  /** Digits behind the point of amounts. */
  readonly scale: number;
}

/** The events of a table as the reference takes them: without duplicates, each with the session that it is in. */
export function plainShop(
  table: Pick<EventsTable, 'schema'>,
  rows: readonly Row[],
  rule: PlainRule,
): PlainShop {
  const { roles, actions, amountPer, purchaseItems } = table.schema;
  const actionOf = (value: unknown) =>
    Object.entries(actions).find(
      ([, one]) => isAlways(one) || valuesOfAction(one).includes(String(value)),
    )?.[0];
  const textOf = (row: Row, name: string | undefined) => {
    const value = name === undefined ? null : row[name];
    return value === null || value === undefined ? null : String(value);
  };
  const amountOf = (row: Row): bigint | null => {
    const price = roles.amount === undefined ? null : row[roles.amount];
    if (price === null || price === undefined) return null;
    const units = unitsOf(typeof price === 'number' ? price.toFixed(rule.scale) : String(price), rule.scale);
    if (amountPer !== 'unit') return units;
    const quantity = textOf(row, roles.quantity);
    return quantity === null ? null : units * BigInt(quantity);
  };
  const events = distinctRows(rows, rule).map((row): [PlainEvent, string | null] => {
    const session = rule.session.map((name) => textOf(row, name));
    const key = session.length === 0 || session.includes(null) ? null : session.join(' / ');
    const event = {
      ...blankEvent,
      time: row[roles.time ?? ''] as Date,
      action: actionOf(textOf(row, roles.action)) ?? null,
      actor: textOf(row, roles.actor),
      item: textOf(row, roles.item),
      order: textOf(row, roles.order),
      amount: amountOf(row),
    };
    return [event, key];
  });
  return {
    events: withSessions(events, rule),
    zone: 'UTC',
    scale: rule.scale,
    hasOrders: roles.order !== undefined,
    hasAmounts: roles.amount !== undefined,
    takesCart: purchaseItems === 'cart',
  };
}

function distinctRows(rows: readonly Row[], { key, latestBy }: PlainRule): Row[] {
  const byKey = Map.groupBy(rows, (row) => JSON.stringify(key.map((name) => String(row[name]))));
  if (key.length === 0) return [...rows];
  const orderOf = (row: Row) => (latestBy === undefined ? 0 : Number(row[latestBy] ?? -1));
  // Of equal values the last row stays where the latest one does, else the first.
  return [...byKey.values()].map((same) =>
    same.reduce((best, row) => {
      const isBetter = latestBy === undefined ? false : orderOf(row) >= orderOf(best);
      return isBetter ? row : best;
    }),
  );
}

/** A session begins after a gap, and has what is within the longest of its beginning. */
function withSessions(
  events: readonly (readonly [PlainEvent, string | null])[],
  rule: PlainRule,
): PlainEvent[] {
  const ordered = events.toSorted(([one], [other]) => one.time.getTime() - other.time.getTime());
  const chains = new Map<string, { began: number; last: number }>();
  return ordered.map(([event, key]) => {
    if (key === null) return event;
    const at = event.time.getTime();
    const chain = chains.get(key);
    const began = chain && at - chain.last <= rule.gap ? chain.began : at;
    chains.set(key, { began, last: at });
    return { ...event, session: at - began <= rule.longest ? `${key} @ ${began}` : null };
  });
}

function unitsOf(text: string, scale: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}
