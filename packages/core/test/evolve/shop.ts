import { z } from 'zod';
import {
  type ColumnShape,
  decimal,
  defineEvents,
  emptyToNull,
  lake,
  lowerCase,
  type TableSchema,
  timestamp,
  trim,
} from '../../src/index.ts';

const lowered = [trim(), lowerCase(), emptyToNull()];

/** The columns that changes start from. */
export const shopColumns = {
  event_time: timestamp(),
  event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']).register(lake, { clean: lowered }),
  product_id: z.int32(),
  brand: z.string().max(50).optional(),
  colour: z.enum(['red', 'blue']).optional(),
  size: z.enum(['s', 'm']),
  stock: z.int64(),
  price: decimal(10, 2).min(0).register(lake, { unit: 'EUR' }),
  user_id: z.int64().register(lake, { pii: 'pseudonymous', aliases: ['visitor'] }),
  user_session: z.string().optional(),
};

/** Beyond the columns, what changes start from. */
export const shopRest = {
  roles: {
    time: 'event_time',
    action: 'event_type',
    item: 'product_id',
    actor: 'user_id',
    session: 'user_session',
    amount: 'price',
  },
  duplicateKey: ['event_time', 'event_type', 'product_id', 'user_id'],
} as const;

/** A definition of the same name, whatever its columns: names are checked when it is made. */
export function shop(columns: ColumnShape = shopColumns, rest: object = {}): TableSchema {
  const loose = { ...shopRest, columns, ...rest } as unknown as {
    columns: ColumnShape;
    roles: { time: string };
  };
  return defineEvents('shop', loose).schema;
}

/** The columns without some, and with others. */
export function changed(without: readonly string[], columns: ColumnShape = {}): ColumnShape {
  const kept = Object.entries(shopColumns).filter(([name]) => !without.includes(name) && !(name in columns));
  const order = Object.keys(shopColumns);
  const placed = [...kept, ...Object.entries(columns)].sort(
    ([left], [right]) =>
      (order.indexOf(left) + 1 || Number.POSITIVE_INFINITY) -
        (order.indexOf(right) + 1 || Number.POSITIVE_INFINITY) || 0,
  );
  return Object.fromEntries(placed);
}
