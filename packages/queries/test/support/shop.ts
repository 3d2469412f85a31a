import { decimal, defineEvents, type InferRow, timestamp } from '@headwater/core';
import { z } from 'zod';

const definition = {
  columns: {
    event_time: timestamp(),
    event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
    product_id: z.int64(),
    category: z.string().optional(),
    brand: z.string().optional(),
    price: decimal(10, 2),
    user_id: z.int64(),
    session: z.string().optional(),
  },
  roles: {
    time: 'event_time',
    action: 'event_type',
    item: 'product_id',
    category: 'category',
    brand: 'brand',
    amount: 'price',
    actor: 'user_id',
    session: 'session',
  },
} as const;

/** The table of these tests, with every role. */
export const shop = defineEvents('shop', definition);

/** The same table with more digits of prices, whose files do not fit the table. */
export const shopOfFinePrices = defineEvents('shop', {
  ...definition,
  columns: { ...definition.columns, price: decimal(12, 4) },
});

/** The same table, whose days are those of a zone. */
export const shopIn = (zone: string) => defineEvents('shop', { ...definition, zone });

type Action = InferRow<typeof shop>['event_type'];

const products: Readonly<Record<string, { category: string | null; brand: string | null; price: number }>> = {
  1: { category: 'phones', brand: 'acme', price: 100.1 },
  2: { category: 'phones', brand: 'bolt', price: 50 },
  3: { category: 'shoes', brand: 'acme', price: 20.2 },
  4: { category: null, brand: null, price: 7.25 },
};

/** One event, as in `event('03 23:50', 'cart', 1, 10, 's1')`: March 2024, product, user, session. */
export function event(
  time: string,
  action: Action,
  product: number,
  user: number,
  session: string | null,
): InferRow<typeof shop> {
  const [day, clock] = time.split(' ');
  const { category, brand, price } = products[product] ?? { category: null, brand: null, price: 0 };
  return {
    event_time: new Date(`2024-03-${day}T${clock}:00.000Z`),
    event_type: action,
    product_id: BigInt(product),
    category,
    brand,
    price,
    user_id: BigInt(user),
    session,
  };
}

/**
 * A small history with every trap: `s2` and `s4` cross midnight, `s3` buys without a cart, events without a session,
 * a product without a category, an emptied cart.
 */
export const history: readonly InferRow<typeof shop>[] = [
  // s1, user 10: 3 March (Sunday); carts product 1 and buys it
  event('03 10:00', 'view', 1, 10, 's1'),
  event('03 10:05', 'cart', 1, 10, 's1'),
  event('03 10:10', 'purchase', 1, 10, 's1'),
  // s2, user 11: begins on the 3rd, carts on both days, buys nothing
  event('03 23:50', 'view', 2, 11, 's2'),
  event('03 23:55', 'cart', 2, 11, 's2'),
  event('04 00:05', 'cart', 3, 11, 's2'),
  // s3, user 10: purchase without any cart event
  event('04 09:00', 'view', 3, 10, 's3'),
  event('04 09:01', 'purchase', 3, 10, 's3'),
  event('04 09:02', 'purchase', 4, 10, 's3'),
  // s4, user 12: begins on the 4th, buys after midnight
  event('04 23:58', 'cart', 2, 12, 's4'),
  event('05 00:02', 'purchase', 2, 12, 's4'),
  event('05 00:03', 'purchase', 1, 12, 's4'),
  // s5, user 13: puts two in, takes one out, leaves
  event('05 12:00', 'cart', 1, 13, 's5'),
  event('05 12:01', 'cart', 3, 13, 's5'),
  event('05 12:02', 'remove_from_cart', 1, 13, 's5'),
  // without a session
  event('05 13:00', 'view', 4, 14, null),
  event('05 13:01', 'cart', 4, 14, null),
  event('05 13:02', 'purchase', 4, 14, null),
];
