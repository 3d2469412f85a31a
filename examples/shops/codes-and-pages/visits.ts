import { defineEvents, defineLookup, lake, timestamp } from '@headwater/core';
import { z } from 'zod';

/** What the pages show. The file has NULL where a page shows no product. */
export const pages = defineLookup('pages', {
  key: 'page_id',
  columns: {
    page_id: z.int32(),
    page_name: z.string(),
    product_category: z
      .string()
      .optional()
      .register(lake, { nullTexts: ['NULL'] }),
    product_id: z
      .string()
      .optional()
      .register(lake, { nullTexts: ['NULL'] }),
  },
  many: 'refuse',
  none: 'null',
});

/** Visits of pages by codes, with the table of the pages beside. */
export const visits = defineEvents('visits', {
  description: 'Pages that visitors saw, and what they did there',
  columns: {
    visit_id: z.string().register(lake, { description: 'Visit' }),
    cookie_id: z.string().register(lake, { description: 'Visitor, by a cookie', pii: 'pseudonymous' }),
    page_id: z.int32().register(lake, { description: 'Page' }),
    event_type: z.enum(['view', 'cart', 'purchase', 'impression', 'click']).register(lake, {
      description: 'What happened',
      map: { '1': 'view', '2': 'cart', '3': 'purchase', '4': 'impression', '5': 'click' },
    }),
    sequence_number: z.int32().register(lake, { description: 'Place in the visit' }),
    event_time: timestamp().register(lake, { description: 'When it happened' }),
    page_name: z
      .string()
      .optional()
      .register(lake, { description: 'Name of the page', lookup: 'page.page_name' }),
    category: z
      .string()
      .optional()
      .register(lake, { description: 'Category of the product', lookup: 'page.product_category' }),
    product: z.string().optional().register(lake, { description: 'Product', lookup: 'page.product_id' }),
  },
  lookups: { page: { table: pages, on: 'page_id' } },
  roles: {
    time: 'event_time',
    action: 'event_type',
    actor: 'cookie_id',
    session: 'visit_id',
    item: 'product',
    category: 'category',
  },
  // The page that confirms a purchase shows no product: it is what is in the cart of the visit.
  purchases: { items: 'cart' },
});
