import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateMultipartUploadCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { readLakeState } from '@headwater/core/internal';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { openLakeStore } from '@headwater/storage';
import { describe, expect, test } from 'vitest';
import {
  type Accounting,
  compactLake,
  lakeStatus,
  loadEvents,
  replayQuarantine,
  verifyLake,
} from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { committedFiles, freshLake, remainsOf, storedFiles } from './s3-fixture.ts';

const aws = useAwsSandbox('etl-s3');

const counts = ({ rowsIn, rowsOut, duplicates, quarantined }: Accounting) => ({
  rowsIn,
  rowsOut,
  duplicates,
  quarantined,
});

describe('a lake on S3', () => {
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
          compacted: { ...compacted, runId: '', seconds: 0 },
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
      leftovers: ['events/dt=2019-10-01/part-ff.parquet'],
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

  test('what a dead run put in place for a commit that another made goes; what is meant for the next stays', async () => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const options = { table: events, lake, workFolder: join(folder, 'work') };
    const load = async (name: string, rows: string[]) =>
      loadEvents({ ...options, inputs: [await writeLines(folder, name, [header, ...rows])] });
    await load('a.csv', rowsOfDays(100, 1));
    const store = openLakeStore(lake);
    const dead = 'events/dt=2019-10-01/part-aa-00000001-bb.parquet';
    const next = 'events/dt=2019-10-01/part-aa-00000002-bb.parquet';
    const later = 'events/dt=2019-10-01/part-aa-00000003-bb.parquet';
    for (const path of [dead, next, later]) await store.replaceText(path, 'x');
    await load('a.csv', rowsOfDays(100, 1)); // skipped: nothing is committed, so commit 2 is not decided
    expect(await remainsOf(lake)).toEqual([next, later]);
    await load('b.csv', rowsOfDays(100, 1, 5000));
    expect(await remainsOf(lake)).toEqual([later]);
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

  test('uploads that a dead run left open are given up once its commit is decided, and no sooner', async () => {
    const folder = await temporaryFolder();
    const lake = freshLake(aws.location);
    const options = { table: events, lake, workFolder: join(folder, 'work') };
    const client = new S3Client();
    for (const run of ['00000001-dead', '00000009-alive']) {
      const Key = `${lake.slice(aws.bucket.length + 6)}/_headwater/events/staging/${run}/x.parquet`;
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: aws.bucket, Key }));
      const part = { Bucket: aws.bucket, Key, UploadId, PartNumber: 1, Body: 'x' };
      await client.send(new UploadPartCommand(part));
    }
    client.destroy();
    expect(await remainsOf(lake)).toHaveLength(2);
    await loadEvents({
      ...options,
      inputs: [await writeLines(folder, 'a.csv', [header, ...rowsOfDays(10, 1)])],
    });
    expect(await remainsOf(lake)).toEqual(['upload _headwater/events/staging/00000009-alive/x.parquet']);
    expect(await verifyLake(options)).toMatchObject({
      ok: true,
      notes: [expect.stringContaining('1 uploads are not finished')],
    });
  });
});
