import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateMultipartUploadCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { defineEvents, timestamp } from '@headwater/core';
import { manifestPath, readLakeState } from '@headwater/core/internal';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { openLakeStore, requestsPrice } from '@headwater/storage';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import {
  type Accounting,
  compactLake,
  lakeStatus,
  loadEvents,
  repairLake,
  replayQuarantine,
  syncLake,
  verifyLake,
} from '../src/index.ts';
import { countingProxy } from './counting-proxy.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { queryFiles } from './query-files.ts';
import { committedFiles, freshLake, remainsOf, storedFiles } from './s3-fixture.ts';

const aws = useAwsSandbox('etl-s3');

const counts = ({ rowsIn, rowsOut, duplicates, quarantined }: Accounting) => ({
  rowsIn,
  rowsOut,
  duplicates,
  quarantined,
});

describe('a lake on S3', () => {
  test('records a change that is allowed where nothing is to be rewritten', async () => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const input = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(30, 1)]);
    const workFolder = join(folder, 'work');
    await loadEvents({ table: events, lake, inputs: [input], workFolder });
    const fewer = defineEvents('events', {
      columns: { ...events.shape, event_type: z.enum(['view', 'cart', 'purchase']) },
      roles: events.roles,
    });
    const allow = ['remove-enum-value:event_type:remove_from_cart'];
    expect(await compactLake({ table: fewer, lake, allow, workFolder })).toMatchObject({
      partitions: 0,
      allowed: allow,
    });
    expect((await readLakeState(openLakeStore(lake), 'events')).allowed).toEqual(new Map([[allow[0], 2]]));
    expect(await verifyLake({ table: fewer, lake })).toMatchObject({ ok: true, rows: 30 });
  });

  test('holds what the same loads, compaction and replay make of a folder: byte for byte, count for count', async () => {
    const folder = await temporaryFolder();
    const rows = rowsOfDays(9000, 3);
    const inputs = [
      await writeLines(folder, 'a.csv', [header, ...rows.slice(0, 6000), 'cut off']),
      // Overlaps the first, so that committed files have to be fetched and compared.
      await writeLines(folder, 'b.csv', [header, ...rows.slice(5000)]),
    ];
    const lakes = { local: join(folder, 'lake'), s3: freshLake(aws.location) };
    const results = await Promise.all(
      Object.values(lakes).map(async (lake) => {
        const options = { table: events, lake, workFolder: join(folder, 'work') };
        const loads = [];
        for (const input of inputs) loads.push(counts(await loadEvents({ ...options, inputs: [input] })));
        const skipped = await loadEvents({ ...options, inputs });
        const before = await committedFiles(lake);
        const compacted = await compactLake(options);
        const replayed = counts(await replayQuarantine(options));
        const verified = await verifyLake(options);
        const { rows, quarantined, days, inputs: known, files } = await lakeStatus(options);
        return {
          loads,
          skipped: skipped.inputs.map((one) => one.skipped),
          before,
          compacted: { ...compacted, runId: '', seconds: 0, traffic: null },
          replayed,
          verified,
          status: { rows, quarantined, days, known, files },
          after: await committedFiles(lake),
        };
      }),
    );
    const [local, s3] = results;
    expect(s3).toEqual(local);
    expect(s3?.verified).toMatchObject({ ok: true, rows: 9000, leftovers: [], problems: [] });
    expect(Object.values(await storedFiles(lakes.s3, 'events')).sort()).toEqual(
      Object.values(await storedFiles(lakes.local, 'events')).sort(),
    );
    expect(await remainsOf(lakes.s3)).toEqual([]);
  });

  test('a load and a compaction say what they moved and asked', async () => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const proxy = await countingProxy(process.env['AWS_ENDPOINT_URL'] ?? '');
    const options = { table: events, lake, workFolder: join(folder, 'work') };
    const store = openLakeStore(lake);
    const manifestBytes = async (sequence: number) =>
      Buffer.byteLength(await store.readText(manifestPath(events.name, sequence)));
    const rows = rowsOfDays(600, 2);
    const inputs = [
      await writeLines(folder, 'a.csv', [header, ...rows.slice(0, 400), 'cut off']),
      await writeLines(folder, 'b.csv', [header, ...rows.slice(400)]),
    ];
    vi.stubEnv('AWS_ENDPOINT_URL', proxy.url);
    onTestFinished(() => void vi.unstubAllEnvs());
    const first = await loadEvents({ ...options, inputs: inputs.slice(0, 1) });
    vi.unstubAllEnvs();
    const { files, quarantineFiles } = await readLakeState(store, events.name);
    const stored = [...files, ...quarantineFiles].reduce((sum, { bytes }) => sum + bytes, 0);
    expect(stored).toBeGreaterThan(first.bytes);
    const { requests, ...traffic } = first.traffic ?? { requests: { writes: 0, reads: 0, deletes: 0 } };
    // Uploads are removed once they are copied.
    expect(traffic).toMatchObject({ bytesCopied: stored, bytesDeleted: stored });
    expect(traffic).toMatchObject({ bytesPut: stored + (await manifestBytes(1)) });
    expect(requests.writes + requests.reads + requests.deletes).toBe(proxy.requests.length);
    expect(requests.deletes).toBe(proxy.requests.filter((one) => /^POST [^ ]*[?&]delete/.test(one)).length);
    const puts = proxy.requests.filter((one) => one.startsWith('PUT')).length;
    expect(puts).toBe(2 * (files.length + quarantineFiles.length) + 1);
    expect(requests.writes).toBeGreaterThan(puts);
    expect(traffic).toMatchObject({ price: requestsPrice(requests) });

    await loadEvents({ ...options, inputs: inputs.slice(1) });
    const before = (await readLakeState(store, events.name)).files;
    const compacted = await compactLake(options);
    const after = new Set((await readLakeState(store, events.name)).files.map(({ path }) => path));
    const gone = before.filter(({ path }) => !after.has(path));
    expect(gone).toHaveLength(2);
    expect(compacted.traffic).toMatchObject({
      bytesPut: compacted.bytes + (await manifestBytes(3)),
      bytesCopied: compacted.bytes,
      bytesDeleted: gone.reduce((sum, { bytes }) => sum + bytes, compacted.bytes),
    });
    const local = await loadEvents({ ...options, lake: join(folder, 'lake'), inputs });
    expect(local.traffic).toBeNull();
  });

  test('verification finds a missing file, a changed one, and one that no manifest lists', async () => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const options = { table: events, lake, workFolder: join(folder, 'work') };
    const input = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(300, 3)]);
    await loadEvents({ ...options, inputs: [input] });
    const store = openLakeStore(lake);
    const [gone, changed, whole] = (await readLakeState(store, events.name)).files;
    await store.remove([gone?.path ?? '']);
    // The same size, another content.
    await store.replaceText(changed?.path ?? '', 'x'.repeat(changed?.bytes ?? 0));
    await store.copy(whole?.path ?? '', 'events/dt=2019-10-01/part-ff.parquet');
    const report = await verifyLake(options);
    expect(report).toMatchObject({
      ok: false,
      problems: [
        { file: gone?.path, problem: 'is missing' },
        { file: changed?.path, problem: expect.stringContaining('its content is not what was committed') },
      ],
      leftovers: [],
      foreign: ['events/dt=2019-10-01/part-ff.parquet'],
    });
  });

  test('two machines that load at once: both loads are in, no row lost or doubled', async () => {
    const folder = await temporaryFolder();
    const rows = rowsOfDays(4000, 2);
    const [a, b] = await Promise.all([
      writeLines(folder, 'a.csv', [header, ...rows.slice(0, 2500)]),
      // Shares 1000 rows with the other, and both days.
      writeLines(folder, 'b.csv', [header, ...rows.slice(1500)]),
    ]);
    const lake = freshLake(aws.location);
    const reports = await Promise.all(
      [a, b].map((input, machine) =>
        loadEvents({ table: events, lake, inputs: [input], workFolder: join(folder, `machine${machine}`) }),
      ),
    );
    expect(reports.reduce((sum, { rowsOut }) => sum + rowsOut, 0)).toBe(4000);
    expect(reports.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(1000);
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 4000, leftovers: [] });
    expect(await remainsOf(lake)).toEqual([]);
    const alone = join(folder, 'alone');
    await loadEvents({ table: events, lake: alone, inputs: [a, b] });
    await compactLake({ table: events, lake, workFolder: join(folder, 'work') });
    expect(await committedFiles(lake)).toEqual(await committedFiles(alone));
  });

  test('six machines with days of their own commit one after the other without loading again', async () => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const starts: string[] = [];
    const reports = await Promise.all(
      Array.from({ length: 6 }, async (_, machine) => {
        const day = rowsOfDays(6000, 6).slice(machine * 1000, (machine + 1) * 1000);
        const input = await writeLines(folder, `${machine}.csv`, [header, ...day]);
        let reads = 0;
        const report = await loadEvents({
          table: events,
          lake,
          inputs: [input],
          workFolder: join(folder, `machine${machine}`),
          onProgress: ({ phase, fraction }) => {
            if (phase === 'read' && fraction === 0.5) reads += 1;
          },
        });
        starts.push(`${reads}`);
        return report;
      }),
    );
    expect(starts).toEqual(Array.from({ length: 6 }, () => '1'));
    expect(reports.map(({ rowsOut }) => rowsOut)).toEqual(Array.from({ length: 6 }, () => 1000));
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 6000, leftovers: [] });
    expect((await readLakeState(openLakeStore(lake), events.name)).sequence).toBe(6);
    expect(await remainsOf(lake)).toEqual([]);
  });

  test('two machines that load the same file at once load it once', async () => {
    const folder = await temporaryFolder();
    const input = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(1000, 2)]);
    const lake = freshLake(aws.location);
    const reports = await Promise.all(
      ['one', 'other'].map((machine) =>
        loadEvents({ table: events, lake, inputs: [input], workFolder: join(folder, machine) }),
      ),
    );
    expect(reports.map(({ rowsOut }) => rowsOut).sort()).toEqual([0, 1000]);
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 1000, leftovers: [] });
  });

  test('files of a dead run go once another run made their commit, after the grace period', async () => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const options = { table: events, lake, workFolder: join(folder, 'work') };
    const load = async (name: string, rows: string[], leftoverGraceSeconds?: number) =>
      loadEvents({
        ...{ ...options, leftoverGraceSeconds },
        inputs: [await writeLines(folder, name, [header, ...rows])],
      });
    await load('a.csv', rowsOfDays(100, 1));
    const store = openLakeStore(lake);
    const place = (commit: number) =>
      `events/dt=2019-10-01/part-${'a'.repeat(16)}-0000000${commit}-${'b'.repeat(8)}.parquet`;
    const upload = (commit: number) =>
      `_headwater/events/staging/0000000${commit}-20191001-000000-${'b'.repeat(8)}/${'a'.repeat(32)}.parquet`;
    const of = (...commits: number[]) => [...commits.map(place), ...commits.map(upload)];
    for (const path of of(1, 2, 3)) await store.replaceText(path, 'x');
    const own = 'events/backup/part-0123456789abcdef-00000001-01234567.parquet';
    await store.replaceText(own, 'x');
    const remains = async () => (await remainsOf(lake)).filter((path) => path !== own);
    // Skipped: nothing is committed, so it is open who makes commit 2.
    const again = () => load('a.csv', rowsOfDays(100, 1), 0);
    expect(await load('a.csv', rowsOfDays(100, 1))).toMatchObject({ removedLeftovers: [] });
    expect(await remains()).toEqual(of(1, 2, 3));
    expect(await again()).toMatchObject({ removedLeftovers: of(1) });
    expect(await remains()).toEqual(of(2, 3));
    await load('b.csv', rowsOfDays(100, 1, 5000), 0);
    expect(await remains()).toEqual(of(3));
    expect(await remainsOf(lake)).toContain(own);
    expect(await verifyLake(options)).toMatchObject({ ok: true, leftovers: [place(3)], foreign: [own] });
  });

  test('that lost its last manifest fails its verification, takes no rows, and is repaired with every row', async () => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const options = { table: events, lake, workFolder: join(folder, 'work'), leftoverGraceSeconds: 0 };
    const load = async (name: string, rows: string[]) =>
      loadEvents({ ...options, inputs: [await writeLines(folder, name, [header, ...rows])] });
    await load('a.csv', rowsOfDays(100, 2));
    await load('b.csv', [...rowsOfDays(100, 3, 5000), 'cut off']);
    await load('c.csv', rowsOfDays(100, 4, 9000));
    const before = await committedFiles(lake);
    const store = openLakeStore(lake);
    await store.remove([manifestPath('events', 2), manifestPath('events', 3)]);
    const report = await verifyLake(options);
    expect(report.problems).toHaveLength(8);
    expect(report).toMatchObject({ ok: false, rows: 100, leftovers: [] });
    await expect(load('d.csv', rowsOfDays(100, 1, 20_000))).rejects.toMatchObject({ code: 'LAKE_CORRUPT' });
    const files = await storedFiles(lake);
    expect(await repairLake({ ...options, dryRun: true })).toMatchObject({ rows: 200, problems: [] });
    expect(await repairLake(options)).toMatchObject({ rows: 200, problems: [] });
    expect(await storedFiles(lake)).toEqual(files);
    expect(await committedFiles(lake)).toEqual(before);
    expect(await verifyLake(options)).toMatchObject({ ok: true, rows: 300, leftovers: [] });
    await compactLake(options);
    expect(await verifyLake(options)).toMatchObject({ ok: true, rows: 300, leftovers: [] });
    expect(await remainsOf(lake)).toEqual([]);
  });

  test('that lost its last manifest keeps the files that a repair could not list', async () => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const options = { table: events, lake, workFolder: join(folder, 'work'), leftoverGraceSeconds: 0 };
    const load = async (name: string, rows: string[]) =>
      loadEvents({ ...options, inputs: [await writeLines(folder, name, [header, ...rows])] });
    await load('a.csv', rowsOfDays(100, 2));
    await load('b.csv', rowsOfDays(100, 2, 5000));
    const store = openLakeStore(lake);
    const { files, addedBy } = await readLakeState(store, 'events');
    const [bad = ''] = files.map(({ path }) => path).filter((path) => addedBy.get(path) === 2);
    await store.remove([manifestPath('events', 2)]);
    await store.replaceText(bad, 'not what it was');
    expect(await repairLake(options)).toMatchObject({ rows: 50, problems: [{ file: bad }] });
    // Commit 2 exists again; the file that was written for it is still no leftover.
    for (const _ of [1, 2])
      await expect(load('c.csv', rowsOfDays(10, 1, 9000))).rejects.toMatchObject({
        code: 'LAKE_CORRUPT',
        payload: { file: bad },
      });
    expect(await verifyLake(options)).toMatchObject({ ok: false, rows: 150, leftovers: [] });
    expect(await repairLake({ ...options, unlisted: 'remove' })).toMatchObject({ removed: [bad] });
    expect(await verifyLake(options)).toMatchObject({ ok: true, rows: 150 });
    await load('c.csv', rowsOfDays(10, 1, 9000));
  });

  test.each([
    ['a load', 2],
    ['a compaction that a load followed', 4],
  ])('that lost the manifest of %s in the middle is repaired with every row', async (_, lost) => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const options = { table: events, lake, workFolder: join(folder, 'work'), leftoverGraceSeconds: 0 };
    const load = async (name: string, rows: string[]) =>
      loadEvents({ ...options, inputs: [await writeLines(folder, name, [header, ...rows])] });
    await load('a.csv', rowsOfDays(100, 2));
    await load('b.csv', [...rowsOfDays(100, 3, 5000), 'cut off']);
    await load('c.csv', rowsOfDays(100, 4, 9000));
    if (lost === 4) {
      await compactLake(options);
      await load('d.csv', rowsOfDays(100, 2, 20_000));
    }
    const before = await committedFiles(lake);
    const files = await storedFiles(lake);
    const file = manifestPath('events', lost);
    await openLakeStore(lake).remove([file]);
    const found = await verifyLake(options);
    expect(found).toMatchObject({ ok: false, leftovers: [] });
    expect(found.problems[0]).toMatchObject({ file, problem: 'is missing, and later manifests are there' });
    const refused = { code: 'LAKE_CORRUPT', payload: { file } };
    await expect(load('e.csv', rowsOfDays(10, 1, 30_000))).rejects.toMatchObject(refused);
    expect(await repairLake(options)).toMatchObject({ problems: [], replacedManifests: [file] });
    expect(await storedFiles(lake)).toEqual(files);
    expect(await committedFiles(lake)).toEqual(before);
    expect(await verifyLake(options)).toMatchObject({ ok: true, problems: [], leftovers: [] });
    await load('e.csv', rowsOfDays(10, 1, 30_000));
    await compactLake(options);
    expect(await verifyLake(options)).toMatchObject({ ok: true, leftovers: [] });
    expect(await remainsOf(lake)).toEqual([]);
  });

  test('four machines that load into the same day at once: every row is in, once', async () => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const rows = rowsOfDays(2000, 1);
    const reports = await Promise.all(
      [0, 1, 2, 3].map(async (machine) =>
        loadEvents({
          table: events,
          lake,
          // Each shares half of its rows with the next.
          inputs: [
            await writeLines(folder, `${machine}.csv`, [
              header,
              ...rows.slice(machine * 400, machine * 400 + 800),
            ]),
          ],
          workFolder: join(folder, `machine${machine}`),
        }),
      ),
    );
    expect(reports.reduce((sum, { rowsOut }) => sum + rowsOut, 0)).toBe(2000);
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 2000, leftovers: [] });
    expect(await remainsOf(lake)).toEqual([]);
  });

  test('three machines whose rows correct each other across days: one row of each event is in', async () => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const table = defineEvents('events', {
      columns: { at: timestamp(), id: z.int64(), version: z.int32() },
      roles: { time: 'at' },
      duplicates: { key: ['id'], keep: 'last', by: 'version' },
    });
    const reports = await Promise.all(
      [1, 2, 3].map(async (version) => {
        const rows = Array.from(
          { length: 60 },
          (_, id) => `2019-10-0${1 + ((id + version) % 3)} 00:00:00,${id},${version}`,
        );
        return loadEvents({
          table,
          lake,
          inputs: [await writeLines(folder, `${version}.csv`, ['at,id,version', ...rows])],
          workFolder: join(folder, `machine${version}`),
        });
      }),
    );
    expect(reports.reduce((sum, { rowsOut }) => sum + rowsOut, 0)).toBe(60);
    expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, rows: 60, leftovers: [] });
    const here = join(folder, 'here');
    await syncLake({ table, from: lake, to: here });
    const versions = await queryFiles(
      'SELECT min(version) AS first, max(version) AS last, count(DISTINCT id)::INT AS ids FROM read_parquet(FILES, hive_partitioning = false)',
      join(here, 'events'),
    );
    expect(versions).toEqual([{ first: 3, last: 3, ids: 60 }]);
  });

  test('a load that is stopped while it uploads leaves nothing, here or there', async () => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const workFolder = join(folder, 'work');
    const inputs = [await writeLines(folder, 'a.csv', [header, ...rowsOfDays(3000, 30)])];
    const stop = new AbortController();
    const stopped = loadEvents({
      table: events,
      lake,
      inputs,
      workFolder,
      signal: stop.signal,
      onProgress: ({ phase, fraction }) => phase === 'upload' && fraction > 0.3 && stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(await storedFiles(lake, events.name, '_headwater')).toEqual({});
    expect(await remainsOf(lake)).toEqual([]);
    const work = await readdir(workFolder, { recursive: true });
    expect(work.filter((name) => name.endsWith('.parquet'))).toEqual([]);
  });

  test('uploads that a dead run left open are aborted once another run made its commit, and no sooner', async () => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const options = { table: events, lake, workFolder: join(folder, 'work') };
    const client = new S3Client();
    const upload = (run: string) => `_headwater/events/staging/${run}/${'a'.repeat(32)}.parquet`;
    const [dead, alive] = ['00000001-20191001-000000-dddddddd', '00000009-20191001-000000-aaaaaaaa'].map(
      upload,
    );
    for (const path of [dead, alive]) {
      const Key = `${lake.slice(aws.bucket.length + 6)}/${path}`;
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: aws.bucket, Key }));
      const part = { Bucket: aws.bucket, Key, UploadId, PartNumber: 1, Body: 'x' };
      await client.send(new UploadPartCommand(part));
    }
    client.destroy();
    expect(await remainsOf(lake)).toHaveLength(2);
    await loadEvents({
      ...options,
      leftoverGraceSeconds: 0,
      inputs: [await writeLines(folder, 'a.csv', [header, ...rowsOfDays(10, 1)])],
    });
    expect(await remainsOf(lake)).toEqual([`upload ${alive}`]);
    expect(await verifyLake(options)).toMatchObject({
      ok: true,
      notes: [expect.stringContaining('1 upload is unfinished')],
    });
  });
});
