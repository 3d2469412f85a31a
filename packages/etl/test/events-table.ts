import { decimal, defineEvents, emptyToNull, lake, lowerCase, timestamp, trim } from '@headwater/core';
import { z } from 'zod';

const lowered = [trim(), lowerCase(), emptyToNull()];

/** A table of shop events as users define one. */
export const events = defineEvents('events', {
  columns: {
    event_time: timestamp().register(lake, { aliases: ['ts'] }),
    event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']).register(lake, { clean: lowered }),
    product_id: z.int64(),
    brand: z.string().register(lake, { clean: lowered }).optional(),
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
    amount: 'price',
  },
});
