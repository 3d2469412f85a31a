import { z } from 'zod';
import { decimal, defaultText, emptyToNull, lake, lowerCase, timestamp, trim } from '../../../src/index.ts';
import { spelled } from '../dirty-text.ts';
import { everyType } from '../every-type.ts';
import { patternTexts, portablePatterns } from '../pattern-texts.ts';
import { clockChanges, localText, localTimesAround, readTimes, rejectedTimes } from './time-cases.ts';
import { numberCases, priceIn, writtenCases } from './written-cases.ts';

/** A column with raw texts at its edges. */
export interface EdgeColumn {
  readonly type: z.ZodType;
  readonly texts: readonly string[];
}

/** What Spark would replace in a statement. */
const variable = (name: string): string => `$\{${name}}`;

/** Where casts, regular expressions and texts of one engine are easily mistaken for those of another. */
const traps: readonly EdgeColumn[] = [
  // `$` matches before a line end in Java, and a cast trims its text.
  {
    type: z.int64().register(lake, { clean: [] }),
    texts: ['12', '12\n', '\n12', ' 12 ', '12\r\n', '1\n2', '１２', '٣'],
  },
  {
    type: z.int32(),
    texts: ['1.9', '+7', '-0', '1e2', '0x10', '2147483647', '2147483648', '-2147483649', '1L', '1_0'],
  },
  {
    type: z.int64(),
    texts: ['9223372036854775807', '9223372036854775808', '-9223372036854775809', `${'0'.repeat(50)}7`],
  },
  {
    type: decimal(10, 2),
    texts: ['1e2', '12.345', '-12.345', '12.335', '2.5', '99999999.995', '-99999999.995', '1d', '.', '-.5'],
  },
  {
    type: decimal(38, 0),
    texts: [
      '9'.repeat(38),
      '9'.repeat(39),
      `${'9'.repeat(38)}.4`,
      `${'9'.repeat(38)}.5`,
      `0.${'9'.repeat(60)}`,
    ],
  },
  {
    type: decimal(38, 38),
    texts: [
      '0.5',
      '1',
      `0.${'9'.repeat(38)}`,
      `0.${'9'.repeat(38)}4`,
      `0.${'9'.repeat(38)}5`,
      `-0.${'0'.repeat(38)}1`,
    ],
  },
  {
    type: z.number(),
    texts: [
      'NaN',
      'Infinity',
      '-Infinity',
      'inf',
      '1e309',
      '-1e309',
      '-0',
      '-0.0',
      '-1e-400',
      '1d',
      '1f',
      '0x1p3',
      '4.9e-324',
      '2.4703282292062328e-324',
      '0.1',
      '123456789012345678901234567890',
      '9007199254740993',
    ],
  },
  { type: z.boolean(), texts: ['TRUE', 'yes', 'Y', '0', ' t ', 'on', 'tru', 'ﬀ', '1\n'] },
  {
    type: z.uuid(),
    texts: [
      '72D76FDE-8BB3-4E00-8C23-A032DFED738C',
      '72d76fde-8bb3-4e00-8c23-a032dfed738c\n',
      '１2d76fde-8bb3-4e00-8c23-a032dfed738c',
    ],
  },
  // Micros are cut off towards the past, and offsets may lead out of the years 1 to 9999.
  {
    type: timestamp(),
    texts: [
      ...[
        '1969-12-31T23:59:59.9999Z',
        '1969-12-31 23:59:59.9999999',
        '1900-01-01 00:00:00.0001 UTC',
        '0001-01-01 00:00:00.0009',
      ],
      ...[
        '0001-01-01T00:00:00+14:00',
        '9999-12-31T23:59:59-14:00',
        '9999-12-31 23:59:59.999999999',
        '0000-12-31T23:59:59-14:00',
      ],
      ...[
        'now',
        'today',
        'epoch',
        'T10:00:00Z',
        '2026-1-1',
        '2026-01-01 24:00:00',
        '2026-02-30 00:00',
        '2026-01-01 10:00Z',
        '2026-01-01 10:00+0530',
      ],
      ...[
        '2026-01-01 10:00 GMT',
        '2026-01-01T10:00:00CET',
        '2026-01-01T10:00:00+18:00',
        '2026-01-01T10:00:00 -00:30',
        '1582-10-10 00:00:00',
        '1500-02-29 00:00:00',
      ],
    ],
  },
  {
    type: z.iso.date(),
    texts: [
      '1582-10-10',
      '1500-02-29',
      '0000-12-31',
      '0001-01-01',
      '9999-12-31',
      '10000-01-01',
      '2026-1-1',
      '2026-01-01T',
      '2026-01-01\n',
    ],
  },
  // Only these characters are white space, and only A to Z have a lower case.
  {
    type: z
      .string()
      .register(lake, { clean: [trim(), lowerCase(), emptyToNull()] })
      .optional(),
    texts: [
      '\u0009\u000a\u000b\u000c\u000d\u0020\u00a0\ufeffX',
      '\u2003x\u2003',
      '\u0085x',
      '\u200bx',
      '\u3000x',
      'İI',
      'ΣΑΣ',
      'ẞ',
      'ÀÉ',
      'K',
      '\u00a0\ufeff ',
    ],
  },
  // Code points, not UTF-16 units and not bytes.
  {
    type: z.string().min(2).max(3),
    texts: ['😀', '😀😀', '😀😀😀', '😀😀😀😀', 'é', 'é́', 'ab', 'abcd', '👨‍👩‍👧'],
  },
  // What SQL texts and settings give a meaning to.
  {
    type: z
      .string()
      .register(lake, {
        nullTexts: [
          "it's",
          '\\N',
          '\\',
          variable('spark.app.name'),
          variable('env:HOME'),
          '%',
          "''",
          '\u0001',
        ],
        map: { "'": '\\', '\\n': '\n', $1: variable('system:user.name') },
      })
      .optional(),
    texts: [
      "it's",
      'its',
      '\\N',
      'N',
      '\\',
      variable('spark.app.name'),
      variable('env:HOME'),
      '%',
      "''",
      "'",
      '\\n',
      '\n',
      '$1',
      '\u0001',
    ],
  },
  {
    type: z.enum(["it's", 'a\\b', variable('env:HOME'), '😀', 'a\nb', '"', '`']),
    texts: ["it's", 'its', 'a\\b', 'ab', variable('env:HOME'), '😀', 'a\nb', '"', '`', 'a'],
  },
  {
    type: z.string().register(lake, { clean: [defaultText(`d'\\${variable('é')}`), trim()] }),
    texts: ['', ' ', 'x'],
  },
  // A mark inside of a text does not make it look like its parts.
  {
    type: priceIn({ group: '.', decimal: ',' }),
    texts: ['\u0001', '\u0001\u0001\u00015\u0001\u0001\u0001', '1.234,5', '-.5', ',5', '-'],
  },
  {
    type: timestamp({ from: 'epoch-seconds' }).optional(),
    texts: [
      '\u00015\u0001\u0001',
      '1',
      '1.',
      '1e99',
      '1e-99',
      '1e100',
      `1e${'9'.repeat(30)}`,
      '9'.repeat(40),
      '253402300799.9999',
    ],
  },
];

/** Bounds that a value can only be compared with when neither side is rounded. */
const bounds: readonly EdgeColumn[] = [
  {
    type: decimal(38, 0, { min: '-99999999999999999999999999999999999999' }),
    texts: ['-99999999999999999999999999999999999999', '0'],
  },
  {
    type: decimal(20, 2, { gt: '0.01', lt: '10.01' }),
    texts: ['0', '0.00', '0.01', '0.014', '0.015', '10', '10.00', '10.004', '10.005', '10.01'],
  },
  {
    type: z
      .int64()
      .gte(-(2n ** 70n))
      .lte(2n ** 70n),
    texts: ['0', '9223372036854775807', '-9223372036854775808'],
  },
  { type: z.int64().gt(9007199254740992n), texts: ['9007199254740992', '9007199254740993'] },
  { type: z.int32().gt(2.5).lt(1e21), texts: ['2', '3'] },
  { type: z.number().gte(5e-324).lte(1.7e308), texts: ['0', '5e-324', '1.7e308', '1.8e308'] },
  { type: decimal(5, 3).gt(0.3), texts: ['0.3', '0.301', '0.299'] },
  {
    type: timestamp().min(new Date('1969-12-31T23:59:59.999Z')),
    texts: ['1969-12-31 23:59:59.9989', '1969-12-31 23:59:59.999'],
  },
];

const everyText = Object.values(spelled).flat();

/** The hand-written edges of all tests of cleaning. */
export const edgeColumns: readonly EdgeColumn[] = [
  ...traps,
  ...bounds,
  ...portablePatterns.map((pattern) => ({
    type: z.string().register(lake, { clean: [] }).check(z.regex(pattern)),
    texts: patternTexts,
  })),
  ...writtenCases.map(([, type, raw]) => ({ type, texts: [raw] })),
  ...numberCases.map(([format, cases]) => ({ type: priceIn(format), texts: cases.map(([raw]) => raw) })),
  ...[...readTimes, ...rejectedTimes].map(([options, raw]) => ({ type: timestamp(options), texts: [raw] })),
  ...clockChanges.map(([zone, day]) => ({
    type: timestamp({ formats: ['D/M/YYYY H:mm'], zone }),
    texts: localTimesAround(day).map(localText),
  })),
];

/** Each text that is spelled for a test, in each column of {@link everyType}. */
export const everyTypeTexts: readonly (readonly [column: string, text: string])[] =
  everyType.schema.columns.flatMap(({ name }) => everyText.map((one) => [name, one] as const));

/** Texts as long as a line may be, which some regular expressions of Java cannot take. */
export const longColumns: readonly EdgeColumn[] = [
  {
    type: z
      .string()
      .regex(/^(a|b|é)*$/)
      .optional(),
    texts: ['ab'.repeat(4999), `${'ab'.repeat(4999)}c`],
  },
  {
    type: z
      .string()
      .regex(/^[ab]*$/)
      .optional(),
    texts: ['ab'.repeat(10_000)],
  },
  { type: z.int64(), texts: ['9'.repeat(20_000), `${'0'.repeat(20_000)}1`] },
  { type: decimal(10, 2), texts: [`0.${'1'.repeat(20_000)}`] },
  { type: priceIn({ group: ',' }), texts: [`1${',000'.repeat(5_000)}`, `0${'.0'}`] },
  { type: timestamp({ from: 'epoch-seconds' }).optional(), texts: [`1.${'9'.repeat(20_000)}`] },
];
