import { join } from 'node:path';
import { readLakeState } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { expect, onTestFinished, test } from 'vitest';
import { openDuckdbSession } from '../src/engine/duckdb-session.ts';
import { compactLake, loadEvents, replayQuarantine, verifyLake } from '../src/index.ts';
import { writeFiles } from '../src/load/duckdb/write-files.ts';
import { events, header, lakeBytes, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';

test('a day above the target size is split alike by a load and by compaction, whatever the threads', async () => {
  const folder = await temporaryFolder();
  const rows = rowsOfDays(20_000, 2);
  const input = await writeLines(folder, 'all.csv', [header, ...rows]);
  const lakes: Record<string, string>[] = [];
  for (const threads of [1, 2, 5]) {
    const lake = join(folder, `whole-${threads}`);
    const report = await loadEvents({
      table: events,
      lake,
      inputs: [input],
      targetFileSize: '20KB',
      threads,
    });
    expect(report).toMatchObject({ rowsIn: 20_000, rowsOut: 20_000, partitions: 2 });
    expect(report.files).toBeGreaterThan(4);
    expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows: 20_000 });
    lakes.push(await lakeBytes(lake));
  }
  const late = join(folder, 'late');
  for (const part of [1, 0]) {
    const some = rows.filter((_, index) => index % 2 === part);
    const path = await writeLines(folder, `part${part}.csv`, [header, ...some]);
    await loadEvents({ table: events, lake: late, inputs: [path] });
  }
  const report = await compactLake({ table: events, lake: late, targetFileSize: '20KB' });
  expect(report).toMatchObject({ filesBefore: 4, rows: 20_000 });
  lakes.push(await lakeBytes(late));
  const sizes = Object.values(lakes[0] ?? {}).map((hex) => hex.length / 2);
  expect(Math.max(...sizes)).toBeLessThan(40_000);
  for (const other of lakes) expect(other).toEqual(lakes[0]);
});

test('a target size that is none is refused before anything is written', async () => {
  const folder = await temporaryFolder();
  const input = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(10, 1)]);
  const load = (targetFileSize: string) =>
    loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [input], targetFileSize });
  for (const size of ['12', '900KiBs', '10B', '0.5KB', '4GB'])
    await expect(load(size), size).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      payload: { option: 'targetFileSize', value: size },
    });
  expect(await load('1KB')).toMatchObject({ rowsOut: 10 });
});

test('a quarantine above the target size is split, also where its large rows stand together, and replayed whole', async () => {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const bad = rowsOfDays(4000, 1).map((row, index) =>
    row.replace(/,(view|cart|remove_from_cart|purchase),/, `,${index < 3900 ? `no${index}` : noise(index)},`),
  );
  const input = await writeLines(folder, 'bad.csv', [header, ...bad]);
  const options = { table: events, lake, targetFileSize: '20KB' };
  await loadEvents({ ...options, inputs: [input], maxQuarantine: 1 });
  expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, problems: [] });
  const files = async () => (await readLakeState(openLakeStore(lake), events.name)).quarantineFiles;
  const before = await files();
  expect(before.reduce((sum, { rows }) => sum + rows, 0)).toBe(4000);
  expect(before.length).toBeGreaterThan(10);
  // The hundred large rows are most of the bytes, and would fill one of as many equal runs.
  for (const { bytes } of before) expect(bytes).toBeLessThan(35_000);
  expect(await replayQuarantine(options)).toMatchObject({ rowsIn: 4000, rowsOut: 0, quarantined: 4000 });
});

/** A text that does not compress. */
const noise = (seed: number): string =>
  Array.from({ length: 300 }, (_, index) => Math.imul(seed * 300 + index, 0x9e3779b1).toString(36)).join('');

test('pieces that would be alike stay one file', async () => {
  const folder = await temporaryFolder();
  const session = await openDuckdbSession(folder, {});
  onTestFinished(() => session.close());
  const target = {
    stagedPath: join(folder, 'whole.parquet'),
    folder: 'events__quarantine',
    day: '2019-10-01',
  };
  const select = `SELECT '${noise(1)}' AS raw FROM range(2)`;
  const files = await writeFiles(await session.connect(), select, 1000, target);
  expect(files).toMatchObject([{ stagedPath: target.stagedPath, file: { rows: 2 } }]);
});
