import { type AwsTarget, awsTarget, decimal, defineEvents, lake, timestamp } from '@headwater/core';
import { z } from 'zod';

/** Events of a shop, with a column that had another name, so that the table has a view. */
export const clickstream = defineEvents('clickstream', {
  description: 'One row per event',
  columns: {
    event_time: timestamp(),
    event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
    product_id: z.int64(),
    category_code: z.string().register(lake, { renamedFrom: 'category' }).optional(),
    brand: z.string().optional(),
    price: decimal(10, 2).min(0).register(lake, { unit: 'USD' }),
    user_id: z.int64().register(lake, { pii: 'pseudonymous' }),
    user_session: z.string().register(lake, { pii: 'pseudonymous' }).optional(),
  },
  roles: {
    time: 'event_time',
    action: 'event_type',
    actor: 'user_id',
    session: 'user_session',
    item: 'product_id',
    category: 'category_code',
    brand: 'brand',
    amount: 'price',
  },
});

/** Events of another table, without roles beyond the time. */
export const probes = defineEvents('probes', {
  columns: { at: timestamp(), name: z.string(), value: z.number().optional() },
  roles: { time: 'at' },
});

/** The place of the tables, with everything that the config may ask for. */
export const target: AwsTarget = awsTarget({
  region: 'eu-central-1',
  account: '123456789012',
  database: 'shop',
  location: 's3://example-shop-lake/events',
  firstDay: '2026-01-01',
  results: 's3://example-shop-results/athena',
  permissionClasses: ['no_pii'],
  crawler: { landing: 's3://example-shop-landing/raw', schedule: 'cron(15 12 * * ? *)' },
  dataQuality: {},
  dataBrew: {
    landing: 's3://example-shop-landing/raw',
    output: 's3://example-shop-brewed/tables',
    schedule: 'cron(0 3 * * ? *)',
    project: true,
  },
});

/** Events whose days are those of a zone with summer time. */
export const local = defineEvents('local', {
  columns: {
    at: timestamp(),
    what: z.enum(['view', 'purchase']),
    amount: decimal(10, 2).optional(),
  },
  roles: { time: 'at', action: 'what', amount: 'amount' },
  zone: 'Europe/Berlin',
});
