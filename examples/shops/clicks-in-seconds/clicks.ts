import { defineEvents, lake, timestamp } from '@headwater/core';
import { z } from 'zod';

/** A click log without a header: seconds since 1970, codes for actions, no session and no price. */
export const clicks = defineEvents('clicks', {
  description: 'What visitors clicked, one row for each click',
  // Days and hours of answers are those of the shop, which is eight hours ahead.
  zone: 'Asia/Shanghai',
  columns: {
    user_id: z.int64().register(lake, { description: 'Visitor', pii: 'pseudonymous' }),
    product_id: z.int64().register(lake, { description: 'Product' }),
    category_id: z.int64().register(lake, { description: 'Category of the product' }),
    action: z.enum(['view', 'cart', 'favourite', 'purchase']).register(lake, {
      description: 'What happened',
      map: { pv: 'view', fav: 'favourite', buy: 'purchase' },
    }),
    event_time: timestamp({ from: 'epoch-seconds' }).register(lake, { description: 'When it happened' }),
  },
  roles: {
    time: 'event_time',
    action: 'action',
    actor: 'user_id',
    item: 'product_id',
    category: 'category_id',
  },
  // A visit ends when a visitor does nothing for half an hour.
  sessions: { inactivity: '30m' },
});
