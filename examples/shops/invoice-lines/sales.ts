import {
  always,
  decimal,
  defineEvents,
  emptyToNull,
  lake,
  timestamp,
  trim,
  wholeNumber,
} from '@headwater/core';
import { z } from 'zod';

/** Lines of invoices, as a back office exports them: no action, no visit, local times, and lines that are taken back. */
export const sales = defineEvents('sales', {
  description: 'Lines of invoices: what was sold, and with a negative quantity what was taken back',
  zone: 'Europe/London',
  columns: {
    invoice: z.string().register(lake, {
      description: 'Invoice; C before the number of one that takes back',
      aliases: ['InvoiceNo'],
    }),
    product: z.string().register(lake, { description: 'Article', aliases: ['StockCode'] }),
    description: z.string().optional().register(lake, { description: 'Name of the article' }),
    quantity: z.int32().register(lake, { description: 'How many; negative when taken back' }),
    time: timestamp({ formats: ['M/D/YYYY H:mm', 'YYYY-MM-DD HH:mm:ss'], zone: 'Europe/London' }).register(
      lake,
      {
        description: 'When it was invoiced; local time in the file',
        aliases: ['InvoiceDate'],
      },
    ),
    unit_price: decimal(12, 3).register(lake, {
      description: 'Price of one',
      unit: 'GBP',
      aliases: ['UnitPrice'],
    }),
    customer: z
      .int64()
      .optional()
      .register(lake, {
        description: 'Customer; a cash sale has none',
        pii: 'pseudonymous',
        aliases: ['CustomerID'],
        // 17850.0
        clean: [trim(), wholeNumber(), emptyToNull()],
      }),
    country: z.string().register(lake, { description: 'Country of the customer' }),
  },
  roles: {
    time: 'time',
    actor: 'customer',
    order: 'invoice',
    item: 'product',
    category: 'country',
    amount: 'unit_price',
    quantity: 'quantity',
  },
  amountPer: 'unit',
  // There is no column that says what happened: every line is a sale.
  actions: { purchase: always },
  // The same article twice on one invoice is two lines.
  duplicates: { keep: 'all' },
});
