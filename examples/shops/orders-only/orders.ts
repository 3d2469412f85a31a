import { always, decimal, defineEvents, lake, timestamp } from '@headwater/core';
import { z } from 'zod';

/** Orders and nothing else, from a German shop system: local times, decimal commas, a currency sign. */
export const orders = defineEvents('orders', {
  description: 'Orders',
  zone: 'Europe/Berlin',
  columns: {
    order_id: z.string().register(lake, { description: 'Order' }),
    customer: z
      .string()
      .optional()
      .register(lake, { description: 'Customer; a guest has none', pii: 'pseudonymous' }),
    ordered_at: timestamp({ formats: ['DD.MM.YYYY HH:mm'], zone: 'Europe/Berlin' }).register(lake, {
      description: 'When it was ordered; local time in the file',
    }),
    total: decimal(12, 2).register(lake, {
      description: 'What it costs',
      unit: 'EUR',
      numberFormat: { decimal: ',', group: '.', currency: ['€', 'EUR'] },
    }),
    status: z.string().register(lake, { description: 'How far it is' }),
  },
  sources: {
    export: {
      columns: {
        Bestellung: 'order_id',
        Kunde: 'customer',
        Datum: 'ordered_at',
        Summe: 'total',
        Status: 'status',
      },
      // What was cancelled is no sale. Loads count what they leave out.
      where: { status: { not: 'storniert' } },
    },
  },
  roles: { time: 'ordered_at', actor: 'customer', order: 'order_id', amount: 'total' },
  actions: { purchase: always },
});
