// A function of one's own, as a user writes it: with the definition, and `z` by its name.
import { decimal, defineEvents, timestamp } from '@headwater/core';
import { z } from 'zod';
import { createEmfMetrics, createTransformHandler } from '../../src/handlers/index.ts';

const clicks = defineEvents('clicks', {
  columns: {
    event_time: timestamp(),
    event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
    price: decimal(10, 2).min(0),
  },
  roles: { time: 'event_time', action: 'event_type', amount: 'price' },
});

export const handler = createTransformHandler(clicks, {
  metrics: createEmfMetrics({ handler: 'transform', table: clicks.name }),
});
