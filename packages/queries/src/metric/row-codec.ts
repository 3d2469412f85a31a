import { z } from 'zod';
import { columnsOf, type MetricColumns } from './declared-columns.ts';
import type { DimensionKind } from './dimension.ts';
import type { Measure } from './measure.ts';

// Counts and sums come as number, bigint or decimal text, by the width of the engine's type.
const numeric = z.union([z.number(), z.bigint(), z.string().regex(/^-?\d+(\.\d+)?$/)]).transform(Number);
const count = numeric.pipe(z.int().nonnegative());
const amount = numeric.pipe(z.number());
const quotient = z.number().nullable();
const text = z.string();

const codecs = {
  time: text,
  text,
  actor: text,
  item: text,
  hour: count,
  weekday: count,
  offset: count,
  rank: count,
  count,
  distinct: count,
  amount,
  duration: amount,
  ratio: quotient,
  difference: quotient,
} as const satisfies Record<DimensionKind | Measure['kind'], z.ZodType>;

/**
 * Reads an engine's row: the declared columns in their order, each as its JavaScript value. A break-down's column and a
 * hidden measure are there when they were asked for.
 */
export function rowCodec(metric: MetricColumns): z.ZodType {
  return z.object(
    Object.fromEntries(
      columnsOf(metric).map(({ name, column, isOptional }) => {
        const codec: z.ZodType = codecs[column.kind];
        const read = 'nullable' in column && column.nullable ? codec.nullable() : codec;
        return [name, isOptional ? read.optional() : read];
      }),
    ),
  );
}
