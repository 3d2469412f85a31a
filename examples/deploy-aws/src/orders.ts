import { decimal, defineEvents, timestamp } from '@headwater/core';
import { z } from 'zod';

/** The table that is verified. */
export const orders = defineEvents('orders', {
  columns: {
    at: timestamp(),
    kind: z.enum(['view', 'purchase']),
    product: z.string(),
    price: decimal(10, 2),
  },
  roles: { time: 'at', action: 'kind' },
});

export const header = 'at,kind,product,price';

/** Rows on `days` days from 1 March 2024, with texts that a reader of CSV gets wrong easily. */
export const orderRows = (count: number, days: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => {
    const n = from + index;
    const day = String(1 + (n % days)).padStart(2, '0');
    const minute = String(n % 60).padStart(2, '0');
    return `2024-03-${day} 10:${minute}:00 UTC,${n % 3 ? 'view' : 'purchase'},"a ""quoted"", ${n} ü",${n}.25`;
  });
