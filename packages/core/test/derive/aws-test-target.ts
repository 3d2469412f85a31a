import { awsTarget } from '../../src/index.ts';

/** Where the committed outputs say that tables live. */
export const testTarget = awsTarget({
  region: 'eu-central-1',
  account: '123456789012',
  database: 'shop',
  location: 's3://shop-lake/events',
  firstDay: '2019-10-01',
});
