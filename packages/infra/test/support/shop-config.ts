import { join } from 'node:path';
import type { InfraConfig, PlatformConfig } from '@headwater/infra/config';
import { clickstream } from './clickstream.ts';
import { connectorJar } from './test-jar.ts';

const account = '123456789012';
const region = 'eu-central-1';

/** A shop that has everything: what the platform has of it follows from `infra`. */
export const shopConfig = (infra: InfraConfig = {}): PlatformConfig => ({
  tables: [clickstream],
  // The version that is saved there is the definition beside it.
  schemas: join(import.meta.dirname, 'schema'),
  aws: {
    region,
    account,
    database: 'shop',
    location: 's3://example-shop-lake/events',
    results: 's3://example-shop-results/athena',
    firstDay: '2026-01-01',
    permissionClasses: ['no_pii'],
    crawler: { landing: 's3://example-shop-landing/raw' },
    dataBrew: {
      landing: 's3://example-shop-landing/raw',
      output: 's3://example-shop-clean/databrew',
      schedule: 'cron(0 3 * * ? *)',
    },
    dataQuality: {},
    stream: {
      name: 'shop-clicks',
      sessionsTable: 'shop-live',
      topicArn: `arn:aws:sns:${region}:${account}:shop-incidents`,
      deliveryStream: 'shop-clicks-to-s3',
      landing: 's3://example-shop-landing/stream',
      transform: `arn:aws:lambda:${region}:${account}:function:headwater-shop-transform`,
    },
  },
  stream: { detection: {} },
  quicksight: {
    owners: [`arn:aws:quicksight:${region}:${account}:user/default/publisher`],
    viewers: [`arn:aws:quicksight:${region}:${account}:group/default/buyers`],
  },
  infra: {
    parts: { lakeFormation: true, studio: true, flink: true },
    alarmEmails: ['shop@example.com'],
    monthlyBudget: 1000,
    flink: { jars: [connectorJar()] },
    ...infra,
  },
});
