import { awsTarget, defineEvents, timestamp } from '@headwater/core';
import type { ScanEstimate } from '@headwater/queries';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { OpenedLake } from '../src/config/open-lake.ts';
import { estimateListing } from '../src/rows/listing-estimate.ts';

const table = defineEvents('shop', {
  columns: { at: timestamp(), kind: z.enum(['view', 'cart', 'purchase']) },
  roles: { time: 'at' },
  partitionBy: { hour: true, columns: ['kind'] },
});
const aws = awsTarget({
  ...{ region: 'eu-central-1', account: '123456789012', database: 'shop', location: 's3://shop-lake/events' },
  firstDay: '2019-10-01',
});
const now = new Date('2019-10-30T12:00:00Z');

function listingOf(asked: { first?: string; last?: string }, reads = 'folders') {
  const reading = { table: 'shop', columns: [], days: undefined, asked, files: 9, bytes: 1, mostBytes: 1 };
  const estimate: ScanEstimate = { tables: [{ ...reading, partitions: 9 }], bytes: 1, mostBytes: 1 };
  const opened = { config: { aws, tables: [table] }, engine: { reads } } as unknown as OpenedLake;
  return estimateListing(opened, estimate, now);
}

test('a query on projected partitions lists each hour and enum value of its days, the empty ones too', () => {
  const oneDay = listingOf({ first: '2019-10-02', last: '2019-10-02' });
  expect(oneDay).toMatchObject({ partitions: 72, tables: [{ table: 'shop', filled: 9 }] });
  const unbounded = listingOf({});
  expect(unbounded?.partitions).toBe(31 * 72);
  expect(unbounded?.price).toBeCloseTo(31 * 72 * 0.000005);
});

test('an engine that reads manifests lists nothing', () => {
  expect(listingOf({}, 'manifests')).toBeUndefined();
});
