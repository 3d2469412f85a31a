import { z } from 'zod';
import {
  calendarDate,
  type DataBrewDifferenceCode,
  decimal,
  defaultText,
  emptyToNull,
  lake,
  lowerCase,
  mapTexts,
  timestamp,
  trim,
  wholeNumber,
} from '../../../src/index.ts';

type Outcome = { readonly value: string | null } | 'removed';

/** A text that a column's recipe cleans in another way than its definition, because of one declared difference. */
export interface DifferenceCase {
  readonly type: z.ZodType;
  readonly badValues?: 'null';
  readonly text: string | null;
  readonly defined: Outcome;
  readonly recipe: Outcome;
}

/** The differences that concern a whole table; `recipe-differences.test.ts` shows them. */
export type TableDifferenceCode =
  | 'not-read'
  | 'other-columns'
  | 'duplicate-key'
  | 'duplicate-kept'
  | 'landing-only';

/** The differences that concern what is told of a row, and no clean row. */
export type AccountingCode = 'no-reason' | 'not-counted';

const value = (text: string | null): Outcome => ({ value: text });
const exact = { clean: [] };

/** A text for each declared difference. The types ask for the case of a new one. */
export const differenceCases: Readonly<
  Record<Exclude<DataBrewDifferenceCode, TableDifferenceCode | AccountingCode>, readonly DifferenceCase[]>
> = {
  'white-space': [
    { type: z.string(), text: '\u2003x', defined: value('\u2003x'), recipe: value('x') },
    { type: z.string(), text: '\ufeffx', defined: value('x'), recipe: value('\ufeffx') },
  ],
  'letter-case': [
    {
      type: z.string().register(lake, { clean: [lowerCase()] }),
      text: 'ÉCRAN',
      defined: value('Écran'),
      recipe: value('écran'),
    },
  ],
  'empty-is-missing': [
    { type: z.string().register(lake, exact), text: '', defined: value(''), recipe: 'removed' },
    { type: z.int64().register(lake, exact).optional(), text: '', defined: 'removed', recipe: value(null) },
    {
      type: z.string().register(lake, { clean: [defaultText('none')] }),
      text: '',
      defined: value(''),
      recipe: value('none'),
    },
  ],
  'whole-number': [
    {
      type: z.int64().register(lake, { clean: [trim(), wholeNumber(), emptyToNull()] }),
      text: '17.05.0',
      defined: 'removed',
      recipe: value('175'),
    },
  ],
  'map-cycle': [
    {
      type: z.string().register(lake, { clean: [mapTexts({ a: 'b', b: 'a' })] }),
      text: 'a',
      defined: value('b'),
      recipe: value('a'),
    },
  ],
  'map-to-empty': [
    {
      type: z
        .string()
        .register(lake, { clean: [mapTexts({ none: '' })] })
        .optional(),
      text: 'none',
      defined: value(''),
      recipe: value(null),
    },
  ],
  'cast-spelling': [
    { type: z.int64(), text: '1.7', defined: 'removed', recipe: value('2') },
    { type: z.number(), text: 'NaN', defined: 'removed', recipe: value('NaN') },
  ],
  'negative-zero': [{ type: z.number(), text: '-0', defined: value('0'), recipe: value('negative zero') }],
  'decimal-scale': [{ type: decimal(10, 2), text: '1.005', defined: value('1.01'), recipe: value('1.005') }],
  'decimal-precision': [
    {
      type: decimal(38, 10),
      text: '123456789012345678901.5',
      defined: value('123456789012345678901.5'),
      recipe: 'removed',
    },
  ],
  'time-spelling': [
    {
      type: timestamp(),
      text: '2020-09-24 13:51',
      defined: value('2020-09-24T13:51:00.000Z'),
      recipe: 'removed',
    },
    {
      type: timestamp(),
      text: '2020-09-24',
      defined: 'removed',
      recipe: value('2020-09-24T00:00:00.000Z'),
    },
    { type: calendarDate(), text: '2020-09-24 13:51:07', defined: 'removed', recipe: value('2020-09-24') },
  ],
  'time-offset': [
    {
      type: timestamp(),
      text: '2020-09-24 13:51:07+02:00',
      defined: value('2020-09-24T11:51:07.000Z'),
      recipe: 'removed',
    },
  ],
  'sub-second': [
    {
      type: timestamp(),
      text: '2020-09-24 13:51:07.25 UTC',
      defined: value('2020-09-24T13:51:07.250Z'),
      recipe: value('2020-09-24T13:51:07.000Z'),
    },
  ],
  'text-stays': [
    {
      type: timestamp({ formats: ['D.M.YYYY'] }),
      text: '24.9.2020',
      defined: value('2020-09-24T00:00:00.000Z'),
      recipe: value('24.9.2020'),
    },
    {
      type: decimal(10, 2).register(lake, { numberFormat: { decimal: ',' } }),
      text: '1,5',
      defined: value('1.5'),
      recipe: value('1,5'),
    },
  ],
  'bad-value-null': [
    { type: z.int64().optional(), badValues: 'null', text: 'abc', defined: 'removed', recipe: value(null) },
  ],
  'not-checked': [
    { type: z.string().regex(/^[a-z]+$/), text: '12', defined: 'removed', recipe: value('12') },
    { type: z.string().max(2), text: 'abc', defined: 'removed', recipe: value('abc') },
    { type: z.uuid(), text: 'abc', defined: 'removed', recipe: value('abc') },
  ],
  'missing-mark': [
    { type: z.int64().optional(), text: '(missing)', defined: 'removed', recipe: value(null) },
  ],
};
