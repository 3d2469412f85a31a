import { z } from 'zod';
import {
  calendarDate,
  decimal,
  defaultText,
  defineEvents,
  emptyToNull,
  lake,
  lowerCase,
  timestamp,
  trim,
} from '../../src/index.ts';

const lowered = [trim(), lowerCase(), emptyToNull()];

/** A clickstream as a shop would define it, with every kind that a lake holds: what the committed outputs are made from. */
export const shopEvents = defineEvents('shop_events', {
  description: "What shoppers did in the store: one row per event, the store's own clock",
  columns: {
    event_time: timestamp()
      .min(new Date('2015-01-01T00:00:00Z'))
      .register(lake, {
        description: 'When it happened (UTC)',
        aliases: ['timestamp', 'occurred_at'],
      }),
    event_type: z
      .enum(['view', 'cart', 'remove_from_cart', 'purchase'])
      .register(lake, { description: 'What happened', aliases: ['action'], clean: lowered }),
    product_id: z
      .int64()
      .positive()
      .register(lake, { description: 'Product', aliases: ['sku'] }),
    category_code: z
      .string()
      .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*$/)
      .register(lake, { description: 'Category path | such as electronics.smartphone', clean: lowered })
      .optional(),
    price: decimal(10, 2).min(0).register(lake, { description: 'Price paid', unit: 'EUR' }),
    exchange_rate: decimal(24, 12).optional(),
    quantity: z
      .int32()
      .min(1)
      .max(999)
      .register(lake, { clean: [trim(), emptyToNull(), defaultText('1')] }),
    discount_share: z.number().gte(0).lt(1).optional(),
    gift: z.boolean().optional(),
    delivery_day: calendarDate().optional(),
    device: z.enum(['phone', "tablet's", 'desktop']).optional(),
    user_id: z
      .int64()
      .register(lake, { description: 'Permanent user id', pii: 'pseudonymous', renamedFrom: 'visitor' }),
    user_session: z.uuid().register(lake, { description: 'Session', pii: 'pseudonymous' }).optional(),
    email: z.string().min(3).max(254).register(lake, { pii: 'direct' }).optional(),
  },
  roles: {
    time: 'event_time',
    action: 'event_type',
    actor: 'user_id',
    session: 'user_session',
    item: 'product_id',
    category: 'category_code',
    amount: 'price',
  },
  partitionBy: { hour: true },
  duplicateKey: ['event_time', 'event_type', 'product_id', 'user_id'],
});

/** A raw record that the definition accepts, with every column filled. */
export const goodRecord: Readonly<Record<string, string>> = {
  event_time: '2019-10-01 00:00:00.25 UTC',
  event_type: ' View',
  product_id: '2053013552326770905',
  category_code: 'electronics.smartphone',
  price: '33.2',
  exchange_rate: '-0.905',
  quantity: '',
  discount_share: '0.25',
  gift: 'yes',
  delivery_day: '2019-10-03',
  device: "tablet's",
  user_id: '515915625',
  user_session: '72D76FDE-8BB3-4E00-8C23-A032DFED738C',
  email: 'someone@example.org',
};
