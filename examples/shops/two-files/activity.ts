import { decimal, defineEvents, lake, timestamp } from '@headwater/core';
import { z } from 'zod';

/** Clicks and purchases in two files of two layouts, neither with a header. */
export const activity = defineEvents('activity', {
  description: 'Clicks and purchases of visits',
  columns: {
    session: z
      .int64()
      .register(lake, { description: 'Visit; nothing more is known of a visitor', pii: 'pseudonymous' }),
    event_time: timestamp().register(lake, { description: 'When it happened' }),
    product: z.int64().register(lake, { description: 'Product' }),
    category: z.string().optional().register(lake, { description: 'Category; of clicks only' }),
    action: z.enum(['view', 'purchase']).register(lake, { description: 'What happened' }),
    price: decimal(12, 2).optional().register(lake, { description: 'Price of one', unit: 'EUR' }),
    quantity: z.int32().optional().register(lake, { description: 'How many' }),
  },
  sources: {
    clicks: { positions: ['session', 'event_time', 'product', 'category'], constants: { action: 'view' } },
    buys: {
      positions: ['session', 'event_time', 'product', 'price', 'quantity'],
      constants: { action: 'purchase' },
    },
  },
  roles: {
    time: 'event_time',
    action: 'action',
    actor: 'session',
    session: 'session',
    item: 'product',
    category: 'category',
    amount: 'price',
    quantity: 'quantity',
  },
  amountPer: 'unit',
});
