import { decimal, defineEvents, lake, timestamp } from '@headwater/core';
import { z } from 'zod';

/** Events of GA4 as BigQuery exports them: 64-bit integers as texts, parameters as a list of keys and values, items in a list. */
export const ga4 = defineEvents('ga4', {
  description: 'Web analytics, a row for each item of an event',
  explode: 'items',
  columns: {
    event_time: timestamp({ from: 'epoch-microseconds' }).register(lake, { path: 'event_timestamp' }),
    event_name: z.string(),
    actor: z.string().optional().register(lake, { path: 'user_pseudo_id', pii: 'pseudonymous' }),
    session: z.int64().optional().register(lake, { path: 'event_params[key=ga_session_id].value.int_value' }),
    page: z
      .string()
      .optional()
      .register(lake, { path: 'event_params[key=page_location].value.string_value' }),
    order_id: z.string().optional().register(lake, { path: 'ecommerce.transaction_id' }),
    item_number: z.int32().optional().register(lake, { path: 'items[#]' }),
    product_id: z.string().optional().register(lake, { path: 'items[].item_id' }),
    category: z.string().optional().register(lake, { path: 'items[].item_category' }),
    brand: z.string().optional().register(lake, { path: 'items[].item_brand' }),
    colour: z
      .string()
      .optional()
      .register(lake, { path: 'items[].item_params[key=colour].value.string_value' }),
    price: decimal(12, 2).optional().register(lake, { path: 'items[].price', unit: 'USD' }),
    quantity: z.int32().optional().register(lake, { path: 'items[].quantity' }),
  },
  roles: {
    ...{ time: 'event_time', action: 'event_name', actor: 'actor', session: 'session', order: 'order_id' },
    ...{ item: 'product_id', category: 'category', brand: 'brand', amount: 'price', quantity: 'quantity' },
  },
  amountPer: 'unit',
  actions: { view: 'view_item', cart: 'add_to_cart', purchase: 'purchase' },
});

/** Track calls of Segment or RudderStack: a product of its own in the properties, or a list of products in an order. */
export const track = defineEvents('track', {
  explode: 'properties.products',
  columns: {
    time: timestamp().register(lake, { path: 'timestamp' }),
    event: z.string(),
    message: z.string().register(lake, { path: 'messageId' }),
    actor: z.string().optional().register(lake, { path: 'anonymousId', pii: 'pseudonymous' }),
    page: z.string().optional().register(lake, { path: 'context.page.url' }),
    order_id: z.string().optional().register(lake, { path: 'properties.order_id' }),
    total: decimal(12, 2).optional().register(lake, { path: 'properties.total' }),
    single: z.string().optional().register(lake, { path: 'properties.product_id' }),
    product: z.string().optional().register(lake, { path: 'properties.products[].product_id' }),
    price: decimal(12, 2).optional().register(lake, { path: 'properties.products[].price' }),
    quantity: z.int32().optional().register(lake, { path: 'properties.products[].quantity' }),
  },
  roles: {
    time: 'time',
    actor: 'actor',
    action: 'event',
    order: 'order_id',
    item: 'product',
    amount: 'price',
  },
  actions: {
    view: ['Product Viewed', 'Product Clicked'],
    cart: 'Product Added',
    purchase: 'Order Completed',
  },
});

/** Enriched events of Snowplow: one member for each kind of context, self-describing ones by their schema. */
export const snowplow = defineEvents('snowplow', {
  explode: 'contexts_com_snowplowanalytics_snowplow_ecommerce_product_1',
  columns: {
    time: timestamp().register(lake, { path: 'collector_tstamp' }),
    event_id: z.uuid(),
    actor: z.uuid().optional().register(lake, { path: 'domain_userid', pii: 'pseudonymous' }),
    session: z.uuid().optional().register(lake, { path: 'domain_sessionid', pii: 'pseudonymous' }),
    action: z.string().optional().register(lake, {
      path: 'unstruct_event_com_snowplowanalytics_snowplow_ecommerce_snowplow_ecommerce_action_1.type',
    }),
    tier: z.string().optional().register(lake, {
      path: 'contexts.data[schema=iglu:com.example/customer/jsonschema/1-0-0].data.tier',
    }),
    product: z.string().optional().register(lake, {
      path: 'contexts_com_snowplowanalytics_snowplow_ecommerce_product_1[].id',
    }),
    price: decimal(14, 4).optional().register(lake, {
      path: 'contexts_com_snowplowanalytics_snowplow_ecommerce_product_1[].price',
    }),
  },
  roles: {
    time: 'time',
    actor: 'actor',
    session: 'session',
    action: 'action',
    item: 'product',
    amount: 'price',
  },
  actions: { view: 'product_view', cart: 'add_to_cart', purchase: 'transaction' },
});
