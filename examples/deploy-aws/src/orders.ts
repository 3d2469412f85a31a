import { decimal, defineEvents, timestamp } from '@headwater/core';
import { z } from 'zod';

const columns = {
  at: timestamp(),
  kind: z.enum(['view', 'purchase']),
  product: z.string(),
  price: decimal(10, 2),
};
const roles = { time: 'at', action: 'kind' } as const;

/** The table that is verified. */
export const orders = defineEvents('orders', { columns, roles });

/** The same, for a projection of its own. */
export const ordersByMillis = defineEvents('orders_by_millis', { columns, roles });

/** One of the two. */
export type OrdersTable = typeof orders | typeof ordersByMillis;

export const header = 'at,kind,product,price';

/** Rows on `days` days from 1 March 2024, with texts that a reader of CSV gets wrong easily. */
export const orderRows = (count: number, days: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => {
    const n = from + index;
    const day = String(1 + (n % days)).padStart(2, '0');
    const minute = String(n % 60).padStart(2, '0');
    return `2024-03-${day} 10:${minute}:00 UTC,${n % 3 ? 'view' : 'purchase'},"a ""quoted"", ${n} ü",${n}.25`;
  });
