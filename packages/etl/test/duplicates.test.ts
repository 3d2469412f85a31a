import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decimal, defineEvents, type EventsTable, timestamp } from '@headwater/core';
import { manifestPath, readLakeState } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compactLake, loadEvents, repairLake, verifyLake } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { type OrderDuplicates, orderHeader, orders } from './orders-fixture.ts';
import { queryFiles } from './query-files.ts';

async function fixture(table: EventsTable) {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  return {
    lake,
    load: async (...files: (readonly string[])[]) => {
      const inputs = files.map((rows, index) =>
        writeLines(folder, `${Math.random()}-${index}.csv`, [orderHeader, ...rows]),
      );
      return loadEvents({ table, lake, inputs: await Promise.all(inputs) });
    },
    rows: async (): Promise<string[]> => {
      const row = `concat_ws(',', "at"::VARCHAR, order_id, line, coalesce(sku, ''), amount, coalesce(updated_at::VARCHAR, ''))`;
      const sql = `SELECT ${row} AS row FROM read_parquet(FILES, hive_partitioning = false)`;
      return (await queryFiles(sql, join(lake, 'orders'))).map((found) => String(found['row'])).sort();
    },
  };
}

/** The values of a column in the lake's files. */
async function rowsWith(lake: string, column: string): Promise<string[]> {
  const sql = `SELECT ${column}::VARCHAR AS value FROM read_parquet(FILES, hive_partitioning = false, union_by_name = true) WHERE ${column} IS NOT NULL`;
  return (await queryFiles(sql, join(lake, 'orders'))).map(({ value }) => String(value)).sort();
}

const first = '2019-10-01 10:00:00,1,1,a,5.00,2019-10-01 10:00:00';
const corrected = '2019-10-01 10:00:00,1,1,a,7.00,2019-10-02 08:00:00';
const moved = '2019-10-03 09:00:00,1,1,b,6.00,2019-10-01 12:00:00';
const other = '2019-10-01 10:00:00,2,1,a,1.00,';

test.each<[string, OrderDuplicates, string[]]>([
  ['by default every row but an equal one', {}, [first, corrected, moved, other]],
  ['the first loaded', { key: ['order_id', 'line'] }, [first, other]],
  ['the last loaded', { key: ['order_id', 'line'], keep: 'last' }, [moved, other]],
  [
    'the largest by a column',
    { key: ['order_id', 'line'], keep: 'last', by: 'updated_at' },
    [corrected, other],
  ],
  ['the smallest by a column', { key: ['order_id', 'line'], by: 'amount' }, [first, other]],
  ['the first of each time', { key: ['at', 'order_id'] }, [first, moved, other]],
  ['the last of each time', { key: ['at', 'order_id'], keep: 'last' }, [corrected, moved, other]],
])(
  'of the rows of an event stays %s, in one load and in one load each',
  async (_what, duplicates, expected) => {
    const all = [first, first, corrected, moved, other];
    for (const loads of [[all], all.map((row) => [row])]) {
      const { lake, load, rows } = await fixture(orders(duplicates));
      const counts = { rowsIn: 0, rowsOut: 0, duplicates: 0 };
      for (const some of loads) {
        const report = await load(some);
        counts.rowsIn += report.rowsIn;
        counts.rowsOut += report.rowsOut;
        counts.duplicates += report.duplicates;
      }
      expect(await rows()).toEqual([...expected].sort());
      // As a file of its own, the second of the equal rows is a file that was loaded before.
      const rowsIn = loads.length === 1 ? 5 : 4;
      expect(counts).toEqual({ rowsIn, rowsOut: expected.length, duplicates: rowsIn - expected.length });
      const table = orders(duplicates);
      expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, rows: expected.length });
      await compactLake({ table, lake });
      expect(await rows()).toEqual([...expected].sort());
    }
  },
);

test("the two equal lines of an invoice are two where all rows stay, and the invoice's file counts once", async () => {
  const table = orders({ keep: 'all' });
  const { lake, load, rows } = await fixture(table);
  const invoice = [first, first, other];
  expect(await load(invoice)).toMatchObject({ rowsIn: 3, rowsOut: 3, duplicates: 0 });
  expect(await load(invoice)).toMatchObject({ rowsIn: 0, inputs: [{ skipped: true }] });
  expect(await load([first, moved])).toMatchObject({ rowsIn: 2, rowsOut: 2, duplicates: 0 });
  const all = [first, first, first, moved, other].sort();
  expect(await rows()).toEqual(all);
  expect(await compactLake({ table, lake })).toMatchObject({ rows: 4 });
  expect(await rows()).toEqual(all);
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, rows: 5 });
});

test('keeps equal rows of different files, also where the files of the lake would be equal', async () => {
  const table = orders({ keep: 'all' });
  const { lake, load, rows } = await fixture(table);
  await load([first]);
  // Another content, and the same rows: their data files would have one name.
  for (const blank of [1, 2])
    expect(await load([first, ...Array(blank).fill('')])).toMatchObject({
      rowsIn: 1,
      rowsOut: 1,
      duplicates: 0,
    });
  expect(await rows()).toEqual([first, first, first]);
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, rows: 3 });
});

test('says that a dropped file of a table with equal rows must not be loaded again as a whole', async () => {
  for (const [keep, twice] of [
    ['all', true],
    ['first', false],
  ] as const) {
    const table = orders({ keep });
    const { lake, load } = await fixture(table);
    await load([first, moved]);
    const [file] = (await readLakeState(openLakeStore(lake), 'orders')).files;
    await rm(join(lake, file?.path ?? ''));
    expect(await repairLake({ table, lake, dropDamaged: true })).toMatchObject({
      dropped: [{ rows: 1 }],
      reloadable: [expect.any(String)],
      reloadsCountTwice: twice,
    });
  }
});

test('a repair lists a file again whose equal rows are two, after the manifest of a compaction was lost', async () => {
  const table = orders({ keep: 'all' });
  const { lake, load, rows } = await fixture(table);
  await load([first, first, other]);
  await load([first]);
  await compactLake({ table, lake });
  await rm(join(lake, manifestPath('orders', 3)));
  expect(await repairLake({ table, lake })).toMatchObject({
    adopted: [{ rows: 4 }],
    replaced: [{ rows: expect.any(Number) }, { rows: expect.any(Number) }],
    problems: [],
  });
  expect(await rows()).toEqual([first, first, first, other].sort());
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, rows: 4 });
});

test('a repair that cannot tell copies from equal rows leaves the lake with all rows that it has', async () => {
  const table = orders({ keep: 'all' });
  const { lake, load } = await fixture(table);
  await load([first]);
  await load([other]);
  await compactLake({ table, lake });
  await load([first, corrected]);
  for (const lost of [3, 4]) await rm(join(lake, manifestPath('orders', lost)));
  const report = await repairLake({ table, lake });
  const problem = expect.stringContaining('holds rows that other files of the folder hold as well');
  const missing = { problem: 'is missing' };
  expect(report).toMatchObject({
    ...{ adopted: [], replaced: [] },
    problems: [{ problem }, { problem }, missing, missing],
  });
  expect((await readLakeState(openLakeStore(lake), 'orders')).files.map(({ rows }) => rows)).toEqual([1, 1]);
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: false });
});

test('nulls in a key are equal, and a null loses to every value', async () => {
  const duplicates = { key: ['at', 'sku'], keep: 'last', by: 'updated_at' } as const;
  const { load, rows } = await fixture(orders(duplicates));
  const at = '2019-10-01 10:00:00';
  await load([`${at},1,1,,1.00,2019-10-05 00:00:00`, `${at},2,1,x,1.00,`]);
  const report = await load([`${at},3,1,,2.00,`, `${at},4,1,x,2.00,2000-01-01 00:00:00`]);
  expect(report).toMatchObject({ rowsIn: 2, rowsOut: 0, duplicates: 2 });
  expect(await rows()).toEqual([
    `${at},1,1,,1.00,2019-10-05 00:00:00`,
    `${at},4,1,x,2.00,2000-01-01 00:00:00`,
  ]);
});

test('rows accepted under an earlier rule stay until a row of the same key replaces one of them', async () => {
  const { lake, load, rows } = await fixture(orders({}));
  await load([first, corrected, other]);
  const table = orders({ key: ['order_id', 'line'], keep: 'last' });
  await compactLake({ table, lake });
  expect(await rows()).toEqual([first, corrected, other].sort());
  const folder = await temporaryFolder();
  const input = await writeLines(folder, 'late.csv', [orderHeader, moved]);
  expect(await loadEvents({ table, lake, inputs: [input] })).toMatchObject({ rowsOut: 0, duplicates: 1 });
  expect(await rows()).toEqual([corrected, moved, other].sort());
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, rows: 3 });
});

test('a load whose rows replace others asks before it rewrites files without a dropped column', async () => {
  const { lake, load, rows } = await fixture(orders({}));
  await load([first, other]);
  const columns = { at: timestamp(), order_id: z.int64(), line: z.int32(), amount: decimal(10, 2) };
  const table = defineEvents('orders', {
    columns: { ...columns, updated_at: timestamp().optional() },
    roles: { time: 'at', amount: 'amount' },
    duplicates: { key: ['at', 'order_id', 'line'], keep: 'last' },
  });
  const folder = await temporaryFolder();
  const write = async (name: string, row: string, allow: string[]) =>
    loadEvents({ table, lake, allow, inputs: [await writeLines(folder, name, [orderHeader, row])] });
  const elsewhere = '2019-10-05 10:00:00,3,1,c,1.00,';
  // The older files keep their column, as long as nothing rewrites them.
  await write('new.csv', elsewhere, ['drop-column:sku']);
  const before = await rowsWith(lake, 'sku');
  expect(before).toEqual(['a', 'a']);
  await expect(write('corrected.csv', corrected, [])).rejects.toMatchObject({
    code: 'SCHEMA_INCOMPATIBLE',
    payload: { misfits: [{ id: 'drop-column:sku' }] },
  });
  expect(await rowsWith(lake, 'sku')).toEqual(before);
  expect(await write('corrected.csv', corrected, ['drop-column:sku'])).toMatchObject({ duplicates: 1 });
  expect(await rowsWith(lake, 'amount')).toEqual(['1.00', '1.00', '7.00']);
  await expect(rows()).rejects.toThrow('sku');
});

test('a repair settles rows of one event by the same rule, and names what it cannot settle', async () => {
  // A backup of the day before, restored over a lake whose last manifests are lost: replaced files are there as well.
  const restored = async (table: EventsTable, then: readonly string[]) => {
    const { lake, load, rows } = await fixture(table);
    await load([first, other]);
    await cp(lake, `${lake}-backup`, { recursive: true });
    await load(then);
    await compactLake({ table, lake });
    const expected = await rows();
    for (const sequence of [2, 3]) await rm(join(lake, manifestPath('orders', sequence)), { force: true });
    await cp(`${lake}-backup`, lake, { recursive: true });
    return { lake, expected, rows };
  };
  const last = orders({ key: ['at', 'order_id', 'line'], keep: 'last' });
  const { lake, expected, rows } = await restored(last, [corrected, moved]);
  expect(await repairLake({ table: last, lake })).toMatchObject({ problems: [], duplicates: 2 });
  expect(await rows()).toEqual(expected);
  expect(await verifyLake({ table: last, lake })).toMatchObject({ ok: true, rows: 3, leftovers: [] });

  const all = orders({ keep: 'all' });
  const copied = await restored(all, [first]);
  const report = await repairLake({ table: all, lake: copied.lake });
  expect(report).toMatchObject({
    adopted: [],
    problems: [{ problem: expect.stringContaining('equal rows') }],
  });
  expect(await verifyLake({ table: all, lake: copied.lake })).toMatchObject({ ok: false, rows: 2 });
});

const rules: OrderDuplicates[] = (['first', 'last'] as const).flatMap((keep) => [
  { key: ['order_id'], keep },
  { key: ['order_id', 'sku'], keep, by: 'updated_at' },
  { key: ['at', 'order_id'], keep },
  { key: ['at', 'order_id'], keep, by: 'updated_at' },
]);

test.each([1, 2])('agrees with a reference that folds one row after the other (seed %i)', async (seed) => {
  let state = seed * 2_654_435_761;
  const pick = (count: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  const row = (): string => {
    const updated = pick(4);
    return [
      `2019-10-0${1 + pick(4)} 0${pick(3)}:00:00`,
      pick(12),
      pick(2),
      pick(3) ? `s${pick(2)}` : '',
      `${pick(3)}.00`,
      updated === 0 ? '' : `2019-11-0${updated} 00:00:00`,
    ].join(',');
  };
  const names = orderHeader.split(',');
  for (const rule of rules.filter((_, index) => index % 2 === seed % 2)) {
    const table = orders(rule, seed % 2 === 0);
    const { lake, load, rows } = await fixture(table);
    const found = new Map<string, { row: string; by: string }>();
    let [total, dropped, rowsIn] = [0, 0, 0];
    for (let step = 0; step < 2; step += 1) {
      const files = [1, 2].map(() => Array.from({ length: 15 }, row));
      for (const line of files.flat()) {
        const fields = line.split(',');
        const key = (rule.key ?? []).map((name) => fields[names.indexOf(name)]).join();
        const by = rule.by === undefined ? '' : (fields[names.indexOf(rule.by)] ?? '');
        const before = found.get(key);
        const wins =
          before === undefined ||
          (rule.by === undefined
            ? rule.keep === 'last'
            : rule.keep === 'last'
              ? by >= before.by
              : by !== '' && (before.by === '' || by < before.by));
        if (wins) found.set(key, { row: line, by });
      }
      const report = await load(...files);
      total += report.rowsOut;
      dropped += report.duplicates;
      rowsIn += report.rowsIn;
    }
    const expected = [...found.values()].map((one) => one.row).sort();
    expect({ rule, rows: await rows() }).toEqual({ rule, rows: expected });
    expect([rowsIn, total, dropped]).toEqual([60, expected.length, 60 - expected.length]);
    expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, rows: expected.length });
    await compactLake({ table, lake });
    expect(await rows()).toEqual(expected);
  }
});
