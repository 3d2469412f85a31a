import { expect, test } from 'vitest';
import { z } from 'zod';
import { createRecordCleaner, defineEvents, lake, timestamp } from '../../src/index.ts';
import { numberCases, priceIn, writtenCases } from './cases/written-cases.ts';

const at = '2019-10-01 00:00:00';

/** The value of a text in a column, or the code of its rejection. */
function cleaned(type: z.ZodType, v: string): unknown {
  const { schema } = defineEvents('t', { columns: { at: timestamp(), v: type }, roles: { time: 'at' } });
  const result = createRecordCleaner(schema)({ at, v });
  return result.accepted ? result.row['v'] : result.reasons[0]?.code;
}

test.each(writtenCases)('%s', (_what, type, raw, value) => {
  expect(cleaned(type, raw)).toEqual(value);
});

test.each(numberCases)('the number format %o', (format, cases) => {
  for (const [raw, value] of cases) expect([raw, cleaned(priceIn(format), raw)]).toEqual([raw, value]);
});

test('a number format of an integer drops a fraction of zeros only', () => {
  const type = z.int32().register(lake, { numberFormat: { decimal: ',', group: '.' } });
  expect(cleaned(type, '1.234,00')).toBe(1234);
  expect(cleaned(type, '1.234,50')).toBe('not_an_integer');
});
