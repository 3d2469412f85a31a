import { type DuplicatesConfig, decimal, defineEvents, type EventsTable, timestamp } from '@headwater/core';
import { z } from 'zod';

type Name = 'at' | 'order_id' | 'line' | 'sku' | 'amount' | 'updated_at';

/** A rule about duplicates of {@link orders}. */
export type OrderDuplicates = DuplicatesConfig<Name>;

/** Lines of orders, which a shop may send again when they were corrected. */
export const orders = (duplicates: OrderDuplicates, hour = false): EventsTable =>
  defineEvents('orders', {
    columns: {
      at: timestamp(),
      order_id: z.int64(),
      line: z.int32(),
      sku: z.string().optional(),
      amount: decimal(10, 2),
      updated_at: timestamp().optional(),
    },
    roles: { time: 'at', amount: 'amount' },
    duplicates,
    partitionBy: { hour },
  });

/** The header of their files. */
export const orderHeader = 'at,order_id,line,sku,amount,updated_at';
