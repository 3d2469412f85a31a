import { z } from 'zod';
import { calendarDate, decimal, defineEvents, lake, timestamp } from '../../src/index.ts';

/** Every kind that a column may have, with descriptions that services would refuse as they are. */
export const everyKind = defineEvents('every_kind', {
  description: "Every kind, once; it's a table\nof two lines",
  columns: {
    happened_at: timestamp().register(lake, { description: 'Line one\r\nline two' }),
    text: z
      .string()
      .register(lake, { description: 'It\'s a text \\ with "quotes", `ticks`; and -- more', pii: 'direct' }),
    order: z.enum(['a', "b's"]).register(lake, { description: 'A reserved word' }).optional(),
    flag: z.boolean().optional(),
    small: z.int32().optional(),
    large: z.int64().register(lake, { pii: 'pseudonymous' }),
    share: z.number().register(lake, { unit: '%' }).optional(),
    price: decimal(10, 2).register(lake, { description: `Long: ${'🛒'.repeat(130)}` }),
    wide: decimal(38, 10).optional(),
    day: calendarDate().optional(),
    session: z
      .uuid()
      .register(lake, { pii: 'pseudonymous', aliases: ['sessionId', 'session-id', 'sid'] })
      .optional(),
  },
  roles: { time: 'happened_at', actor: 'large' },
});

/** By hour, then by an enum. */
export const byKind = defineEvents('by_kind', {
  description: 'Partitioned by day, hour and kind',
  columns: {
    at: timestamp(),
    kind: z
      .enum(['view', 'cart', 'remove_from_cart', 'purchase'])
      .register(lake, { description: 'What happened' }),
    product_id: z.int64(),
    session: z.uuid().optional(),
  },
  roles: { time: 'at', action: 'kind', session: 'session', item: 'product_id' },
  partitionBy: { hour: true, columns: ['kind'] },
});
