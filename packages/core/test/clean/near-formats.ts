import fc from 'fast-check';
import type { CleaningStep, NumberFormat, TimeFormat } from '../../src/index.ts';

/** Texts near the rules of a column's codes, null texts and formats. Undefined for a column without any. */
export function nearFormats(steps: readonly CleaningStep[]): fc.Arbitrary<string> | undefined {
  const near = steps.flatMap((step): fc.Arbitrary<string>[] => {
    switch (step.step) {
      case 'null-texts':
        return [fc.constantFrom(...step.texts.flatMap((text) => [text, text.toLowerCase(), `${text}.`]))];
      case 'map':
        return [
          fc.constantFrom(
            ...Object.entries(step.values)
              .flat()
              .flatMap((text) => [text, text.toUpperCase()]),
          ),
        ];
      case 'whole-number':
        return [
          fc.constantFrom('17850.0', '17850.00', '17850.', '-3.0', '+3.0', '17850.5', '.0', '0.0', '1.0.0'),
        ];
      case 'parse':
        return [
          ...(step.time ? [step.time.from ? counts : localTimes(step.time)] : []),
          ...(step.number ? [formattedNumbers(step.number)] : []),
        ];
      default:
        return [];
    }
  });
  return near.length > 0 ? fc.oneof(...near) : undefined;
}

const count = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 31 }).map(BigInt),
  fc.bigInt({ min: -5n, max: 253402300800005n }),
  fc.bigInt({ min: 253402300799000000n, max: 253402300800000999n }),
  fc.constantFrom(
    0n,
    253402300799n,
    253402300800n,
    253402300799999n,
    253402300800000n,
    2n ** 63n,
    10n ** 30n,
  ),
);

/** Counts since 1970, whole and with a fraction or an exponent. */
const counts = fc.oneof(
  count.map(String),
  fc
    .tuple(
      count,
      fc.constantFrom(
        '.',
        '.0',
        '.5',
        '.123456',
        '.9999',
        'e0',
        'e3',
        'E-3',
        'e+2',
        'e-20',
        'e99',
        'e100',
        'e1000',
        'e',
      ),
    )
    .map(([whole, end]) => `${whole}${end}`),
  fc.integer({ min: 0, max: 2 ** 31 }).map((seconds) => (seconds * 1000).toExponential()),
  fc.constantFrom('+5', '-0', '00012', '.5', '0x10', '1 511', '1.511544070e9', '1511544070,5', '-1511544070'),
);

/** Local times around changes of the clock and at the limits of what zones know. */
const localMoment = fc
  .oneof(
    ...[
      '2019-03-31T01:00',
      '2019-10-27T01:00',
      '2019-04-07T02:00',
      '2019-10-06T02:00',
      '2011-12-30T00:00',
    ].map((change) =>
      fc.integer({ min: -180, max: 180 }).map((minutes) => Date.parse(`${change}Z`) + minutes * 60_000),
    ),
    fc.constantFrom(
      ...[
        '1969-12-31T23:59:59.999Z',
        '1970-01-01T00:00:00.000Z',
        '2099-12-31T23:59:59.999Z',
        '2100-01-01T00:00:00.000Z',
      ].map((text) => Date.parse(text)),
    ),
    fc.integer({ min: Date.UTC(1960, 0), max: Date.UTC(2110, 0) }),
  )
  .map((at) => new Date(at));

const two = (value: number): string => String(value).padStart(2, '0');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** How each token is written. Not the code under test: it only has to come near. */
const written: Readonly<Record<string, (at: Date) => string>> = {
  YYYY: (at) => String(at.getUTCFullYear()),
  YY: (at) => two(at.getUTCFullYear() % 100),
  MMM: (at) => months[at.getUTCMonth()] ?? '',
  MM: (at) => two(at.getUTCMonth() + 1),
  M: (at) => String(at.getUTCMonth() + 1),
  DD: (at) => two(at.getUTCDate()),
  D: (at) => String(at.getUTCDate()),
  HH: (at) => two(at.getUTCHours()),
  H: (at) => String(at.getUTCHours()),
  hh: (at) => two(at.getUTCHours() % 12 || 12),
  h: (at) => String(at.getUTCHours() % 12 || 12),
  A: (at) => (at.getUTCHours() < 12 ? 'AM' : 'pm'),
  mm: (at) => two(at.getUTCMinutes()),
  ss: (at) => two(at.getUTCSeconds()),
  SSS: (at) => String(at.getUTCMilliseconds()).padStart(3, '0'),
  S: (at) => `${at.getUTCMilliseconds()}`.padStart(3, '0').slice(0, 1 + (at.getUTCSeconds() % 3)),
  Z: (at) => ['Z', '+01:00', '-0330', '+14', '+15:00', 'UTC'][at.getUTCMinutes() % 6] ?? '',
};

const usualFormats = [
  'YYYY-MM-DD HH:mm:ss',
  'YYYY-MM-DD[T]HH:mm',
  'YYYY-MM-DD HH:mm:ss.SSS',
  'YYYY-MM-DD HH:mmZ',
];

function localTimes({ formats = usualFormats }: TimeFormat): fc.Arbitrary<string> {
  const text = fc
    .tuple(localMoment, fc.constantFrom(...formats))
    .map(([at, format]) =>
      format.replace(
        /\[([^\]]*)\]|([A-Za-z])\2*/g,
        (token, literal?: string) => literal ?? written[token]?.(at) ?? token,
      ),
    );
  return fc.oneof(
    { weight: 5, arbitrary: text },
    fc
      .tuple(text, fc.constantFrom('30', '0', '13', '24', '60', '31'), fc.nat(12))
      .map(([one, digits, at]) => one.slice(0, at) + digits + one.slice(at + digits.length)),
  );
}

function formattedNumbers({ decimal = '.', group, currency = [] }: NumberFormat): fc.Arbitrary<string> {
  const spaces = group === ' ' ? [' ', '\u00a0', '\u202f'] : [group ?? ''];
  const whole = fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 11n }), fc.constantFrom(...spaces, '', ',', '.'))
    .map(([value, mark]) => String(value).replace(/\B(?=(\d{3})+$)/g, mark));
  const fraction = fc.constantFrom(
    '',
    decimal,
    `${decimal}5`,
    `${decimal}50`,
    `${decimal}00`,
    `${decimal}1255`,
    '.5',
    ',5',
  );
  const sign = fc.constantFrom('', '', '', '-', '+', '(');
  const end = fc.constantFrom('', '', '', '-', ')', ' -');
  const mark = fc.constantFrom(
    '',
    '',
    ...currency,
    ...currency.map((one) => `${one} `),
    ...currency.map((one) => ` ${one}`),
    '¥',
  );
  return fc
    .tuple(sign, mark, sign, whole, fraction, end, mark)
    .map((parts) => parts.join(''))
    .map((text) => (text.startsWith('(') && !text.endsWith(')') && text.length % 2 ? `${text})` : text));
}
