import { defineConfig } from '@headwater/cli';
import { clickstream } from '@headwater/example-ecommerce';

/** The shop of `examples/ecommerce` on AWS. Its names are to be replaced by your own. */
export default defineConfig({
  tables: [clickstream],
  aws: {
    region: 'eu-central-1',
    account: '123456789012',
    database: 'shop',
    location: 's3://example-shop-lake/events',
    firstDay: '2026-01-01',
    stream: {
      name: 'shop-clicks',
      sessionsTable: 'shop-live',
      deliveryStream: 'shop-clicks',
      // Records have one of several keys for a column, so a function reads them before Firehose does.
      transform: 'arn:aws:lambda:eu-central-1:123456789012:function:headwater-shop-transform',
    },
    crawler: {},
    dataQuality: {},
    dataBrew: { landing: 's3://example-shop-landing/raw', schedule: 'cron(0 3 * * ? *)' },
  },
  quicksight: {
    owners: ['arn:aws:quicksight:eu-central-1:123456789012:user/default/publisher'],
    viewers: ['arn:aws:quicksight:eu-central-1:123456789012:group/default/buyers'],
  },
  infra: { scale: 'small', alarmEmails: ['shop@example.com'], monthlyBudget: 500 },
});
