import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestPath, readLakeHistory } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { expect, test } from 'vitest';
import { expireDays, lakeStatus, loadEvents, verifyLake } from '../src/index.ts';
import { firstKeptDay } from '../src/maintain/first-kept-day.ts';
import { events, header, lakeBytes, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';

async function fixture() {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const load = async (name: string, rows: readonly string[]) =>
    loadEvents({ table: events, lake, inputs: [await writeLines(folder, name, [header, ...rows])] });
  return { folder, lake, load, table: events };
}

test('an expiry is a commit that takes whole days out, deletes their files, and touches no other', async () => {
  const { lake, load, table } = await fixture();
  await load('a.csv', [...rowsOfDays(400, 4), 'cut off']);
  const before = await lakeBytes(lake);
  const dry = await expireDays({ table, lake, olderThan: '2019-10-03', dryRun: true });
  expect(dry).toMatchObject({ dryRun: true, rows: 200, files: 2, quarantined: 0, traffic: null });
  expect(await lakeBytes(lake)).toEqual(before);
  expect((await lakeStatus({ table, lake })).runs).toHaveLength(1);

  expect(await expireDays({ table, lake, olderThan: '2019-10-03' })).toMatchObject({
    dryRun: false,
    firstKeptDay: '2019-10-03',
    days: { count: 2, first: '2019-10-01', last: '2019-10-02' },
    rows: 200,
    quarantined: 0,
  });
  const kept = Object.entries(before).filter(([path]) => path > '/events/dt=2019-10-03');
  expect(await lakeBytes(lake)).toEqual(Object.fromEntries(kept));
  const [, commit] = await readLakeHistory(openLakeStore(lake), 'events');
  expect(commit).toMatchObject({ operation: 'expire', erased: 200, rowsIn: 0, rowsOut: 0, added: [] });
  expect(commit).not.toHaveProperty('discarded');
  const status = await lakeStatus({ table, lake });
  expect(status).toMatchObject({
    rows: 200,
    quarantined: 1,
    inputs: 1,
    days: { count: 2, first: '2019-10-03' },
  });
  expect(status.runs.at(-1)).toMatchObject({ operation: 'expire', erased: 200, discarded: 0 });
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, problems: [], leftovers: [] });

  // Again, there is nothing to do, and no commit.
  expect(await expireDays({ table, lake, olderThan: '2019-10-03' })).toMatchObject({
    rows: 0,
    days: null,
    files: 0,
  });
  expect((await lakeStatus({ table, lake })).runs).toHaveLength(2);
});

test('quarantined rows go by the day of their load, when that is asked for', async () => {
  const { lake, load, table } = await fixture();
  await load('a.csv', [...rowsOfDays(40, 2), 'cut off']);
  const today = new Date().toISOString().slice(0, 10);
  expect(await expireDays({ table, lake, olderThan: today })).toMatchObject({ rows: 40, quarantined: 0 });
  expect(await expireDays({ table, lake, olderThan: today, quarantine: true })).toMatchObject({
    rows: 0,
    quarantined: 0,
  });
  expect(await lakeStatus({ table, lake })).toMatchObject({ rows: 0, quarantined: 1, days: null });
  // A day later the rejected row is of an earlier day.
  const file = (await readdir(join(lake, 'events__quarantine'), { recursive: true })).find((name) =>
    name.endsWith('.parquet'),
  );
  const manifest = join(lake, manifestPath('events', 1));
  const earlier = (await readFile(manifest, 'utf8')).replaceAll(`"day": "${today}"`, '"day": "2019-12-31"');
  await writeFile(manifest, earlier);
  expect(await expireDays({ table, lake, olderThan: today, quarantine: true })).toMatchObject({
    rows: 0,
    files: 1,
    quarantined: 1,
  });
  expect(await readdir(join(lake, 'events__quarantine'), { recursive: true })).not.toContain(file);
  expect((await lakeStatus({ table, lake })).runs.at(-1)).toMatchObject({ erased: 0, discarded: 1 });
});

test('a file that was loaded stays known; late rows of a new file bring an expired day back until the next expiry', async () => {
  const { lake, load, table } = await fixture();
  const rows = rowsOfDays(40, 2);
  await load('a.csv', rows);
  await expireDays({ table, lake, olderThan: '2019-10-02' });
  expect((await load('a.csv', rows)).inputs[0]).toMatchObject({ skipped: true });
  expect(await lakeStatus({ table, lake })).toMatchObject({ rows: 20 });
  // Rows of the expired day are no duplicates any more, those of the other day are.
  expect(await load('b.csv', rows.slice(15, 25))).toMatchObject({ rowsOut: 5, duplicates: 5 });
  expect(await lakeStatus({ table, lake })).toMatchObject({ rows: 25, days: { first: '2019-10-01' } });
  expect(await expireDays({ table, lake, olderThan: '2019-10-02' })).toMatchObject({ rows: 5 });
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, rows: 20 });
});

test('the counts of an expiry are verified', async () => {
  const { lake, load, table } = await fixture();
  await load('a.csv', rowsOfDays(40, 2));
  await expireDays({ table, lake, olderThan: '2019-10-02' });
  const manifest = join(lake, manifestPath('events', 2));
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"erased": 20', '"erased": 19'));
  expect(await verifyLake({ table, lake })).toMatchObject({
    ok: false,
    problems: [{ problem: 'its files add -20 rows, its counts say -19' }],
  });
});

test('a commit of a kind that this version does not have is refused as that', async () => {
  const { lake, load, table } = await fixture();
  await load('a.csv', rowsOfDays(4, 1));
  const manifest = join(lake, manifestPath('events', 1));
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"load"', '"anonymize"'));
  await expect(verifyLake({ table, lake })).rejects.toMatchObject({
    code: 'LAKE_CORRUPT',
    payload: { problem: expect.stringContaining('"anonymize"'), fix: expect.stringContaining('Update') },
  });
});

test.each([
  ['90', '2024-02-01'],
  ['90d', '2024-02-01'],
  ['P90D', '2024-02-01'],
  ['0d', '2024-05-01'],
  ['2w', '2024-04-17'],
  ['6m', '2023-11-01'],
  ['2Y', '2022-05-01'],
  ['2024-02-29', '2024-02-29'],
  ['2024-05-01', '2024-05-01'],
])('%s on 1 May 2024 keeps the days from %s on', (age, day) => {
  expect(firstKeptDay(age, new Date('2024-05-01T23:59:59Z'))).toBe(day);
});

test('months end with the last day of a shorter month', () => {
  expect(firstKeptDay('6m', new Date('2024-08-31T00:00:00Z'))).toBe('2024-02-29');
  expect(firstKeptDay('1y', new Date('2024-02-29T00:00:00Z'))).toBe('2023-02-28');
});

test.each(['', '-1', '1.5d', '90 d', 'P90', '2024-02-30', '2024-05-02', '24-05-01', 'yesterday', '9999y'])(
  '%j is no age',
  (age) => {
    expect(() => firstKeptDay(age, new Date('2024-05-01T12:00:00Z'))).toThrow('older-than');
  },
);
