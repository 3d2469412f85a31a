import { emptyLakeState, type Manifest, manifestPath, manifestSchemaOf } from '@headwater/core/internal';
import { expect, test } from 'vitest';
import { commitManifest } from '../src/lake/commit-manifest.ts';
import { events } from './events-table.ts';
import { type Bucket, createMemoryStore } from './memory-store.ts';

const table = events.schema.name;
const [gone, stays] = ['a', 'b'].map((name) => `${table}/dt=2019-10-01/part-${name.repeat(16)}.parquet`) as [
  string,
  string,
];
const manifest: Manifest = {
  ...{ version: 1, table, sequence: 1, runId: 'run', operation: 'compact', seconds: 1, headwater: '0' },
  ...{ startedAt: '2019-10-01T00:00:00.000Z', schema: manifestSchemaOf(events.schema) },
  ...{ inputs: [], rowsIn: 0, rowsOut: 0, duplicates: 0, quarantined: 0, reasons: {} },
  ...{ added: [], removed: [gone, stays], quarantineAdded: [], quarantineRemoved: [] },
};

test('a commit on S3 whose replaced files stay stands, and fails with their names: Athena reads them', async () => {
  const bucket: Bucket = { objects: new Map([[stays, 'rows']]), uploads: new Set() };
  let isDenied = true;
  const store = createMemoryStore(bucket, async (name, run) => {
    if (isDenied && name.startsWith('remove ')) throw new Error('access denied');
    return run();
  });
  await expect(commitManifest(store, emptyLakeState(table), manifest)).rejects.toMatchObject({
    code: 'FILES_NOT_REMOVED',
    payload: { sequence: 1, files: [stays], problem: 'access denied' },
  });
  expect(bucket.objects.has(manifestPath(table, 1))).toBe(true);
  isDenied = false;
  bucket.objects.delete(manifestPath(table, 1));
  await commitManifest(store, emptyLakeState(table), manifest);
  expect(bucket.objects.has(stays)).toBe(false);
});
