import { awsTarget, defineEvents, timestamp } from '@headwater/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { LoadedConfig } from '../src/config/load-config.ts';
import { listedPartitions } from '../src/doctor/listed-partitions.ts';

const days = defineEvents('days', { columns: { at: timestamp() }, roles: { time: 'at' } });
const kinds = defineEvents('kinds', {
  columns: { at: timestamp(), kind: z.enum(['view', 'cart', 'purchase']) },
  roles: { time: 'at' },
  partitionBy: { hour: true, columns: ['kind'] },
});
const place = {
  ...{ region: 'eu-central-1', account: '123456789012', database: 'shop', location: 's3://shop-lake/events' },
  firstDay: '2019-10-01',
};
const now = new Date('2019-10-30T12:00:00Z');

test('the partitions of each table are counted to tomorrow, or to the last day', () => {
  const tables: LoadedConfig['tables'] = [days, kinds];
  expect(listedPartitions({ tables }, awsTarget(place), now)).toEqual({
    areMany: false,
    found: 'days: 31 partitions. kinds: 2,232 partitions',
  });
  expect(listedPartitions({ tables }, awsTarget({ ...place, lastDay: '2019-10-02' }), now)).toEqual({
    areMany: false,
    found: 'days: 2 partitions. kinds: 144 partitions',
  });
});

test('above 100,000 there is a warning with the number and what to change', () => {
  // 1,389 days of 72 partitions are the first above.
  const of = (lastDay: string) =>
    listedPartitions({ tables: [kinds] }, awsTarget({ ...place, lastDay }), now);
  expect(of('2023-07-19')).toEqual({ areMany: false, found: 'kinds: 99,936 partitions' });
  expect(of('2023-07-20')).toEqual({
    areMany: true,
    found:
      'kinds: Athena lists 100,008 partitions for a query without a range, and fails above 1,000,000. ' +
      'Set firstDay and lastDay closer to the data, or partition by fewer columns',
  });
});
