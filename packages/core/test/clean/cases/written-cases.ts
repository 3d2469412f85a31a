import { z } from 'zod';
import {
  decimal,
  defaultText,
  emptyToNull,
  lake,
  lowerCase,
  mapTexts,
  type NumberFormat,
  nullTexts,
  trim,
  wholeNumber,
} from '../../../src/index.ts';

const text = z.string().optional();
const whole = z.int64().register(lake, { clean: [trim(), wholeNumber(), emptyToNull()] });

/** What is written, a column, a raw text, and its value or the code by which it is rejected. */
export const writtenCases: readonly (readonly [
  what: string,
  type: z.ZodType,
  raw: string,
  value: unknown,
])[] = [
  ['a null text', text.register(lake, { nullTexts: ['NULL', '\\N'] }), ' NULL ', null],
  ['a null text, letter for letter', text.register(lake, { nullTexts: ['NULL'] }), 'null', 'null'],
  ['a null text in a required column', z.string().register(lake, { nullTexts: ['NaN'] }), 'NaN', 'missing'],
  [
    'a null text with a default',
    z.string().register(lake, { clean: [trim(), defaultText('none')], nullTexts: ['NULL'] }),
    'NULL',
    'none',
  ],
  ['a whole number', whole, '17850.0', 17850n],
  ['no whole number', whole, '17850.5', 'not_an_integer'],
  ['a code', z.enum(['view', 'cart']).register(lake, { map: { pv: 'view', v: 'view' } }), 'v', 'view'],
  ['a value', z.enum(['view', 'cart']).register(lake, { map: { pv: 'view' } }), 'cart', 'cart'],
  ['no code', z.enum(['view', 'cart']).register(lake, { map: { pv: 'view' } }), 'PV', 'not_one_of'],
  [
    'a code after lower-casing',
    z.enum(['view', 'cart']).register(lake, { clean: [trim(), lowerCase()], map: { pv: 'view' } }),
    ' PV',
    'view',
  ],
  [
    'steps in the order of clean',
    text.register(lake, { clean: [mapTexts({ ' a': 'NULL' }), trim(), nullTexts('NULL')] }),
    ' a',
    null,
  ],
];

/** A number format with raw texts, and the value of each or the code by which it is rejected. */
export const numberCases: readonly (readonly [
  format: NumberFormat,
  cases: readonly (readonly [raw: string, value: unknown])[],
])[] = [
  [
    { decimal: ',', group: '.' },
    [
      ['1.234,50', 1234.5],
      ['1234,50', 1234.5],
      ['-1.234.567', -1234567],
      ['33.20', 'not_in_number_format'],
      ['1.23,4', 'not_in_number_format'],
      ['12.34.567', 'not_in_number_format'],
      ['(5,00)', 'not_in_number_format'],
    ],
  ],
  [
    { group: ' ' },
    [
      ['1\u00a0234.5', 1234.5],
      ['1\u202f234 567', 1234567],
      ['1\t234', 'not_in_number_format'],
    ],
  ],
  [
    { currency: ['EUR', '€'] },
    [
      ['€5.00', 5],
      ['-€5', -5],
      ['€ -5', -5],
      ['5.00 EUR', 5],
      ['5', 5],
      ['-€-5', 'not_in_number_format'],
      ['$5', 'not_in_number_format'],
      ['€5 EUR', 5],
    ],
  ],
  [
    { negative: 'trailing' },
    [
      ['5.00-', -5],
      ['-5.00', 'not_in_number_format'],
    ],
  ],
  [
    { negative: 'parentheses', currency: ['$'] },
    [
      ['($5.00)', -5],
      ['$5.00', 5],
      ['(5', 'not_in_number_format'],
      ['-5', 'not_in_number_format'],
    ],
  ],
];

/** A column of numbers in a format. */
export const priceIn = (numberFormat: NumberFormat): z.ZodType =>
  decimal(12, 2).register(lake, { numberFormat });
