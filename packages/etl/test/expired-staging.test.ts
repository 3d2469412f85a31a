import { deriveS3Lifecycle } from '@headwater/core';
import { emptyLakeState } from '@headwater/core/internal';
import { expect, test } from 'vitest';
import { stagingFolder } from '../src/lake/lake-paths.ts';
import { findUnlisted } from '../src/lake/unlisted-files.ts';
import { events } from './events-table.ts';
import { type Bucket, createMemoryStore } from './memory-store.ts';

const { schema } = events;
const place = `${schema.name}/dt=2019-10-01/part-${'a'.repeat(16)}-00000001-${'b'.repeat(8)}.parquet`;
const upload = `${stagingFolder(schema.name, `00000001-20191001-000000-${'b'.repeat(8)}`)}/${'a'.repeat(32)}.parquet`;

async function unlistedAmong(paths: readonly string[]) {
  const bucket: Bucket = { objects: new Map(paths.map((path) => [path, 'x'])), uploads: new Set() };
  const store = createMemoryStore(bucket, async (_, step) => step());
  const { pending, lost } = await findUnlisted(store, emptyLakeState(schema.name));
  return { pending: pending.map(({ path }) => path), lost: lost.map(({ path }) => path) };
}

test('without its upload a file in place looks like one that lost its manifest, so no present upload may expire', async () => {
  expect(await unlistedAmong([place, upload])).toEqual({ pending: [place], lost: [] });
  expect(await unlistedAmong([place])).toEqual({ pending: [], lost: [place] });
  const target = {
    ...{ region: 'eu-central-1', account: '123456789012', database: 'shop', firstDay: '2019-10-01' },
    ...{ location: 's3://lake/events', workgroup: 'w', registry: 'r', partition: 'aws' },
  };
  const { Rules } = deriveS3Lifecycle([schema], target).LifecycleConfiguration;
  const ofUpload = Rules.filter(({ Filter }) => `events/${upload}`.startsWith(Filter.Prefix));
  expect(ofUpload).toHaveLength(2);
  for (const { Expiration } of ofUpload) expect(Object(Expiration)).not.toHaveProperty('Days');
});
