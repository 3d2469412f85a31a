import { defineConfig } from '@headwater/cli';
import { clickstream } from './src/clickstream.ts';
import { repeatViews } from './src/repeat-views.ts';

export default defineConfig({
  tables: [clickstream],
  metrics: [repeatViews],
  lake: './lake',
  // Names to be replaced by your own. Only commands that have to do with AWS look here.
  aws: {
    region: 'eu-central-1',
    account: '123456789012',
    database: 'shop',
    location: 's3://example-shop-lake/events',
    firstDay: '2019-10-01',
  },
  // Who publishes the dashboard, and who looks.
  quicksight: {
    owners: ['arn:aws:quicksight:eu-central-1:123456789012:user/default/publisher'],
    viewers: ['arn:aws:quicksight:eu-central-1:123456789012:group/default/buyers'],
  },
});
