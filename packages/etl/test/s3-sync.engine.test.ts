import { join } from 'node:path';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { compactLake, loadEvents, syncLake, verifyLake } from '../src/index.ts';
import { events, header, lakeBytes, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { freshLake, remainsOf, storedFiles } from './s3-fixture.ts';

const aws = useAwsSandbox('etl-sync');

test('a lake goes to S3, grows there, and comes back, and on to another prefix: the same each time', async () => {
  const folder = await temporaryFolder();
  const [home, back] = [join(folder, 'home'), join(folder, 'back')];
  const [there, further] = [freshLake(aws.location), freshLake(aws.location)];
  const workFolder = join(folder, 'work');
  const sync = (from: string, to: string) => syncLake({ table: events, from, to, workFolder });
  const load = async (lake: string, name: string, rows: readonly string[]) =>
    loadEvents({
      table: events,
      lake,
      workFolder,
      inputs: [await writeLines(folder, name, [header, ...rows])],
    });

  await load(home, 'a.csv', [...rowsOfDays(3000, 4), 'cut off']);
  await load(home, 'b.csv', rowsOfDays(500, 2, 9000));
  expect(await sync(home, there)).toMatchObject({ commits: 2, files: 7 });
  await load(there, 'c.csv', rowsOfDays(500, 2, 20_000));
  await compactLake({ table: events, lake: there, workFolder });
  expect(await sync(there, home)).toMatchObject({ commits: 2, files: 2, removed: 4 });
  expect(await sync(there, back)).toMatchObject({ commits: 4 });
  expect(await sync(there, further)).toMatchObject({ commits: 4 });
  expect(await lakeBytes(back)).toEqual(await lakeBytes(home));
  const folders = ['events', 'events__quarantine', '_headwater/events'];
  const onS3 = await storedFiles(there, ...folders);
  expect(await storedFiles(further, ...folders)).toEqual(onS3);
  const local = await storedFiles(back, ...folders);
  delete local['_headwater/events/write.lock'];
  expect(local).toEqual(onS3);
  for (const lake of [home, back, there, further]) {
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 4000, leftovers: [] });
    expect(await remainsOf(lake)).toEqual([]);
  }
});

test('a sync to S3 that was stopped goes on with what it had uploaded, and shows nothing before', async () => {
  const folder = await temporaryFolder();
  const from = join(folder, 'home');
  const to = freshLake(aws.location);
  const workFolder = join(folder, 'work');
  const input = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(4000, 20)]);
  await loadEvents({ table: events, lake: from, inputs: [input] });
  const stop = new AbortController();
  await expect(
    syncLake({
      table: events,
      from,
      to,
      workFolder,
      signal: stop.signal,
      onProgress: ({ bytes, totalBytes }) => bytes > totalBytes / 2 && stop.abort(),
    }),
  ).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect(await storedFiles(to)).toEqual({});
  const uploaded = (await remainsOf(to)).length;
  expect(uploaded).toBeGreaterThan(8);
  let copied = 0;
  await syncLake({ table: events, from, to, workFolder, onProgress: () => (copied += 1) });
  expect(copied).toBe(20);
  expect(await verifyLake({ table: events, lake: to })).toMatchObject({
    ok: true,
    rows: 4000,
    leftovers: [],
  });
  expect(await remainsOf(to)).toEqual([]);
});
