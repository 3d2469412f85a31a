import { decimal, defineEvents, type InferRow, lake, timestamp } from '@headwater/core';
import { z } from 'zod';

/** A shop whose events are counted. */
export const clicks = defineEvents('clicks', {
  columns: {
    at: timestamp(),
    what: z.enum(['view', 'cart', 'purchase']),
    visitor: z.int64().register(lake, { pii: 'pseudonymous' }),
    product: z.string().optional(),
    price: decimal(10, 2).optional(),
  },
  roles: { time: 'at', action: 'what', actor: 'visitor', item: 'product', amount: 'price' },
});

export type Click = InferRow<typeof clicks>;

/** Midnight of an invented day. */
export const midnight = Date.UTC(2026, 2, 1);

/** An event so many seconds after midnight. */
export function click(seconds: number, event: Partial<Omit<Click, 'at'>> = {}): Click {
  return {
    at: new Date(midnight + seconds * 1000),
    what: 'view',
    visitor: 1n,
    product: null,
    price: null,
    ...event,
  };
}
