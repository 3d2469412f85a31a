import { decimal, defineEvents, lake, timestamp } from '@headwater/core';
import { z } from 'zod';

/** The export of Google Analytics 4 to BigQuery, as `bq extract` writes it: nested JSON, a list of items in each event. */
export const ga4 = defineEvents('ga4', {
  description: 'Events of the web shop, one row for each item of an event',
  zone: 'America/New_York',
  // A row for each item. An event without items is one row.
  explode: 'items',
  columns: {
    event_time: timestamp({ from: 'epoch-microseconds' }).register(lake, {
      description: 'When it happened',
      path: 'event_timestamp',
    }),
    event_name: z.string().register(lake, { description: 'What happened' }),
    actor: z.string().optional().register(lake, {
      description: 'Visitor, by a cookie; who refuses it has none',
      path: 'user_pseudo_id',
      pii: 'pseudonymous',
    }),
    session: z.int64().optional().register(lake, {
      description: 'Visit of the visitor',
      path: 'event_params[key=ga_session_id].value.int_value',
    }),
    order_id: z
      .string()
      .optional()
      .register(lake, { description: 'Order', path: 'ecommerce.transaction_id' }),
    product_id: z.string().optional().register(lake, { description: 'Product', path: 'items[].item_id' }),
    category: z
      .string()
      .optional()
      .register(lake, { description: 'Category', path: 'items[].item_category' }),
    brand: z.string().optional().register(lake, { description: 'Brand', path: 'items[].item_brand' }),
    price: decimal(12, 2)
      .optional()
      .register(lake, { description: 'Price of one', path: 'items[].price', unit: 'USD' }),
    quantity: z.int32().optional().register(lake, { description: 'How many', path: 'items[].quantity' }),
  },
  roles: {
    time: 'event_time',
    action: 'event_name',
    actor: 'actor',
    // The number of a session is unique within a visitor only.
    session: ['actor', 'session'],
    order: 'order_id',
    item: 'product_id',
    category: 'category',
    brand: 'brand',
    amount: 'price',
    quantity: 'quantity',
  },
  amountPer: 'unit',
  actions: {
    view: 'view_item',
    cart: 'add_to_cart',
    removeFromCart: 'remove_from_cart',
    checkout: 'begin_checkout',
    purchase: 'purchase',
  },
  // An order lists its items.
  purchases: { items: 'own' },
});
