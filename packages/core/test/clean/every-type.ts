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

/** A table with every kind that raw text can hold, required and optional, with every check. */
export const everyType = defineEvents('every_type', {
  columns: {
    happened_at: timestamp(),
    seen_at: timestamp().min(new Date('2000-01-01T00:00:00Z')).optional(),
    kind: z
      .enum(['view', 'cart', 'remove_from_cart', 'purchase'])
      .register(lake, { clean: [trim(), lowerCase(), emptyToNull()] }),
    exact_kind: z.enum(['view', 'cart']).optional(),
    id: z.int64(),
    positive_id: z.int64().positive().optional(),
    small: z.int32().min(-5).max(2_000_000_000).optional(),
    price: decimal(10, 2).min(0),
    discount: decimal(10, 2).lt(100).optional(),
    wide: decimal(30, 10).optional(),
    wide_from_zero: decimal(30, 10, { min: '0', lt: '12345678901234567890.5' }).optional(),
    widest: decimal(38, 0, { gt: '-5', max: '99999999999999999999999999999999999998' }).optional(),
    bounded: decimal(12, 3, { gt: 0.5, max: 99_999_999.99 }).optional(),
    share: z.number().gte(-1e10).optional(),
    active: z.boolean().optional(),
    day: calendarDate().optional(),
    session: z.uuid().optional(),
    brand: z
      .string()
      .register(lake, { clean: [trim(), lowerCase(), emptyToNull()] })
      .optional(),
    label: z.string().min(2).max(6),
    code: z
      .string()
      .regex(/^[A-Za-z]+(\.[a-z0-9]+)*$/)
      .optional(),
    untrimmed: z
      .string()
      .register(lake, { clean: [emptyToNull()] })
      .optional(),
    fallback: z.int32().register(lake, { clean: [trim(), emptyToNull(), defaultText('7')] }),
  },
  roles: { time: 'happened_at', action: 'kind' },
});
