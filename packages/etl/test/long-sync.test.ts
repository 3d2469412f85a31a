import { join } from 'node:path';
import { readLakeState } from '@headwater/core/internal';
import { createFolderStore, type S3Store } from '@headwater/storage';
import { expect, test } from 'vitest';
import { loadEvents } from '../src/index.ts';
import { copyFiles } from '../src/sync/copy-files.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { type Bucket, createMemoryStore } from './memory-store.ts';

test('a sync that takes longer than its uploads are kept uploads again what another run removed', async () => {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const input = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(40, 4)]);
  await loadEvents({ table: events, lake, inputs: [input] });
  const from = createFolderStore(lake);
  const { files } = await readLakeState(from, events.name);
  const bucket: Bucket = { objects: new Map(), uploads: new Set() };
  let removed = 0;
  const to = createMemoryStore(bucket, async (name, run) => {
    // The cleaning of another run, after every upload and before the first copy.
    if (name.startsWith('copy ') && removed === 0)
      for (const path of [...bucket.objects.keys()]) removed += Number(bucket.objects.delete(path));
    return run();
  }) as S3Store;
  let bytes = 0;
  const copying = { table: events.name, from, to, between: join(folder, 'between'), signal: undefined };
  await copyFiles({ ...copying, onBytes: (more) => (bytes += more) }, files);
  expect(removed).toBe(4);
  for (const { path } of files) expect(bucket.objects.has(path)).toBe(true);
});
