import { decimal, defineEvents, timestamp } from '@headwater/core';
import { z } from 'zod';

/** The events of simulated shoppers, with every role. */
export const clicks = defineEvents('clicks', {
  columns: {
    event_time: timestamp(),
    event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
    product_id: z.int64(),
    category_id: z.int64().optional(),
    category_code: z.string().optional(),
    brand: z.string().optional(),
    price: decimal(10, 2).min(0),
    user_id: z.int64(),
    user_session: z.string().optional(),
  },
  roles: {
    time: 'event_time',
    action: 'event_type',
    actor: 'user_id',
    session: 'user_session',
    item: 'product_id',
    category: 'category_code',
    brand: 'brand',
    amount: 'price',
  },
});
