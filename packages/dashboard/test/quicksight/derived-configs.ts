import { type AwsTarget, awsTarget, type QuickSightConfig } from '@headwater/core';

const arn = (name: string): string => `arn:aws:quicksight:us-east-1:123456789012:${name}`;
const owners = [arn('user/default/publisher')];

/** Where the tables of the tests live. */
export const shopTarget = (database = 'shop'): AwsTarget =>
  awsTarget({
    region: 'us-east-1',
    account: '123456789012',
    database,
    location: 's3://example-shop-lake/events',
    firstDay: '2024-02-05',
  });

/** Every setting that makes other assets. */
export const quickSightConfigs = {
  direct: { owners },
  spice: { owners, mode: 'spice', theme: 'dark' },
  'personal data': { owners, viewers: [arn('group/default/buyers')], personalData: { pseudonymous: owners } },
  'rows by role': {
    owners,
    rows: {
      column: 'brand',
      roles: {
        acme: { values: ['acme'], principals: [arn('user/default/acme')] },
        all: { principals: owners },
      },
    },
  },
  'rows by role, in SPICE': {
    owners,
    mode: 'spice',
    rows: { column: 'brand', roles: { acme: { values: ['acme'], principals: [arn('user/default/acme')] } } },
  },
} as const satisfies Readonly<Record<string, QuickSightConfig>>;
