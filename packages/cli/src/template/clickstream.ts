import { decimal, defineEvents, emptyToNull, lake, lowerCase, timestamp, trim } from '@headwater/core';
import { z } from 'zod';

const lowered = [trim(), lowerCase(), emptyToNull()];

/** What shoppers did in the store: one row per view, cart, removal from the cart, and purchase. Yours to change. */
export const clickstream = defineEvents('clickstream', {
  description: 'Behaviour of shoppers in the store, one row per event',
  columns: {
    event_time: timestamp().register(lake, { description: 'When it happened (UTC)', aliases: ['timestamp'] }),
    event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']).register(lake, {
      description: 'What happened',
      aliases: ['action'],
      clean: lowered,
    }),
    product_id: z.int64().register(lake, { description: 'Product', aliases: ['item_id', 'sku'] }),
    category_id: z.int64().register(lake, { description: 'Category of the product' }).optional(),
    category_code: z
      .string()
      .register(lake, { description: 'Category path, such as electronics.smartphone', clean: lowered })
      .optional(),
    brand: z.string().register(lake, { description: 'Brand of the product', clean: lowered }).optional(),
    price: decimal(10, 2).min(0).register(lake, { description: 'Price of the product', unit: 'USD' }),
    user_id: z
      .int64()
      .register(lake, { description: 'Permanent user id', pii: 'pseudonymous', aliases: ['visitor_id'] }),
    user_session: z
      .string()
      .register(lake, {
        description: 'Session id, renewed after a long pause',
        pii: 'pseudonymous',
        aliases: ['session_id'],
      })
      .optional(),
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
