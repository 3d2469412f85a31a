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
    events: rows.map(plain),
    zone: 'UTC',
    scale,
    hasOrders: roles.order !== undefined,
    takesCart: table.schema.purchaseItems === 'cart',
    hasAmounts: roles.amount !== undefined,
  };
}

/** `12.5` with two digits is 1250. */
function unitsOf(text: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}
