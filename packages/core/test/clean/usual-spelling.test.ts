import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRejection } from '../../src/clean/record/rejection.ts';
import {
  usualDecimal,
  usualInstant,
  usualInteger,
  usualLong,
} from '../../src/clean/record/usual-spelling.ts';
import { valueParser } from '../../src/clean/record/value-parser.ts';
import { dirtyText } from './dirty-text.ts';

type Usual = (bytes: Uint8Array, from: number, to: number) => unknown;
const digits = fc
  .tuple(fc.constantFrom('', '-', '0', '+'), fc.bigInt({ min: 0n, max: 2n ** 66n }), fc.nat(20))
  .map(([sign, value, length]) => sign + String(value).slice(0, length));
const decimals = fc
  .tuple(digits, fc.constantFrom('', '.', '.0', '.5', '.05', '.125'))
  .map((parts) => parts.join(''));
const instants = fc
  .tuple(
    fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    fc.constantFrom('T', ' ', 't'),
    fc.constantFrom(19, 23, 22),
    fc.constantFrom('', 'Z', ' UTC', 'UTC', ' Z', '+00', ' utc'),
  )
  .map(([date, between, length, zone]) => date.toISOString().replace('T', between).slice(0, length) + zone);

test.each<[string, Parameters<typeof valueParser>[0], Usual, fc.Arbitrary<string>]>([
  ['integers', { kind: 'int64' }, (...at) => asBigInt(usualInteger(...at)), digits],
  ['long integers', { kind: 'int64' }, usualLong, digits],
  ['decimals', { kind: 'decimal', precision: 15, scale: 2 }, (...at) => usualDecimal(...at, 2), decimals],
  [
    'fine decimals',
    { kind: 'decimal', precision: 15, scale: 9 },
    (...at) => usualDecimal(...at, 9),
    decimals,
  ],
  ['instants', { kind: 'timestamp' }, (...at) => asDate(usualInstant(...at)), instants],
])('the usual spelling of %s is read as the rules read it', (_what, type, usual, near) => {
  const parse = valueParser(type, { step: 'parse' });
  let read = 0;
  const any = fc.oneof(near, dirtyText(type));
  fc.assert(
    fc.property(any, fc.nat(3), (text, before) => {
      const bytes = Buffer.from(`${'7'.repeat(before)}${text ?? ''}7\0`);
      const value = usual(bytes, before, bytes.length - 2);
      if (value === undefined) return;
      const expected = parse(text ?? '');
      // A number beyond the digits of its type is left to whoever asks for it.
      if (isRejection(expected) && expected.code === 'out_of_range' && typeof value === 'number') return;
      read += 1;
      expect(value).toEqual(expected);
    }),
    { numRuns: 6000, seed: 1 },
  );
  expect(read).toBeGreaterThan(300);
});

const asBigInt = (value: number | undefined) => (value === undefined ? undefined : BigInt(value));
const asDate = (value: number | undefined) => (value === undefined ? undefined : new Date(value));
