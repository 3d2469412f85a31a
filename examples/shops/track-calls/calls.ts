import { decimal, defineEvents, lake, timestamp } from '@headwater/core';
import { z } from 'zod';

/** Calls to `track` of a customer data platform: nested JSON, with the products of each call in a list. */
export const calls = defineEvents('calls', {
  description: 'Calls to track, one row for each product of a call',
  explode: 'properties.products',
  columns: {
    event_time: timestamp().register(lake, { description: 'When it happened', path: 'timestamp' }),
    event_name: z.string().register(lake, { description: 'What happened', path: 'event' }),
    message_id: z.string().register(lake, { description: 'Id of the call', path: 'messageId' }),
    anonymous_id: z.string().register(lake, {
      description: 'Visitor',
      path: 'anonymousId',
      pii: 'pseudonymous',
    }),
    session_id: z.int64().optional().register(lake, { description: 'Visit', path: 'context.sessionId' }),
    page: z.string().optional().register(lake, { description: 'Page', path: 'context.page.path' }),
    order_id: z.string().optional().register(lake, { description: 'Order', path: 'properties.order_id' }),
    product_id: z
      .string()
      .optional()
      .register(lake, { description: 'Product', path: 'properties.products[].product_id' }),
    category: z
      .string()
      .optional()
      .register(lake, { description: 'Category', path: 'properties.products[].category' }),
    brand: z
      .string()
      .optional()
      .register(lake, { description: 'Brand', path: 'properties.products[].brand' }),
    price: decimal(12, 2).optional().register(lake, {
      description: 'Price of one',
      path: 'properties.products[].price',
      unit: 'EUR',
      // A price that nobody can read does not make the event one that did not happen. Loads count and show them.
      invalid: 'null',
    }),
    quantity: z
      .int32()
      .optional()
      .register(lake, { description: 'How many', path: 'properties.products[].quantity' }),
  },
  roles: {
    time: 'event_time',
    action: 'event_name',
    actor: 'anonymous_id',
    session: 'session_id',
    order: 'order_id',
    item: 'product_id',
    category: 'category',
    brand: 'brand',
    amount: 'price',
    quantity: 'quantity',
  },
  amountPer: 'unit',
  actions: {
    view: ['Product Viewed', 'Product Clicked'],
    cart: 'Product Added',
    removeFromCart: 'Product Removed',
    checkout: 'Checkout Started',
    purchase: 'Order Completed',
  },
  // An order lists its products.
  purchases: { items: 'own' },
});
