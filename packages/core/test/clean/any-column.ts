import fc from 'fast-check';
import { z } from 'zod';
import {
  calendarDate,
  decimal,
  defaultText,
  defineEvents,
  emptyToNull,
  isHeadwaterError,
  lake,
  lowerCase,
  timestamp,
  trim,
} from '../../src/index.ts';
import { decimals } from '../../src/table/column-type.ts';

const number = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
  fc.constantFrom(0, -0, 0.1, 1e21, 1e-7, -1e-10, 5e-324, 1.7e308),
);
const bigint = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
const instant = fc.date({
  min: new Date('0001-01-02'),
  max: new Date('9999-12-30'),
  noInvalidDate: true,
});

/** Up to two bounds, each on either side, inside or outside. */
function bounded<Value extends number | bigint>(
  type: () => z.ZodType,
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<z.ZodType> {
  const bound = fc.tuple(fc.constantFrom(z.gte, z.gt, z.lte, z.lt), value);
  return fc
    .array(bound, { maxLength: 2 })
    .map((bounds) => bounds.reduce((built, [check, limit]) => built.check(check(limit)), type()));
}

const patterns = [
  /^[a-z]+$/,
  /\d{2,}/,
  /^(a|b|é)*$/,
  /[^a-z]/,
  /^$/,
  /[é-ü]/,
  /a{0,3}$/,
  /[$^]/,
  /^[😀-🙏]+$/u,
];
const length = fc.option(fc.nat(8), { nil: undefined });
const text = fc
  .record({ min: length, max: length, pattern: fc.option(fc.constantFrom(...patterns), { nil: undefined }) })
  .map(({ min, max, pattern }) =>
    z
      .string()
      .check(
        ...(min === undefined ? [] : [z.minLength(min)]),
        ...(max === undefined ? [] : [z.maxLength(max)]),
        ...(pattern === undefined ? [] : [z.regex(pattern)]),
      ),
  );

const values = ['a', "it's", 'a,b', 'é', 'ß', '😀', 'a\nb', '"', '\\', '%', 'null', '0'] as const;

/** Every way in which a timestamp may be written: units, formats of pieces that no other could be taken for, zones. */
const timeOptions = fc.oneof(
  fc.record({
    from: fc.constantFrom(
      'epoch-seconds' as const,
      'epoch-milliseconds' as const,
      'epoch-microseconds' as const,
    ),
  }),
  fc.record(
    {
      formats: fc
        .tuple(
          fc.constantFrom('YYYY-MM-DD', 'D.M.YYYY', 'MMM DD YYYY', 'M/D/YY', '[%a] YYYYMMDD', "D'M|YYYY"),
          fc.constantFrom(
            '',
            ' H:mm',
            ' HH:mm:ss',
            '[T]HH:mm:ss.SSS',
            ' h:mm A',
            ' hhA',
            ' HH:mm:ss.S',
            ' HH:mmZ',
          ),
        )
        .map((parts): [string] => [parts.join('')]),
      zone: fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kolkata', '+05:30', 'UTC'),
    },
    { requiredKeys: [] },
  ),
);

const type: fc.Arbitrary<z.ZodType> = fc.oneof(
  timeOptions.map((options) => timestamp(options)),
  bounded(() => z.number(), number),
  bounded(() => z.int32(), number),
  bounded(() => z.int64(), bigint),
  fc
    .tuple(fc.integer({ min: 1, max: 15 }), fc.nat(15))
    .chain(([digits, scale]) => bounded(() => decimal(digits, Math.min(scale, digits)), number)),
  fc
    .tuple(fc.integer({ min: 16, max: 38 }), fc.nat(38))
    .map(([digits, scale]) => decimal(digits, Math.min(scale, digits))),
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }).map((some) => z.enum(some)),
  fc
    .tuple(instant, fc.boolean())
    .map(([at, isLeast]) => (isLeast ? timestamp().min(at) : timestamp().max(at))),
  fc
    .constantFrom<() => z.ZodType>(
      () => z.boolean(),
      calendarDate,
      () => z.uuid(),
      timestamp,
    )
    .map((make) => make()),
  text,
);

const clean = fc.constantFrom(
  undefined,
  [],
  [trim()],
  [emptyToNull()],
  [trim(), lowerCase(), emptyToNull()],
  [lowerCase(), trim()],
  [defaultText("d'é"), trim()],
  [trim(), emptyToNull(), defaultText('2019-10-01')],
);

const mark = fc.constantFrom('.' as const, ',' as const);

/** Number formats in which the two marks differ. */
const numberFormat = fc
  .record(
    {
      decimal: mark,
      group: fc.oneof(mark, fc.constantFrom(' ' as const, "'" as const)),
      currency: fc.subarray(['EUR', '€', 'kr.', 'kr']),
      negative: fc.constantFrom('leading' as const, 'trailing' as const, 'parentheses' as const),
    },
    { requiredKeys: [] },
  )
  .filter(({ decimal = '.', group }) => decimal !== group);

const numbers: readonly unknown[] = ['number', 'bigint'];

/** Whether some value passes the checks: a definition whose checks contradict each other is refused. */
function isPossible(column: z.ZodType): boolean {
  try {
    defineEvents('events', { columns: { at: timestamp(), column }, roles: { time: 'at' } });
    return true;
  } catch (error) {
    if (
      isHeadwaterError(error, 'DEFINITION_INVALID') &&
      /^no (value|text) |can never match/.test(error.payload.problem)
    )
      return false;
    throw error;
  }
}

/** A column of any kind that raw text can hold, with any bounds and any text steps; it may be null. */
export const anyColumn = fc
  .record({
    column: type,
    clean,
    invalid: fc.constantFrom(undefined, undefined, 'null' as const),
    nullTexts: fc.option(fc.subarray(['0', 'null', "it's", '-'], { minLength: 1 }), { nil: undefined }),
    numberFormat: fc.option(numberFormat, { nil: undefined }),
  })
  .map(({ column, numberFormat: format, ...metadata }) => {
    const isNumber = numbers.includes(column._zod.def.type) || decimals.has(column);
    const given = { ...metadata, ...(isNumber ? { numberFormat: format } : {}) };
    return column
      .optional()
      .register(lake, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
  })
  .filter(isPossible);
