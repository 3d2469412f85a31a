import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CreateBucketCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { readLakeHistory, readLakeState } from '@headwater/core/internal';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { objectVersions, openLakeStore } from '@headwater/storage';
import { expect, test } from 'vitest';
import { expireDays, forgetActors, lakeStatus, loadEvents, verifyLake } from '../src/index.ts';
import { forgetInSlices } from '../src/maintain/forget-actors.ts';
import { countingProxy } from './counting-proxy.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { committedFiles, freshLake, remainsOf } from './s3-fixture.ts';
import { bytesWith, valuesWith } from './searched-bytes.ts';

const program = fileURLToPath(new URL('forget-once.ts', import.meta.url));
const aws = useAwsSandbox('etl-forget');
const person = '9100000000000000007';
const own = (day: number, second: number, price = '5.00') =>
  `2019-10-0${day} 00:00:${10 + second} UTC,view,1,nike,${price},${person},s`;
const quiet = { table: events, actors: [person], answerFolders: [], leftoverGraceSeconds: 0 };

/** Copies every object of a lake into a folder, as a reader of its own would see them. */
async function copyOf(lake: string): Promise<string> {
  const folder = await temporaryFolder();
  const store = openLakeStore(lake);
  for (const root of [events.name, `${events.name}__quarantine`, '_headwater'])
    for await (const { path } of store.walk(root)) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of store.read(path)) chunks.push(chunk);
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), Buffer.concat(chunks));
    }
  return folder;
}

async function loaded(lake: string, folder: string, name: string, rows: readonly string[]) {
  const inputs = [await writeLines(folder, name, [header, ...rows])];
  const workFolder = join(folder, 'work');
  return loadEvents({ table: events, lake, inputs, workFolder, maxQuarantine: 1 });
}

async function nobodyIn(...folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    expect(await valuesWith(folder, person)).toEqual([]);
    expect(await bytesWith(folder, person)).toEqual([]);
  }
}

test('no object and no downloaded file holds an erased actor; a few days are a commit, and one that died is finished', async () => {
  const folder = await temporaryFolder();
  const [lake, undisturbed] = [freshLake(aws.location), freshLake(aws.location)];
  const others = [...rowsOfDays(800, 4), 'cut off'];
  for (const [place, rows] of [
    [lake, [own(1, 1), own(2, 2), own(4, 3), own(3, 4, '-1'), ...others]],
    [undisturbed, others],
  ] as const)
    await loaded(place, folder, `${place.slice(-8)}.csv`, rows);
  const workFolder = join(folder, 'work');
  const options = { ...quiet, lake, workFolder };
  // The load left its files in the work folder.
  expect(await valuesWith(workFolder, person)).not.toEqual([]);
  const before = await readLakeState(openLakeStore(lake), events.name);

  expect(await forgetActors({ ...options, dryRun: true })).toMatchObject({ rows: 3, days: 3, commits: [] });
  const fractions: number[] = [];
  const receipt = await forgetInSlices(
    {
      ...options,
      onProgress: ({ phase, fraction }) => {
        if (phase !== 'upload') fractions.push(fraction);
      },
    },
    1,
  );
  expect(receipt).toMatchObject({
    ...{ rows: 3, days: 3, quarantined: { byActor: 1, byText: 0 }, commits: [2, 3, 4, 5], sequence: 5 },
    ...{ files: { removed: 4, written: 4 }, unsettled: [], versions: { versioning: 'off', days: null } },
  });
  expect(receipt.traffic?.bytesPut).toBeGreaterThan(0);
  expect(JSON.stringify(receipt)).not.toContain(person);
  expect(fractions.every((fraction) => fraction > 0 && fraction <= 1)).toBe(true);
  await nobodyIn(await copyOf(lake), workFolder);
  // The same rows in the same order give the same files.
  expect(await committedFiles(lake)).toEqual(await committedFiles(undisturbed));
  expect(await remainsOf(lake)).toEqual([]);
  expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 800, leftovers: [] });

  // A run that died after its commit leaves a replaced file, which goes at once, whatever the grace period.
  const [gone] = before.files.filter(({ day }) => day === '2019-10-01');
  const path = await writeLines(folder, 'gone', ['replaced']);
  await openLakeStore(lake).put(gone?.path ?? '', path, { hash: '0' });
  const again = await forgetActors({ ...options, leftoverGraceSeconds: 3600 });
  expect(again).toMatchObject({ rows: 0, commits: [], unsettled: [] });
  expect(await remainsOf(lake)).toEqual([]);
});

test('an erasure finds what other machines commit between its search and its commit', async () => {
  const folder = await temporaryFolder();
  const lake = freshLake(aws.location);
  await loaded(lake, folder, 'a.csv', [own(1, 1), own(2, 2), ...rowsOfDays(400, 4)]);
  // Into a folder that it rewrites, into another, and a rejected row.
  const late = [[own(1, 11), own(1, 12), ...rowsOfDays(10, 1, 900)], [own(4, 13)], [own(2, 14, '-1')]];
  let isFirst = true;
  const proxy = await countingProxy(process.env['AWS_ENDPOINT_URL'] ?? '', async (request) => {
    if (!isFirst || !/^PUT .*\/_headwater\/events\/\d+\.json/.test(request)) return;
    isFirst = false;
    for (const [index, rows] of late.entries()) await loaded(lake, folder, `late${index}.csv`, rows);
  });
  const child = spawn(
    process.execPath,
    ['--conditions=@headwater/source', program, lake, person, join(folder, 'eraser')],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, AWS_ENDPOINT_URL: proxy.url } },
  );
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(isFirst).toBe(false);
  await nobodyIn(await copyOf(lake), join(folder, 'eraser'));
  const history = await readLakeHistory(openLakeStore(lake), events.name);
  expect(history.map(({ operation }) => operation)).toEqual(['load', 'load', 'load', 'load', 'forget']);
  expect(history.at(-1)).toMatchObject({ erased: 5, discarded: 1 });
  expect(await lakeStatus({ table: events, lake })).toMatchObject({ rows: 410, quarantined: 0 });
  expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 410, leftovers: [] });
}, 120_000);

test('a file whose statistics rule the actor out is not downloaded', async () => {
  const folder = await temporaryFolder();
  const lake = freshLake(aws.location);
  // Ids grow with time: those of the fourth day are above all others.
  await loaded(lake, folder, 'a.csv', [own(4, 1), ...rowsOfDays(4000, 4)]);
  const machine = join(folder, 'another');
  const workFolder = async () =>
    (await readdir(machine, { recursive: true })).filter((name) => name.endsWith('.parquet'));
  // An id of the first day.
  const first = await forgetActors({
    ...quiet,
    lake,
    actors: ['2053013552326770907'],
    workFolder: machine,
    dryRun: true,
  });
  expect(first).toMatchObject({ rows: 1, days: 1, files: { searched: 4 } });
  expect(await workFolder()).toHaveLength(1);
  const between = await forgetActors({
    ...quiet,
    lake,
    actors: ['2053013552326780000'],
    workFolder: machine,
    dryRun: true,
  });
  expect(between).toMatchObject({ rows: 0, files: { searched: 4 } });
  // The fourth day's ids reach up to the person's.
  expect(await workFolder()).toHaveLength(2);
  const none = await forgetActors({
    ...quiet,
    lake,
    actors: ['5'],
    workFolder: join(folder, 'third'),
    dryRun: true,
  });
  expect(none).toMatchObject({ rows: 0, files: { searched: 4 } });
  expect(none.traffic).toMatchObject({ bytesPut: 0 });
  expect(await forgetActors({ ...quiet, lake, workFolder: machine })).toMatchObject({
    rows: 1,
    files: { removed: 1, written: 1 },
  });
  await nobodyIn(await copyOf(lake), machine);
  expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 4000 });
});

test('days expire on S3 by one commit', async () => {
  const folder = await temporaryFolder();
  const lake = freshLake(aws.location);
  await loaded(lake, folder, 'a.csv', rowsOfDays(800, 4));
  const report = await expireDays({
    table: events,
    lake,
    olderThan: '2019-10-03',
    workFolder: join(folder, 'work'),
  });
  expect(report).toMatchObject({ rows: 400, days: { count: 2 }, traffic: { bytesCopied: 0 } });
  expect(report.traffic?.bytesDeleted).toBeGreaterThan(0);
  expect(await remainsOf(lake)).toEqual([]);
  expect(await readLakeHistory(openLakeStore(lake), events.name, 2)).toMatchObject([
    { operation: 'expire', erased: 400 },
  ]);
  expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 400 });
});

test('the receipt says whether the bucket keeps old versions, and for how long', async () => {
  const folder = await temporaryFolder();
  const client = new S3Client({ forcePathStyle: true });
  const Bucket = `versions-${freshLake('x').slice(2)}`;
  const lake = `s3://${Bucket}/lake`;
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(
    new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
  );
  await loaded(lake, folder, 'a.csv', [own(1, 1), ...rowsOfDays(4, 1)]);
  const receipt = await forgetActors({ ...quiet, lake, workFolder: join(folder, 'work') });
  expect(receipt).toMatchObject({ rows: 1, versions: { versioning: 'on', days: null } });
  expect(receipt.notReached.join()).toContain('keeps them for good');
  const folders = [events.name, `${events.name}__quarantine`];
  const rule = (ID: string, prefix: string, days: number, tag?: { Key: string; Value: string }) => ({
    ...{ ID, Status: 'Enabled' as const },
    Filter: tag ? { And: { Prefix: prefix, Tags: [tag] } } : { Prefix: prefix },
    NoncurrentVersionExpiration: { NoncurrentDays: days },
  });
  const ruled = async (...Rules: ReturnType<typeof rule>[]) => {
    await client.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }),
    );
    return objectVersions(lake, folders);
  };
  // One folder has a rule, the other has none.
  expect(await ruled(rule('a', `lake/${events.name}/`, 7))).toEqual({ versioning: 'on', days: null });
  expect(await ruled(rule('a', 'lake/', 30), rule('b', `lake/${events.name}/`, 7))).toEqual({
    versioning: 'on',
    days: 30,
  });
  expect(await ruled(rule('a', '', 30, { Key: 'kind', Value: 'raw' }))).toEqual({
    versioning: 'on',
    days: null,
  });
  await client.send(
    new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }),
  );
  expect(await ruled(rule('a', '', 1))).toEqual({ versioning: 'suspended', days: 1 });
  expect(await objectVersions('s3://no-such-bucket-at-all/lake', folders)).toEqual({
    versioning: 'unknown',
    days: null,
  });
  client.destroy();
});
