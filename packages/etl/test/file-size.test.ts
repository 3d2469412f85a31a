import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compactLake, loadEvents, verifyLake } from '../src/index.ts';
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
}, 120_000);

test('a target size that is none is refused before anything is written', async () => {
  const folder = await temporaryFolder();
  const input = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(10, 1)]);
  const load = (targetFileSize: string) =>
    loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [input], targetFileSize });
  for (const size of ['12', '900KiBs', '10B', '0.5KB'])
    await expect(load(size), size).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      payload: { option: 'targetFileSize', value: size },
    });
  expect(await load('1KB')).toMatchObject({ rowsOut: 10 });
});
