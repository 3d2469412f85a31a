// The table of the programs in this folder.
import { decimal, defineEvents, timestamp } from '@headwater/core';
import { z } from 'zod';

export const shop = defineEvents('shop', {
  columns: {
    happened_at: timestamp(),
    action: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
    product: z.int64(),
    brand: z.string().optional(),
    price: decimal(10, 2).min(0),
    customer: z.int64(),
    visit: z.string().optional(),
  },
  roles: {
    time: 'happened_at',
    action: 'action',
    item: 'product',
    brand: 'brand',
    amount: 'price',
    actor: 'customer',
    session: 'visit',
  },
});
