import { decimal, defineEvents, timestamp } from '@headwater/core';
import * as z from 'zod';

/** A small shop, whose events the tests of the producer send. */
export const shop = defineEvents('shop', {
  columns: {
    at: timestamp(),
    kind: z.enum(['view', 'cart', 'purchase']),
    visitor: z.string().optional(),
    product: z.int64(),
    price: decimal(10, 2).min(0).optional(),
    note: z.string().optional(),
  },
  roles: { time: 'at', action: 'kind', actor: 'visitor', item: 'product', amount: 'price' },
});
