import { decimal, defineEvents, emptyToNull, lake, lowerCase, timestamp, trim } from '@headwater/core';
import { z } from 'zod';

const lowered = [trim(), lowerCase(), emptyToNull()];

/** The column that says whose a row is. A tenant of the service is a merchant. */
export const tenantColumn = 'merchant';

/** What shoppers did in the shops of a marketplace: each row belongs to one merchant. */
export const events = defineEvents('events', {
  description: 'Behaviour of shoppers in the shops of a marketplace, one row per event',
  columns: {
    merchant: z.string().register(lake, { description: 'Whose shop it happened in' }),
    event_time: timestamp().register(lake, { description: 'When it happened (UTC)' }),
    event_type: z
      .enum(['view', 'cart', 'remove_from_cart', 'purchase'])
      .register(lake, { description: 'What happened', clean: lowered }),
    product_id: z.int64().register(lake, { description: 'Product' }),
    category: z
      .string()
      .register(lake, { description: 'Category of the product', clean: lowered })
      .optional(),
    brand: z.string().register(lake, { description: 'Brand of the product', clean: lowered }).optional(),
    country: z.enum(['AT', 'CH', 'DE', 'FR']).register(lake, { description: 'Where it is sent to' }),
    price: decimal(10, 2).min(0).register(lake, { description: 'Price of the product', unit: 'EUR' }),
    shopper: z.string().register(lake, { description: 'Shopper', pii: 'pseudonymous' }),
    visit: z.string().register(lake, { description: 'Visit', pii: 'pseudonymous' }).optional(),
  },
  roles: {
    time: 'event_time',
    action: 'event_type',
    actor: 'shopper',
    session: 'visit',
    item: 'product_id',
    category: 'category',
    brand: 'brand',
    amount: 'price',
  },
});
