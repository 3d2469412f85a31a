import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readLakeHistory } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { expect, test } from 'vitest';
import { discardQuarantine, lakeStatus, loadEvents, replayQuarantine, verifyLake } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';

const negative = (second: number) => `2019-10-01 00:00:0${second} UTC,view,1,nike,-5.00,10,s`;
const wrongId = '2019-10-01 00:00:00 UTC,view,x,nike,5.00,10,s';
const bothWrong = '2019-10-01 00:00:00 UTC,view,x,nike,-5.00,10,s';

test('a discard is a commit that counts its rows, and touches no other', async () => {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const table = events;
  const first = [...rowsOfDays(50, 1), negative(1), negative(2), wrongId, bothWrong, 'cut off'];
  await loadEvents({ table, lake, inputs: [await writeLines(folder, 'a.csv', [header, ...first])] });
  await loadEvents({
    table,
    lake,
    inputs: [await writeLines(folder, 'b.csv', [header, wrongId])],
    maxQuarantine: 1,
  });
  const rows = (await lakeStatus({ table, lake })).rows;
  const files = () => readdir(join(lake, 'events__quarantine'), { recursive: true });
  const before = (await files()).filter((name) => name.endsWith('.parquet'));
  expect(before).toHaveLength(2);

  expect(await discardQuarantine({ table, lake, reason: 'price:below_minimum' })).toMatchObject({
    discarded: 3,
    kept: 3,
    reasons: { 'price:below_minimum': 3, 'product_id:not_an_integer': 1 },
  });
  // The file of the second load holds no such row: it stays.
  expect((await files()).filter((name) => before.includes(name))).toHaveLength(1);
  const status = await lakeStatus({ table, lake });
  expect(status).toMatchObject({ rows, quarantined: 3 });
  expect(status.runs.at(-1)).toMatchObject({ operation: 'discard', discarded: 3, rowsIn: 0, rowsOut: 0 });
  expect((await readLakeHistory(openLakeStore(lake), 'events')).at(-1)).toMatchObject({
    operation: 'discard',
    discarded: 3,
    added: [],
    removed: [],
  });
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, problems: [], leftovers: [] });
  expect(await replayQuarantine({ table, lake })).toMatchObject({
    rowsIn: 3,
    quarantined: 3,
    reasons: { 'product_id:not_an_integer': 2, 'line:too_few_fields': 1 },
  });

  expect(await discardQuarantine({ table, lake })).toMatchObject({ discarded: 3, kept: 0 });
  expect(await lakeStatus({ table, lake })).toMatchObject({ rows, quarantined: 0 });
  expect((await files()).filter((name) => name.endsWith('.parquet'))).toEqual([]);
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true });
  const runs = (await lakeStatus({ table, lake })).runs.length;
  expect(await discardQuarantine({ table, lake })).toMatchObject({ discarded: 0, kept: 0 });
  expect((await lakeStatus({ table, lake })).runs).toHaveLength(runs);
});

test('a reason that no row has is refused, with the reasons that there are', async () => {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const input = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(50, 1), negative(1), wrongId]);
  await loadEvents({ table: events, lake, inputs: [input] });
  await expect(discardQuarantine({ table: events, lake, reason: 'nope' })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    payload: { value: 'nope', expected: 'one of price:below_minimum, product_id:not_an_integer' },
  });
  expect(await lakeStatus({ table: events, lake })).toMatchObject({ quarantined: 2 });
});
