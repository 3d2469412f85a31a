import { decimal, defineEvents, lake, timestamp } from '@headwater/core';
import * as z from 'zod';

/** A shop's events, with personal data under several names. */
export const shop = defineEvents('shop_events', {
  columns: {
    event_time: timestamp(),
    event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
    product_id: z.int64(),
    price: decimal(10, 2).min(0),
    user_id: z.int64().register(lake, { pii: 'pseudonymous', aliases: ['visitor_id'] }),
    email: z.string().optional().register(lake, { pii: 'direct' }),
    session_id: z.string(),
  },
  roles: {
    time: 'event_time',
    action: 'event_type',
    actor: 'user_id',
    item: 'product_id',
    amount: 'price',
    session: 'session_id',
  },
});
