import { type AwsTarget, awsTarget, decimal, defineEvents, lake, timestamp } from '@headwater/core';
import { z } from 'zod';
import { shopTable } from './clickstream.ts';

/** Events of a shop, with a column that had another name, so that the table has a view. */
export const clickstream = shopTable(
  'clickstream',
  z.string().register(lake, { renamedFrom: 'category' }).optional(),
);

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
