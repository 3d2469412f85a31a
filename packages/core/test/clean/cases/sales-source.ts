import { z } from 'zod';
import { decimal, defineEvents, lake, type RawRecord, timestamp } from '../../../src/index.ts';

/** A table with a source that has constants and conditions. */
export const sales = defineEvents('sales', {
  columns: {
    at: timestamp(),
    kind: z.enum(["it's", 'sale']),
    amount: decimal(10, 2).min(0).optional().register(lake, { invalid: 'null' }),
    quantity: z.int32(),
    note: z
      .string()
      .register(lake, { nullTexts: ['-'] })
      .optional(),
    shop: z.string().optional(),
  },
  roles: { time: 'at' },
  sources: {
    till: {
      columns: { Note: 'note' },
      // What Spark gives a meaning to in a statement.
      constants: { kind: "it's", shop: ` $\{env:HOME}\\ ` },
      where: { note: { not: ["it's", 'test', null] }, quantity: ['1', '2', 'x'] },
    },
  },
});

const each = <Value>(values: readonly Value[], rows: readonly RawRecord[], name: string) =>
  rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }) as RawRecord));

/** Records of the source: every mix of a few texts. */
export const salesRecords: readonly RawRecord[] = [
  ['at', ['2026-01-01 00:00:00', '', 'x']] as const,
  ['amount', ['1.50', '-1', null]] as const,
  ['quantity', ['1', ' 2 ', '3', 'x', null]] as const,
  ['Note', ["it's", 'test', 'Test', ' test', '-', '', null, 'its']] as const,
].reduce<readonly RawRecord[]>((rows, [name, texts]) => each([...texts], rows, name), [{}]);
