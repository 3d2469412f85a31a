import { decimal, defineEvents, lake, timestamp } from '@headwater/core';
import { z } from 'zod';

/** A table of a shop's events, with a column of its own for the category where one is given. */
export const shopTable = <Name extends string>(name: Name, category = z.string().optional()) =>
  defineEvents(name, {
    description: 'One row per event',
    columns: {
      event_time: timestamp(),
      event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
      product_id: z.int64(),
      category_code: category,
      brand: z.string().optional(),
      price: decimal(10, 2).min(0).register(lake, { unit: 'USD' }),
      user_id: z.int64().register(lake, { pii: 'pseudonymous' }),
      user_session: z.string().register(lake, { pii: 'pseudonymous' }).optional(),
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

/** A shop's events, as the simulator writes them. */
export const clickstream = shopTable('clickstream');
