import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { defineEvents, timestamp } from '@headwater/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compactLake, loadEvents, replayQuarantine, verifyLake } from '../src/index.ts';
import { events, header, lakeBytes, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { queryFiles } from './query-files.ts';

const [row = '', other = ''] = rowsOfDays(2, 1);
const names = header.split(',');
const json = JSON.stringify(Object.fromEntries(row.split(',').map((text, index) => [names[index], text])));

/** The rows of a lake of `events`, as texts. */
const stored = async (lake: string): Promise<unknown[]> =>
  queryFiles(
    `SELECT product_id::VARCHAR AS product, brand, price::VARCHAR AS price, user_id::VARCHAR AS actor FROM read_parquet(FILES, hive_partitioning = false) ORDER BY ALL`,
    join(lake, 'events'),
  );

test.each([
  'brand=fromfolder/price=9',
  'user_id=1/dt=2020-01-01/event_time=now',
  // Names that the statements of a load use themselves.
  'line=a/c0=b/c3=c/r0=d/r3=e/t3=f/texts=g/is_object=h/source_row=i/given3=j',
])('a folder %s above an input adds no column to it', async (folders) => {
  const folder = await temporaryFolder();
  const plain = join(folder, 'plain');
  const below = join(folder, folders);
  const contents = { 'a.csv': `${header}\n${row}\n`, 'b.jsonl': `${json}\n` };
  for (const place of [plain, below]) {
    await mkdir(place, { recursive: true });
    for (const [name, content] of Object.entries(contents)) await writeFile(join(place, name), content);
  }
  await queryFiles(
    `COPY (SELECT * FROM read_csv(FILES, all_varchar = true)) TO '${join(below, 'c.parquet')}' (FORMAT parquet)`,
    plain,
    '.csv',
  );
  const expected = join(folder, 'expected');
  await loadEvents({ table: events, lake: expected, inputs: [join(plain, 'a.csv')] });
  for (const name of [...Object.keys(contents), 'c.parquet']) {
    const lake = join(folder, `lake-${name}`);
    const report = await loadEvents({ table: events, lake, inputs: [join(below, name)] });
    expect(report, name).toMatchObject({ rowsIn: 1, rowsOut: 1 });
    expect(await stored(lake), name).toEqual(await stored(expected));
  }
});

test.each([
  ['part[1]', 'part1'],
  ['events*', 'events1'],
  ['[!a]', 'b'],
  ['[[]', '['],
  ['back\\slash', 'backslash'],
  ['back\\[1]', 'back1'],
])('an input called %s is that file alone, beside %s', async (name, beside) => {
  const folder = await temporaryFolder();
  const files: Record<string, string> = { csv: `${header}\n${row}\n`, jsonl: `${json}\n` };
  await writeLines(folder, 'plain.csv', [header, row]);
  await queryFiles(
    `COPY (SELECT * FROM read_csv(FILES, all_varchar = true)) TO '${join(folder, 'plain.parquet')}' (FORMAT parquet)`,
    folder,
    'plain.csv',
  );
  await rename(join(folder, 'plain.parquet'), join(folder, `${name}.parquet`));
  for (const [ending, content] of Object.entries(files)) {
    await writeFile(join(folder, `${name}.${ending}`), content);
    await writeFile(join(folder, `${beside}.${ending}`), content.replaceAll('s0', 'other').repeat(2));
  }
  await writeFile(join(folder, `${beside}.parquet`), 'not to be read');
  for (const ending of ['csv', 'jsonl', 'parquet']) {
    const lake = join(folder, `lake-${ending}`);
    const input = join(folder, `${name}.${ending}`);
    expect(await loadEvents({ table: events, lake, inputs: [input] })).toMatchObject({
      rowsIn: 1,
      rowsOut: 1,
      inputs: [{ source: input }],
    });
  }
});

test('a pattern is one where no file has that name', async () => {
  const folder = await temporaryFolder();
  await writeLines(folder, 'part1.csv', [header, row]);
  await writeLines(folder, 'part2.csv', [header, other]);
  const load = (word: string) =>
    loadEvents({ table: events, lake: join(folder, 'lake'), inputs: [join(folder, word)], dryRun: true });
  expect(await load('part[12].csv')).toMatchObject({ rowsIn: 2 });
  await writeLines(folder, 'part[12].csv', [header, row]);
  expect(await load('part[12].csv')).toMatchObject({ rowsIn: 1 });
});

test.each(['lake[1]', 'dt=2020-01-01/price=9/user_id=1/la*ke?'])(
  'a lake in %s is written, merged, compacted, replayed and verified as in any folder',
  async (place) => {
    const folder = await temporaryFolder();
    const plain = join(folder, 'plain');
    const odd = join(folder, place);
    await mkdir(dirname(odd), { recursive: true });
    // What the names would match as patterns: a reader that takes them for one finds these.
    await mkdir(join(folder, 'lake1/events'), { recursive: true });
    const first = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(40, 2), 'too,few']);
    const second = await writeLines(folder, 'b.csv', [header, ...rowsOfDays(40, 2, 40)]);
    for (const lake of [plain, odd]) {
      const table = events;
      await loadEvents({ table, lake, inputs: [first], targetFileSize: '1KB' });
      await loadEvents({ table, lake, inputs: [second], targetFileSize: '1KB' });
      expect(await compactLake({ table, lake })).toMatchObject({ rows: 80 });
      expect(await replayQuarantine({ table, lake })).toMatchObject({ rowsIn: 1, quarantined: 1 });
      expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, rows: 80, leftovers: [] });
    }
    expect(await lakeBytes(odd)).toEqual(await lakeBytes(plain));
    expect(await readdir(join(folder, 'lake1/events'))).toEqual([]);
  },
);

test('partitions of an enum keep its own texts', async () => {
  const folder = await temporaryFolder();
  const kinds = ['NULL', 'null', '2019-1-1', '2019-10-01', '07', '1e3', 'true', 'web'] as const;
  const table = defineEvents('kinds', {
    columns: { at: timestamp(), id: z.int64(), kind: z.enum(kinds) },
    roles: { time: 'at' },
    partitionBy: { columns: ['kind'] },
  });
  const lake = join(folder, 'lake');
  const lines = (offset: number): string[] =>
    kinds.map((kind, index) => `2019-10-01 00:00:00,${offset + index},${kind}`);
  for (const offset of [0, 100]) {
    const inputs = [await writeLines(folder, `${offset}.csv`, ['at,id,kind', ...lines(offset)])];
    expect(await loadEvents({ table, lake, inputs })).toMatchObject({ rowsOut: 8, quarantined: 0 });
  }
  expect(await compactLake({ table, lake })).toMatchObject({ partitions: 8, rows: 16 });
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, rows: 16 });
  const rows = await queryFiles(
    'SELECT id::INT AS id, kind FROM read_parquet(FILES, hive_partitioning = false) ORDER BY id',
    join(lake, 'kinds'),
  );
  expect(rows).toEqual(
    [0, 100].flatMap((offset) => kinds.map((kind, index) => ({ id: offset + index, kind }))),
  );
});
