import { cp, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { decimal, defineEvents, timestamp } from '@headwater/core';
import { manifestPath, readLakeState } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  compactLake,
  lakeStatus,
  loadEvents,
  repairLake,
  replayQuarantine,
  verifyLake,
} from '../src/index.ts';
import { events, header, lakeBytes, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';

/** The columns of the table of events, without what the definitions here change. */
const columnsOf = () => ({
  event_time: timestamp(),
  event_type: z.enum(['view', 'cart', 'remove_from_cart', 'purchase']),
  product_id: z.int64(),
  brand: z.string().optional(),
  price: decimal(10, 2),
  user_id: z.int64(),
  user_session: z.string().optional(),
});

const week = 7 * 86_400;

/** Every file and folder below a folder, with its bytes, its time and its kind: nothing may change unnoticed. */
async function everything(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<[string, string]> => {
      const path = join(entry.parentPath, entry.name);
      const { mtimeMs } = await stat(path);
      const content = entry.isFile() ? (await readFile(path)).toString('hex') : 'folder';
      return [path.slice(folder.length), `${mtimeMs} ${content}`];
    }),
  );
  return Object.fromEntries(found.sort(([left], [right]) => (left < right ? -1 : 1)));
}

async function fixture() {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const load = async (name: string, rows: readonly string[], dryRun = false) =>
    loadEvents({ table: events, lake, dryRun, inputs: [await writeLines(folder, name, [header, ...rows])] });
  const dataFiles = async (): Promise<string[]> =>
    (await readdir(join(lake, 'events'), { recursive: true }))
      .filter((name) => /part-[0-9a-f]{16}\.parquet$/.test(name))
      .sort();
  return { folder, lake, load, dataFiles };
}

describe('files that no manifest lists', () => {
  test("stay where a person put them, whatever their age, and are not taken for Headwater's", async () => {
    const { lake, load, dataFiles } = await fixture();
    await load('a.csv', rowsOfDays(60, 2));
    const [part = ''] = await dataFiles();
    const own = [
      'events/backup/part-0123456789abcdef.parquet',
      'events/dt=2019-10-01/backup/part-0123456789abcdef.parquet',
      'events/dt=2019-10-01/copy of part-0123456789abcdef.parquet',
      'events/dt=2019-10-01/events.parquet',
      'events__quarantine/mine.parquet',
    ];
    for (const path of own) {
      await mkdir(join(lake, path, '..'), { recursive: true });
      await cp(join(lake, 'events', part), join(lake, path));
      await utimes(join(lake, path), 0, Date.now() / 1000 - week);
    }
    expect(await load('b.csv', rowsOfDays(60, 2, 500))).toMatchObject({ removedLeftovers: [] });
    await compactLake({ table: events, lake });
    for (const path of own) expect((await stat(join(lake, path))).size).toBeGreaterThan(0);
    expect(await verifyLake({ table: events, lake })).toMatchObject({
      ok: true,
      rows: 120,
      leftovers: [],
      foreign: own,
    });
  });

  test('go when a dead run left them, and the next run names them', async () => {
    const { lake, load } = await fixture();
    await load('a.csv', rowsOfDays(60, 2));
    // As a run leaves them that is killed between its files and its manifest.
    const left = 'events/dt=2019-10-02/part-0123456789abcdef.parquet';
    await writeFile(join(lake, left), 'whatever');
    await writeFile(
      join(lake, '_headwater/events/pending-files.json'),
      JSON.stringify({ version: 1, paths: [left] }),
    );
    const staged = '_headwater/events/staging/dead/part-0.parquet';
    await mkdir(join(lake, staged, '..'), { recursive: true });
    await writeFile(join(lake, staged), 'half');
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, leftovers: [left] });
    expect(await load('b.csv', rowsOfDays(60, 2, 500))).toMatchObject({ removedLeftovers: [left, staged] });
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 120, leftovers: [] });
    expect((await readdir(join(lake, '_headwater/events'))).sort()).toEqual([
      '00000001.json',
      '00000002.json',
      'write.lock',
    ]);
  });

  test('that a commit replaced go as well, when their run died before it removed them', async () => {
    const { lake, load, dataFiles } = await fixture();
    await load('a.csv', rowsOfDays(30, 1));
    await load('b.csv', rowsOfDays(30, 1, 500));
    const replaced = await dataFiles();
    const copies = await Promise.all(replaced.map((path) => readFile(join(lake, 'events', path))));
    await compactLake({ table: events, lake });
    for (const [index, path] of replaced.entries())
      await writeFile(join(lake, 'events', path), copies[index] ?? '');
    const paths = replaced.map((path) => `events/${path}`);
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 60, leftovers: paths });
    expect(await load('c.csv', rowsOfDays(30, 1, 900))).toMatchObject({ removedLeftovers: paths });
  });
});

describe('a lake whose last manifest was lost', () => {
  test('fails its verification, and no run deletes its rows', async () => {
    const { lake, load, dataFiles } = await fixture();
    await load('a.csv', rowsOfDays(60, 2));
    const before = await dataFiles();
    await load('b.csv', [...rowsOfDays(90, 3, 500), 'cut off']);
    const after = await dataFiles();
    const lost = after.filter((path) => !before.includes(path)).map((path) => `events/${path}`);
    await rm(join(lake, manifestPath('events', 2)));
    const report = await verifyLake({ table: events, lake });
    expect(report).toMatchObject({ ok: false, rows: 60, leftovers: [] });
    const named = report.problems.map(({ file }) => file);
    expect(named.filter((file) => file.startsWith('events/'))).toEqual(lost);
    expect(named.filter((file) => file.startsWith('events__quarantine/'))).toHaveLength(1);
    expect(report.problems[0]?.fix).toContain('headwater lake repair');

    const kept = await everything(lake);
    for (const write of [
      () => load('c.csv', rowsOfDays(10, 1, 900)),
      () => load('c.csv', rowsOfDays(10, 1, 900), true),
      () => compactLake({ table: events, lake }),
    ])
      await expect(write()).rejects.toMatchObject({
        code: 'LAKE_CORRUPT',
        payload: { file: lost[0], fix: expect.stringContaining('headwater lake repair') },
      });
    const files = (all: Record<string, string>) =>
      Object.entries(all).filter(([, one]) => !one.endsWith('folder'));
    expect(files(await everything(lake))).toEqual(files(kept));
  });
});

describe('a dry run', () => {
  test('changes nothing below the lake: no byte, no file, no time of a folder', async () => {
    const { lake, load } = await fixture();
    await load('a.csv', rowsOfDays(300, 3));
    const left = '_headwater/events/staging/dead/part-0.parquet';
    await mkdir(join(lake, left, '..'), { recursive: true });
    await writeFile(join(lake, left), 'left by a dead run');
    const before = await everything(lake);
    const report = await load('b.csv', [...rowsOfDays(300, 4, 200), 'cut off'], true);
    expect(report).toMatchObject({ rowsIn: 301, quarantined: 1, dryRun: true, removedLeftovers: [] });
    expect(await everything(lake)).toEqual(before);
    // Committed, it comes to the same.
    const { runId: _, dryRun: __, seconds: ___, removedLeftovers: ____, ...planned } = report;
    expect(await load('b.csv', [...rowsOfDays(300, 4, 200), 'cut off'])).toMatchObject(planned);
  });

  test('does not create a lake, and needs no lock', async () => {
    const { folder, lake, load } = await fixture();
    await load('a.csv', rowsOfDays(30, 1), true);
    expect(await readdir(folder)).toEqual(['a.csv']);
    await load('a.csv', rowsOfDays(30, 1));
    const input = await writeLines(folder, 'b.csv', [header, ...rowsOfDays(30, 1, 500)]);
    let during: Promise<unknown> | undefined;
    await loadEvents({
      table: events,
      lake,
      inputs: [input],
      onProgress: ({ phase }) => {
        if (phase === 'write') during ??= load('c.csv', rowsOfDays(30, 1, 900), true);
      },
    });
    expect(await during).toMatchObject({ rowsOut: 30, dryRun: true });
  });
});

describe('a repair', () => {
  const rowsIn = async (lake: string) => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const { files } = await readLakeState(openLakeStore(lake), 'events');
    const list = files.map(({ path }) => `'${lake}/${path}'`).join(', ');
    const reader = await connection.runAndReadAll(
      `SELECT * FROM read_parquet([${list}], hive_partitioning = false) ORDER BY ALL`,
    );
    const rows = JSON.stringify(reader.getRowsJson());
    connection.closeSync();
    instance.closeSync();
    return rows;
  };

  test.each([1, 2, 3])(
    'brings every row back when the last %i of three manifests were lost',
    async (count) => {
      const { lake, load } = await fixture();
      await load('a.csv', rowsOfDays(60, 2));
      await load('b.csv', [...rowsOfDays(90, 3, 500), 'cut off']);
      await load('c.csv', [...rowsOfDays(40, 4, 800), 'cut off too']);
      const before = await readLakeState(openLakeStore(lake), 'events');
      const rows = await rowsIn(lake);
      for (let lost = 3; lost > 3 - count; lost -= 1) await rm(join(lake, manifestPath('events', lost)));

      const planned = await repairLake({ table: events, lake, dryRun: true });
      const report = await repairLake({ table: events, lake });
      expect({ ...report, runId: '', seconds: 0 }).toEqual({
        ...planned,
        dryRun: false,
        runId: '',
        seconds: 0,
      });
      expect(report.problems).toEqual([]);
      expect(report.quarantineAdopted).toHaveLength(Math.min(count, 2));
      expect(await rowsIn(lake)).toBe(rows);
      const { files, quarantineFiles, sequence } = await readLakeState(openLakeStore(lake), 'events');
      // Counts, hashes, ranges and bytes by column are those of the lost manifests.
      expect({ files, quarantineFiles }).toEqual({
        files: before.files,
        quarantineFiles: before.quarantineFiles,
      });
      expect(sequence).toBe(4 - count);
      expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 190, leftovers: [] });
      expect((await lakeStatus({ table: events, lake })).runs.at(-1)).toMatchObject({ operation: 'repair' });
      // The lake takes rows again, and rows that it has are duplicates although their input is unknown now.
      expect(await load('c.csv', rowsOfDays(40, 4, 800))).toMatchObject({ rowsOut: 0, duplicates: 40 });
    },
  );

  test('brings a lost compaction back, whether the files that it replaced are there or not', async () => {
    for (const areThere of [false, true]) {
      const { lake, load, dataFiles } = await fixture();
      await load('a.csv', rowsOfDays(60, 2));
      await load('b.csv', rowsOfDays(90, 3, 500));
      const replaced = await dataFiles();
      const copies = await Promise.all(replaced.map((path) => readFile(join(lake, 'events', path))));
      await compactLake({ table: events, lake });
      const rows = await rowsIn(lake);
      const compacted = await lakeBytes(lake);
      await rm(join(lake, manifestPath('events', 3)));
      if (areThere)
        for (const [index, path] of replaced.entries())
          await writeFile(join(lake, 'events', path), copies[index] ?? '');
      const report = await repairLake({ table: events, lake });
      expect(report).toMatchObject({ rows: 0, duplicates: areThere ? 120 : 0, problems: [] });
      expect(report.replaced).toHaveLength(areThere ? 0 : 4);
      expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 150, leftovers: [] });
      expect(await rowsIn(lake)).toBe(rows);
      expect(await lakeBytes(lake)).toEqual(compacted);
    }
  });

  test('brings a lost replay back, with what is left of the quarantine', async () => {
    const { lake, load } = await fixture();
    const negative = '2019-10-01 00:00:00 UTC,view,1,nike,-5.00,10,s';
    await load('a.csv', [...rowsOfDays(60, 2), negative, 'cut off']);
    const lenient = defineEvents('events', {
      columns: columnsOf(),
      roles: { time: 'event_time', action: 'event_type', actor: 'user_id' },
    });
    expect(await replayQuarantine({ table: lenient, lake })).toMatchObject({ rowsOut: 1, quarantined: 1 });
    const rows = await rowsIn(lake);
    await rm(join(lake, manifestPath('events', 2)));
    expect(await repairLake({ table: lenient, lake })).toMatchObject({
      rows: 1,
      problems: [],
      quarantineAdopted: [{ rows: 1 }],
      replaced: [{ rows: 2 }],
    });
    expect(await rowsIn(lake)).toBe(rows);
    expect(await verifyLake({ table: lenient, lake })).toMatchObject({ ok: true, rows: 61 });
    expect(await lakeStatus({ table: lenient, lake })).toMatchObject({ quarantined: 1 });
  });

  test('adopts no file that is cut off, that holds rows of another day, or that another definition wrote', async () => {
    const { folder, lake, load, dataFiles } = await fixture();
    await load('a.csv', rowsOfDays(60, 3));
    const [cut = '', moved = ''] = (await dataFiles()).map((path) => `events/${path}`);
    await rm(join(lake, manifestPath('events', 1)));
    await writeFile(join(lake, cut), (await readFile(join(lake, cut))).subarray(0, 500));
    const elsewhere = moved.replace(/dt=[^/]+/, 'dt=2019-12-24');
    await mkdir(join(lake, elsewhere, '..'));
    await rename(join(lake, moved), join(lake, elsewhere));
    const other = defineEvents('events', {
      columns: { ...columnsOf(), price: z.string() },
      roles: { time: 'event_time', action: 'event_type', actor: 'user_id' },
    });
    const input = await writeLines(folder, 'other.csv', [header, '2019-11-11 00:00:00 UTC,view,1,x,7,1,s']);
    await loadEvents({ table: other, lake: join(folder, 'other'), inputs: [input] });
    await cp(join(folder, 'other/events'), join(lake, 'events'), { recursive: true });

    const report = await repairLake({ table: events, lake });
    expect(report.adopted).toHaveLength(1);
    expect(report.problems).toMatchObject([
      { file: cut, problem: expect.stringContaining('its content is not what its name says') },
      { file: expect.stringContaining('dt=2019-11-11'), problem: expect.stringContaining('price') },
      { file: elsewhere, problem: '20 rows are not on 2019-12-24' },
    ]);
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: false, rows: 20 });
    const removed = await repairLake({ table: events, lake, unlisted: 'remove' });
    expect(removed.removed).toHaveLength(3);
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 20, problems: [] });
  });

  test('takes damaged files out of the lake when asked, and lets their inputs be loaded again', async () => {
    const { lake, load, dataFiles } = await fixture();
    const rows = [...rowsOfDays(60, 3), 'cut off'];
    await load('a.csv', rows);
    const whole = await rowsIn(lake);
    const [gone = '', cut = ''] = await dataFiles();
    await rm(join(lake, 'events', gone));
    await writeFile(join(lake, 'events', cut), 'short');
    const fix = expect.stringContaining('headwater lake repair --drop-damaged');
    expect((await verifyLake({ table: events, lake })).problems).toMatchObject([
      { file: `events/${gone}`, problem: 'is missing', fix },
      { file: `events/${cut}`, problem: expect.stringContaining('has 5 bytes'), fix },
    ]);
    expect(await repairLake({ table: events, lake })).toMatchObject({ adopted: [], dropped: [] });
    expect(await load('a.csv', rows)).toMatchObject({ rowsIn: 0 });
    const report = await repairLake({ table: events, lake, dropDamaged: true });
    expect(report).toMatchObject({
      dropped: [
        { file: `events/${gone}`, rows: 20 },
        { file: `events/${cut}`, rows: 20 },
      ],
      reloadable: [expect.stringContaining('a.csv')],
      rows: 0,
    });
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 20 });
    expect(await load('a.csv', rows)).toMatchObject({ rowsOut: 40, duplicates: 20 });
    expect(await rowsIn(lake)).toBe(whole);
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 60 });
  });

  test('has nothing to do for a sound lake, and no lake to repair where there is none', async () => {
    const { folder, lake, load } = await fixture();
    await load('a.csv', rowsOfDays(60, 3));
    expect(await repairLake({ table: events, lake })).toMatchObject({ adopted: [], problems: [] });
    expect((await lakeStatus({ table: events, lake })).runs).toHaveLength(1);
    await expect(repairLake({ table: events, lake: join(folder, 'none') })).rejects.toMatchObject({
      code: 'LAKE_NOT_FOUND',
    });
  });
});
