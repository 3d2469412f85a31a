import { decimal, defineEvents, type InferRow, timestamp } from '@headwater/core';
import { z } from 'zod';

/** A table with lists, a struct and a map. Their values would be misread by a parser of Athena's text. */
export const baskets = defineEvents('baskets', {
  columns: {
    at: timestamp(),
    shopper: z.string(),
    products: z.array(z.int64()),
    place: z.object({ city: z.string(), seen_at: timestamp().optional(), total: decimal(30, 2) }).optional(),
    labels: z.record(z.string(), z.array(z.string())).optional(),
  },
  roles: { time: 'at', actor: 'shopper' },
});

type Row = InferRow<typeof baskets>;

export const basketRows: readonly Row[] = [
  {
    at: new Date('2024-03-03T10:00:00Z'),
    shopper: 'a',
    products: [9_007_199_254_740_993n, -1n],
    place: {
      city: 'a, b=c] "d"',
      seen_at: new Date('2024-03-03T09:59:59.123Z'),
      total: '12345678901234567890.10',
    },
    labels: { 'k=1, x': ['[', '}', ''], empty: [] },
  },
  { at: new Date('2024-03-03T11:00:00Z'), shopper: 'b', products: [], place: null, labels: null },
];
