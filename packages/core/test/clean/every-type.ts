import { z } from 'zod';
import {
  calendarDate,
  decimal,
  defaultText,
  defineEvents,
  emptyToNull,
  lake,
  lowerCase,
  mapTexts,
  timestamp,
  trim,
  wholeNumber,
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
    seconds: timestamp({ from: 'epoch-seconds' }).optional(),
    milliseconds: timestamp({ from: 'epoch-milliseconds' }).min(new Date('1970-01-02T00:00:00Z')).optional(),
    microseconds: timestamp({ from: 'epoch-microseconds' }).optional(),
    local: timestamp({
      formats: [
        'M/D/YYYY H:mm',
        'YYYY-MM-DD HH:mm:ss.S',
        'D MMM YY, h:mm A',
        'DD.MM.YYYY',
        'YYYYMMDD[T]HHmmssZ',
      ],
      zone: 'Europe/London',
    }).optional(),
    written: timestamp({
      formats: ['D/M/YY hh:mm:ssA', '[at] H (YYYY-MM-DD)', 'HH:mm:ss.SSS YYYY-MM-DD'],
    }).optional(),
    lord_howe: timestamp({ zone: 'Australia/Lord_Howe' }).optional(),
    apia: timestamp({ formats: ['YYYY-MM-DD HH:mm'], zone: 'Pacific/Apia' }).optional(),
    fixed: timestamp({ zone: '-03:30' }).optional(),
    null_text: z
      .string()
      .register(lake, { nullTexts: ['NULL', '\\N', "it's"] })
      .optional(),
    null_id: z
      .int64()
      .register(lake, { nullTexts: ['0', 'NULL', '-1'] })
      .optional(),
    whole: z
      .int64()
      .register(lake, { clean: [trim(), wholeNumber(), emptyToNull()], nullTexts: ['-1'] })
      .optional(),
    code_kind: z
      .enum(['view', 'favourite', 'purchase'])
      .register(lake, {
        map: { pv: 'view', '1': 'view', fav: 'favourite', buy: 'purchase', view: 'favourite' },
      })
      .optional(),
    lower_kind: z.enum(['view', 'Purchase']).register(lake, {
      clean: [trim(), lowerCase(), mapTexts({ buy: 'Purchase', pv: 'view' }), defaultText('view')],
    }),
    code_flag: z
      .boolean()
      .register(lake, { map: { j: 'true', n: 'false', '1': 'no' } })
      .optional(),
    code_id: z
      .int32()
      .register(lake, { map: { one: '1', '2': '+3', none: '' }, nullTexts: ['7'] })
      .optional(),
    code_text: z
      .string()
      .max(9)
      .register(lake, { map: { a: "b'", '😀': 'smile', b: 'a' } })
      .optional(),
    euros: decimal(12, 3)
      .register(lake, { numberFormat: { decimal: ',', group: '.', currency: ['€', 'EUR'] } })
      .optional(),
    dollars: decimal(10, 2)
      .min(-500)
      .register(lake, { numberFormat: { group: ',', currency: ['$', 'US$'], negative: 'parentheses' } })
      .optional(),
    francs: decimal(20, 2)
      .register(lake, { numberFormat: { group: "'" }, nullTexts: ['-'] })
      .optional(),
    kronor: z
      .number()
      .register(lake, { numberFormat: { decimal: ',', group: ' ', currency: ['kr', 'kr.'] } })
      .optional(),
    posted: z
      .int64()
      .register(lake, { numberFormat: { decimal: ',', group: '.', negative: 'trailing' } })
      .optional(),
    grouped: z
      .int32()
      .register(lake, { numberFormat: { group: ',' } })
      .optional(),
    nulled_price: decimal(10, 2).min(0).optional().register(lake, { invalid: 'null' }),
    nulled_time: timestamp({ formats: ['D.M.YYYY'] })
      .optional()
      .register(lake, { invalid: 'null', nullTexts: ['-'] }),
    nulled_kind: z
      .enum(['view', 'cart'])
      .register(lake, { invalid: 'null', map: { pv: 'view' } })
      .nullable(),
    nulled_name: z
      .string()
      .max(5)
      .regex(/^[a-z]/)
      .register(lake, { invalid: 'null' })
      .optional(),
    fallback: z.int32().register(lake, { clean: [trim(), emptyToNull(), defaultText('7')] }),
  },
  roles: { time: 'happened_at', action: 'kind' },
});
