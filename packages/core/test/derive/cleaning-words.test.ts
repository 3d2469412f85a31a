import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  decimal,
  defineEvents,
  deriveDataDictionary,
  emptyToNull,
  lake,
  timestamp,
  trim,
  wholeNumber,
} from '../../src/index.ts';
import { parseSnapshot, readingWords, snapshotText } from '../../src/internal.ts';

const { schema } = defineEvents('sales', {
  columns: {
    time: timestamp({ formats: ['M/D/YYYY H:mm', 'YYYY-MM-DD HH:mm:ss'], zone: 'Europe/London' }),
    seen: timestamp({ from: 'epoch-seconds' }),
    price: decimal(12, 3).register(lake, {
      numberFormat: { decimal: ',', group: ' ', currency: ['EUR', '€'], negative: 'trailing' },
    }),
    customer: z
      .int64()
      .register(lake, { clean: [trim(), wholeNumber(), emptyToNull()], nullTexts: ['NULL', 'NaN'] })
      .optional(),
    kind: z.enum(['view', 'cart']).register(lake, { map: { pv: 'view' } }),
    country: z.string(),
    age: z.int32().optional().register(lake, { invalid: 'null' }),
  },
  roles: { time: 'time' },
});

test('every way of reading is in words, and only where it is not the usual one', () => {
  const words = schema.columns.map((column) => [column.name, readingWords(column).join('; ')]);
  expect(Object.fromEntries(words)).toMatchInlineSnapshot(`
    {
      "age": "a value that fails a rule becomes null, and is counted",
      "country": "",
      "customer": "a point with nothing but zeros after it is dropped; \`NULL\` or \`NaN\` becomes null",
      "kind": "\`pv\` becomes \`view\`",
      "price": "read as a number with \`,\` before its fraction, a space between groups of three digits, with or without \`EUR\` or \`€\`, a minus after a negative number",
      "seen": "read as seconds since 1970-01-01 00:00:00 UTC, cut off at the millisecond",
      "time": "read as \`M/D/YYYY H:mm\` or \`YYYY-MM-DD HH:mm:ss\`, in the zone Europe/London unless an offset is given; a time that the clock leaves out is read with the offset before the change, and one that occurs twice is the earlier, cut off at the millisecond",
    }
  `);
  for (const column of schema.columns)
    for (const text of readingWords(column)) expect(deriveDataDictionary(schema)).toContain(text);
});

test('a snapshot has every way of reading', () => {
  const text = snapshotText({ layout: 1, table: 'sales', number: 1, version: '1.0.0', schema });
  expect(parseSnapshot(text, '1.json').schema).toEqual(schema);
});
