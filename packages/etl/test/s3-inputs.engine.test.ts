import { readdirSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { defineEvents, defineLookup, lake as metadata, timestamp } from '@headwater/core';
import { readLakeState } from '@headwater/core/internal';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { openLakeStore, openS3Objects } from '@headwater/storage';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { type LoadReport, lakeStatus, loadEvents, syncLake, verifyLake } from '../src/index.ts';
import { downloadObject } from '../src/input/download-object.ts';
import { findInputs } from '../src/input/find-inputs.ts';
import { events, header, rowsOfDays, temporaryFolder } from './events-fixture.ts';
import { type Fault, faultyProxy } from './faulty-proxy.ts';
import { lakeRows } from './lake-rows.ts';
import { useLandingZones } from './landing-zone.ts';
import { queryFiles } from './query-files.ts';
import { committedFiles, freshLake } from './s3-fixture.ts';

const aws = useAwsSandbox('etl-inputs');
const landingZone = useLandingZones(aws);

const csv = (rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;
const names = header.split(',');
const jsonl = (rows: readonly string[]): string =>
  rows
    .map(
      (row) =>
        `${JSON.stringify(Object.fromEntries(row.split(',').map((text, index) => [names[index], text])))}\n`,
    )
    .join('');

/** Writes the same files below a folder. */
async function writeFiles(folder: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** A report without what differs between places and runs. */
const comparable = (report: LoadReport, place: string) => {
  const shown = (source: string): string => source.slice(place.length).replace(/^\//, '');
  const named = <Item extends { source: string }>(items: readonly Item[]) =>
    items.map((item) => ({ ...item, source: shown(item.source) }));
  const { inputs, leftOut, nulled, rowsIn, rowsOut, duplicates, quarantined, reasons, files } = report;
  return {
    ...{ rowsIn, rowsOut, duplicates, quarantined, reasons, files },
    inputs: named(inputs),
    leftOut: named(leftOut),
    nulled: named(nulled),
  };
};

const quarantineRows = (lake: string, place: string): Promise<unknown[]> =>
  queryFiles(
    `SELECT replace(source, '${place}', '') AS source, line, raw, reasons::VARCHAR AS reasons FROM read_parquet(FILES) ORDER BY ALL`,
    join(lake, 'events__quarantine'),
  );

describe('inputs on S3', () => {
  test('make the same lake as the same files of a folder: rows, counts, quarantine and what is left out', async () => {
    const folder = await temporaryFolder();
    const rows = rowsOfDays(3000, 3);
    const parquetLake = join(folder, 'parquet');
    await writeFiles(folder, { 'seed.csv': csv(rows.slice(2500)) });
    await loadEvents({ table: events, lake: parquetLake, inputs: [join(folder, 'seed.csv')] });
    const [parquet = ''] = (await readdir(join(parquetLake, 'events'), { recursive: true })).filter((name) =>
      name.endsWith('.parquet'),
    );
    const files = {
      'dt=2019-10-01/a.csv': csv([...rows.slice(0, 900), 'cut off', '"open,quote']),
      'dt=2019-10-01/b b+%20ü&\'".csv': csv(rows.slice(800, 1000)),
      'dt=2019-10-02/c.csv.gz': gzipSync(csv(rows.slice(1000, 1500))),
      'dt=2019-10-02/d.jsonl.zst': zstdCompressSync(jsonl(rows.slice(1500, 2000))),
      'e.ndjson': jsonl(rows.slice(2000, 2500)),
      'f.parquet': await readFile(join(parquetLake, 'events', parquet)),
      'copy of a.csv': csv([...rows.slice(0, 900), 'cut off', '"open,quote']),
      'empty.csv': '',
      'notes.txt': 'not loaded',
      _SUCCESS: '',
      '_temporary/0/g.csv': 'not,loaded',
      '_temporary/1/g.csv': 'not,loaded',
    };
    const zone = landingZone();
    await zone.put({ ...files, 'dt=2019-10-03/': '' });
    const raw = join(folder, 'raw');
    await writeFiles(raw, files);
    const lakes = { local: join(folder, 'lake'), s3: freshLake(aws.location), mixed: join(folder, 'mixed') };
    const workFolder = join(folder, 'work');
    const local = await loadEvents({ table: events, lake: lakes.local, inputs: [raw] });
    const remote = await loadEvents({ table: events, lake: lakes.s3, inputs: [zone.location], workFolder });
    const mixed = await loadEvents({
      table: events,
      lake: lakes.mixed,
      inputs: [zone.location.slice(0, -1)],
    });
    expect(comparable(remote, zone.location)).toEqual(comparable(local, raw));
    expect(comparable(mixed, zone.location)).toEqual(comparable(local, raw));
    expect(local.leftOut.map(({ source }) => source.slice(raw.length + 1)).sort()).toEqual([
      '_SUCCESS',
      '_temporary',
      'notes.txt',
    ]);
    expect(local.quarantined).toBe(2);
    expect(await committedFiles(lakes.s3)).toEqual(await committedFiles(lakes.local));
    expect(await committedFiles(lakes.mixed)).toEqual(await committedFiles(lakes.local));
    const copy = join(folder, 'copy');
    await syncLake({ table: events, from: lakes.s3, to: copy });
    for (const lake of [copy, lakes.mixed])
      expect(await quarantineRows(lake, zone.location)).toEqual(await quarantineRows(lakes.local, `${raw}/`));
    for (const lake of Object.values(lakes))
      expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, problems: [] });
    // Nothing of the inputs is left on this machine.
    const left = await readdir(workFolder, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile() && !/\.(?:parquet|lock)$/.test(entry.name))).toEqual([]);
  });

  test('an object that was loaded is not read again; a changed one is', async () => {
    const folder = await temporaryFolder();
    const rows = rowsOfDays(300, 3);
    const zone = landingZone();
    await zone.put({ 'a.csv': csv(rows.slice(0, 100)), 'b.csv': csv(rows.slice(100, 200)) });
    const requests: string[] = [];
    const url = await faultyProxy(
      process.env['AWS_ENDPOINT_URL'] ?? '',
      (request) => void requests.push(request),
    );
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    onTestFinished(() => void vi.unstubAllEnvs());
    const lake = join(folder, 'lake');
    const load = async (inputs = [zone.location], other = {}) => {
      requests.length = 0;
      const report = await loadEvents({ table: events, lake, inputs, ...other });
      const reads = requests.filter((one) => !one.includes('list-type=2'));
      return {
        reads: reads.length,
        rowsOut: report.rowsOut,
        skipped: report.inputs.map(({ skipped }) => skipped),
      };
    };
    expect(await load()).toEqual({ reads: 2, rowsOut: 200, skipped: [false, false] });
    const { inputs, listings } = await readLakeState(openLakeStore(lake), 'events');
    expect([...inputs.values()]).toMatchObject(
      ['a.csv', 'b.csv'].map((name) => ({
        source: `${zone.location}${name}`,
        object: {
          etag: expect.stringMatching(/^[0-9a-f]{32}$/),
          lastModified: expect.stringMatching(/^[0-9T:-]{19}Z$/),
        },
      })),
    );
    expect([...listings.values()]).toMatchObject([{ location: zone.location }]);
    expect(await load()).toEqual({ reads: 0, rowsOut: 0, skipped: [true, true] });
    expect(await load([`${zone.location}b.csv`])).toEqual({ reads: 0, rowsOut: 0, skipped: [true] });
    expect(await load([`${zone.location}*.csv`], { dryRun: true })).toMatchObject({ reads: 0 });
    await zone.put({ 'b.csv': csv(rows.slice(150, 300)), 'c.csv': csv(rows.slice(0, 100)) });
    // The content of c.csv is that of a.csv, which its bytes alone tell.
    expect(await load()).toEqual({ reads: 2, rowsOut: 100, skipped: [true, false, true] });
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 300 });
  });

  test('patterns and single objects are found by the rules of files', async () => {
    const folder = await temporaryFolder();
    const rows = rowsOfDays(600, 3);
    const part = (index: number): string => csv(rows.slice(index * 100, index * 100 + 100));
    const zone = landingZone();
    await zone.put({
      'x/a[1].csv': part(0),
      'x/a1.csv': part(1),
      'x/b.dat': part(2),
      'y/deep/c.csv': part(3),
      'x/.hidden.csv': part(4),
      'x/d*.csv': part(5),
    });
    const found = async (input: string, other = {}): Promise<string[]> => {
      const inputs = [`${zone.location}${input}`];
      const report = await loadEvents({
        table: events,
        lake: join(folder, 'lake'),
        inputs,
        dryRun: true,
        ...other,
      });
      return report.inputs.map(({ source }) => source.slice(zone.location.length));
    };
    expect(await found('x/a[1].csv')).toEqual(['x/a[1].csv']);
    expect(await found('x/a[0-9].csv')).toEqual(['x/a1.csv']);
    expect(await found('x/d*.csv')).toEqual(['x/d*.csv']);
    expect(await found('x/*')).toEqual(['x/a1.csv', 'x/a[1].csv', 'x/b.dat', 'x/d*.csv']);
    expect(await found('**/*.csv')).toEqual(['x/a1.csv', 'x/a[1].csv', 'x/d*.csv', 'y/deep/c.csv']);
    expect(await found('{x,y}/')).toEqual(['x/a1.csv', 'x/a[1].csv', 'x/d*.csv', 'y/deep/c.csv']);
    expect(await found('x/.hidden.csv')).toEqual(['x/.hidden.csv']);
    expect(await found('x', { format: 'csv' })).toEqual(['x/a1.csv', 'x/a[1].csv', 'x/b.dat', 'x/d*.csv']);
    await expect(found('x/a2.csv')).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' });
    await expect(found('z/')).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' });
    const load = (input: string) =>
      loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [input] });
    await expect(load('s3://No_Bucket/a')).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await expect(load('s3://no-such-bucket-anywhere/a.csv')).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      message: expect.stringContaining('the bucket does not exist'),
    });
  });

  test('sources and lookups are read from S3 as from files', async () => {
    const folder = await temporaryFolder();
    const pages = defineLookup('pages', {
      key: 'page_id',
      columns: { title: z.string() },
      none: 'null',
    });
    const table = defineEvents('visits', {
      columns: {
        at: timestamp(),
        page_id: z.int32(),
        page: z.string().optional().register(metadata, { lookup: 'page.title' }),
        kind: z.string(),
      },
      lookups: { page: { table: pages, on: 'page_id' } },
      sources: { visits: { constants: { kind: 'visit' } }, exits: { constants: { kind: 'exit' } } },
      roles: { time: 'at', item: 'page' },
    });
    const files = {
      'pages.csv.gz': gzipSync('page_id,title\n1,Home\n2,Cart\n'),
      'v.csv': 'at,page_id\n2020-01-01 00:00:00,1\n2020-01-01 00:00:01,2\n2020-01-01 00:00:02,3\n',
    };
    const zone = landingZone();
    await zone.put(files);
    await writeFiles(folder, files);
    const load = (lake: string, place: string, source: string) =>
      loadEvents({
        ...{ table, lake: join(folder, lake), source, inputs: [`${place}v.csv`] },
        lookups: { page: `${place}pages.csv.gz` },
      });
    for (const source of ['visits', 'exits'])
      for (const [lake, place] of [
        ['local', `${folder}/`],
        ['remote', zone.location],
      ] as const) {
        const report = await load(lake, place, source);
        expect(report).toMatchObject({
          rowsOut: 3,
          lookups: [{ source: `${place}pages.csv.gz`, rows: 2, unmatched: 1 }],
        });
      }
    // The same object as another source is another input; as the same one it is known.
    expect(await load('remote', zone.location, 'exits')).toMatchObject({ inputs: [{ skipped: true }] });
    const rows = await lakeRows(join(folder, 'remote'), 'visits');
    expect(rows).toHaveLength(6);
    expect(rows).toEqual(await lakeRows(join(folder, 'local'), 'visits'));
  });

  test('an object that was uploaded in parts is loaded, and known by its ETag, which is no hash', async () => {
    const folder = await temporaryFolder();
    const zone = landingZone();
    const lake = join(folder, 'lake');
    const client = new S3Client({ endpoint: aws.endpoints.aws });
    onTestFinished(() => client.destroy());
    const rows = rowsOfDays(200_000, 2);
    const params = { Bucket: zone.bucket, Key: `${zone.prefix}parts.csv`, Body: csv(rows) };
    await new Upload({ client, params, partSize: 5 * 1024 * 1024 }).done();
    const load = () => loadEvents({ table: events, lake, inputs: [zone.location] });
    expect(await load()).toMatchObject({ rowsIn: 200_000, rowsOut: 200_000 });
    const [input] = (await readLakeState(openLakeStore(lake), 'events')).inputs.values();
    expect(input?.object?.etag).toMatch(/-[2-9]$/);
    expect(await load()).toMatchObject({ rowsIn: 0, inputs: [{ skipped: true }] });
  });

  test('a large object takes no memory of its size', async () => {
    const folder = await temporaryFolder();
    const zone = landingZone();
    const bytes = 160 * 1024 * 1024;
    await zone.put({ 'large.csv': Buffer.alloc(bytes, 'x,y\n') });
    const { files } = await findInputs([`${zone.location}large.csv`]);
    const [file] = files;
    if (!file?.object) throw new Error('the object was not found');
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const base = process.memoryUsage().arrayBuffers;
    let most = 0;
    let arrived = 0;
    let samples = 0;
    const bucket = openS3Objects(zone.bucket);
    const local = await downloadObject(bucket, { ...file, object: file.object }, join(folder, 'large'), {
      onBytes(more) {
        arrived += more;
        if (arrived < (samples + 1) * (bytes / 10)) return;
        samples += 1;
        collectGarbage();
        most = Math.max(most, process.memoryUsage().arrayBuffers - base);
      },
    });
    expect(samples).toBe(10);
    expect((await stat(local.path)).size).toBe(bytes);
    // Freed buffers are counted until the engine of JavaScript has swept them.
    expect(most).toBeLessThan(bytes / 2);
  }, 60_000);

  test('more than a page of objects: each is found once, and few are on this machine at a time', async () => {
    const folder = await temporaryFolder();
    // Most have the content of another one, and are skipped by it.
    const rows = rowsOfDays(30, 3);
    const zone = landingZone();
    const names = Array.from({ length: 1010 }, (_, index) => `${index % 6}/${index}.csv`);
    await zone.put(Object.fromEntries(names.map((name, index) => [name, csv([rows[index % 30] ?? ''])])));
    const { files } = await findInputs([zone.location]);
    expect(files.map(({ source }) => source.slice(zone.location.length))).toEqual(names.sort());
    const workFolder = join(folder, 'work');
    let most = 0;
    const report = await loadEvents({
      table: events,
      lake: freshLake(aws.location),
      inputs: [`${zone.location}0/`],
      workFolder,
      onProgress() {
        const paths = readdirSync(workFolder, { recursive: true }).map(String);
        most = Math.max(most, paths.filter((path) => /object-\d+$/.test(path)).length);
      },
    });
    expect(report).toMatchObject({ rowsIn: 5, rowsOut: 5 });
    expect(report.inputs.map(({ skipped }) => skipped)).toHaveLength(169);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(128);
  }, 120_000);
});

describe('a transfer', () => {
  const loadThrough = async (faultOf: (read: number) => Fault | undefined, content: string) => {
    const folder = await temporaryFolder();
    const zone = landingZone();
    await zone.put({ 'a.csv': content });
    let reads = 0;
    const ranges: unknown[] = [];
    const url = await faultyProxy(process.env['AWS_ENDPOINT_URL'] ?? '', (request, headers) => {
      if (!request.includes('a.csv') || !request.startsWith('GET')) return undefined;
      reads += 1;
      ranges.push(headers['range']);
      return faultOf(reads);
    });
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    onTestFinished(() => void vi.unstubAllEnvs());
    const lake = join(folder, 'lake');
    const report = loadEvents({ table: events, lake, inputs: [zone.location] });
    return { zone, lake, ranges, report: await report.catch((error: unknown) => error) };
  };
  const rangeFrom = /^bytes=[1-9][0-9]+-$/;
  const rows = rowsOfDays(6000, 2);
  const content = csv(rows);

  test('that breaks goes on where it broke', async () => {
    const { report, ranges, lake } = await loadThrough(
      (read) => (read < 3 ? { kind: 'cut', afterBytes: 100_000 } : undefined),
      content,
    );
    expect(report).toMatchObject({ rowsIn: 6000, rowsOut: 6000, quarantined: 0 });
    // The last bytes before the break may not have arrived.
    expect(ranges).toEqual([undefined, expect.stringMatching(rangeFrom), expect.stringMatching(rangeFrom)]);
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 6000 });
  });

  test('that fails again and again ends the load, which leaves the lake as it was', async () => {
    const { report, lake } = await loadThrough(() => ({ kind: 'cut', afterBytes: 1000 }), content);
    expect(report).toMatchObject({
      code: 'INPUT_UNREADABLE',
      message: expect.stringContaining('interrupted 5 times'),
    });
    await expect(lakeStatus({ table: events, lake })).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
  }, 60_000);

  test('with other bytes than the object is read anew', async () => {
    const { report, ranges } = await loadThrough(
      (read) => (read === 1 ? { kind: 'flip' } : undefined),
      content,
    );
    expect(report).toMatchObject({ rowsIn: 6000, rowsOut: 6000, quarantined: 0 });
    expect(ranges).toEqual([undefined, undefined]);
  });

  test('of an object that is written meanwhile is INPUT_CHANGED, before its first byte and after', async () => {
    for (const firstFault of [undefined, { kind: 'cut', afterBytes: 100_000 }] as const) {
      const folder = await temporaryFolder();
      const zone = landingZone();
      await zone.put({ 'a.csv': content });
      let reads = 0;
      const url = await faultyProxy(aws.endpoints.aws, async (request) => {
        if (!request.startsWith('GET') || !request.includes('a.csv')) return undefined;
        reads += 1;
        if (firstFault && reads === 1) return firstFault;
        await zone.put({ 'a.csv': csv(rows.slice(1)) });
        return undefined;
      });
      vi.stubEnv('AWS_ENDPOINT_URL', url);
      const load = loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [zone.location] });
      await expect(load).rejects.toMatchObject({
        code: 'INPUT_CHANGED',
        payload: { file: `${zone.location}a.csv` },
      });
      vi.unstubAllEnvs();
    }
  });

  test('that S3 refuses for a time succeeds', async () => {
    const { report } = await loadThrough(
      (read) => (read < 3 ? { kind: 'status', status: 503 } : undefined),
      content,
    );
    expect(report).toMatchObject({ rowsOut: 6000 });
  });
});
