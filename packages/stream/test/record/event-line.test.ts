import { calendarDate, createDocumentCleaner, decimal, defineEvents, timestamp } from '@headwater/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { createEventLine } from '../../src/record/event-line.ts';

const table = defineEvents('kinds', {
  columns: {
    at: timestamp(),
    day: calendarDate().optional(),
    text: z.string().optional(),
    flag: z.boolean().optional(),
    small: z.int32().optional(),
    big: z.int64().optional(),
    ratio: z.float64().optional(),
    price: decimal(15, 4).optional(),
    exact: decimal(38, 10).optional(),
    kind: z.enum(['view', 'cart']).optional(),
    id: z.uuid().optional(),
  },
  roles: { time: 'at' },
});
const line = createEventLine(table.schema);
const clean = createDocumentCleaner(table.schema);

test('a line has the digits of numbers, times with a Z, and no nulls', () => {
  const [result] = clean(
    `{"at":"2026-01-31 23:59:58.2","day":"2026-01-31","text":"a\\n\\"b\\" é","flag":false,"small":-7,"big":9223372036854775807,
      "ratio":1e300,"price":12345678901.2,"exact":1234567890123456789012345678.0123456789,"kind":"cart"}`,
  );
  if (!result?.accepted) throw new Error('Expected an event');
  expect(line(result.row)).toBe(
    '{"at":"2026-01-31T23:59:58.200Z","day":"2026-01-31","text":"a\\n\\"b\\" é","flag":false,"small":-7,' +
      '"big":9223372036854775807,"ratio":1e+300,"price":12345678901.2000,' +
      '"exact":"1234567890123456789012345678.0123456789","kind":"cart"}\n',
  );
});

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const documents = fc.record({
  at: fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
  text: optional(fc.string({ unit: 'grapheme' })),
  small: optional(fc.integer()),
  big: optional(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  ratio: optional(fc.double({ noNaN: true, noDefaultInfinity: true })),
  price: optional(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n })),
  exact: optional(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n })),
});

/** Units of a decimal as text. */
function decimalText(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

test('cleaning a line again gives the same event', () => {
  fc.assert(
    fc.property(documents, ({ at, text, small, big, ratio, price, exact }) => {
      const members = Object.entries({
        at: JSON.stringify(at.toISOString()),
        text: text === undefined ? undefined : JSON.stringify(text),
        small: small?.toString(),
        big: big?.toString(),
        ratio: ratio === undefined ? undefined : JSON.stringify(ratio),
        price: price === undefined ? undefined : decimalText(price, 4),
        exact: exact === undefined ? undefined : decimalText(exact, 10),
      }).flatMap(([name, value]) => (value === undefined ? [] : [`"${name}":${value}`]));
      const [first] = clean(`{${members.join(',')}}`);
      if (!first?.accepted) throw new Error('Expected an event');
      const written = line(first.row);
      expect(written.split('\n')).toHaveLength(2);
      expect(clean(written)).toEqual([first]);
      JSON.parse(written);
    }),
    { numRuns: 300 },
  );
});
