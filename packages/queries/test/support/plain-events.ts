import type { EventsTable } from '@headwater/core';
import { isAlways, valuesOfAction } from '@headwater/core/internal';
import { blankEvent, type PlainEvent, type PlainShop } from '@headwater/reference-answers';

type Row = Readonly<Record<string, unknown>>;

/** Rows of a table as the reference takes them: columns by role, actions by name, amounts in whole units. */
export function plainShop(table: EventsTable, rows: readonly Row[], scale = 2): PlainShop {
  const { roles, actions, amountPer } = table.schema;
  const names = new Map(
    Object.entries(actions).flatMap(([name, value]) => valuesOfAction(value).map((one) => [one, name])),
  );
  const [always = null] = Object.keys(actions).filter((name) => isAlways(actions[name]));
  const plain = (row: Row): PlainEvent => {
    const value = (role: keyof typeof roles): unknown => row[roles[role] ?? ''] ?? null;
    const text = (role: keyof typeof roles): string | null => {
      const one = value(role);
      return one === null ? null : String(one);
    };
    const amount = text('amount');
    const quantity = amountPer === 'unit' ? text('quantity') : '1';
    return {
      ...blankEvent,
      time: value('time') as Date,
      action: names.get(text('action') ?? '') ?? always,
      actor: text('actor'),
      session: text('session'),
      order: text('order'),
      item: text('item'),
      category: text('category'),
      brand: text('brand'),
      amount: amount === null || quantity === null ? null : unitsOf(amount, scale) * BigInt(quantity),
    };
  };
  return {
    events: splitSessions(rows.map(plain)),
    zone: 'UTC',
    scale,
    hasOrders: roles.order !== undefined,
    takesCart: table.schema.purchaseItems === 'cart',
    hasAmounts: roles.amount !== undefined,
  };
}

const longest = 86_400_000;

/** Ids of sessions are used again: each session of one gets an id of its own, and what exceeds a session is in none. */
function splitSessions(events: readonly PlainEvent[]): PlainEvent[] {
  const seen = new Map<string, { began: number; last: number }>();
  const split = events
    .toSorted((left, right) => left.time.getTime() - right.time.getTime())
    .map((event): [PlainEvent, PlainEvent] => {
      if (event.session === null) return [event, event];
      const at = event.time.getTime();
      const before = seen.get(event.session);
      const began = before && at - before.last <= longest ? before.began : at;
      seen.set(event.session, { began, last: at });
      return [event, { ...event, session: at - began <= longest ? `${event.session} ${began}` : null }];
    });
  const bySession = new Map(split);
  return events.map((event) => bySession.get(event) ?? event);
}

/** `12.5` with two digits is 1250. */
function unitsOf(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}
