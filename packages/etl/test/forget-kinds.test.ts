import { join } from 'node:path';
import {
  decimal,
  defineEvents,
  type EventsTable,
  lowerCase,
  mapTexts,
  lake as metadata,
  timestamp,
  trim,
} from '@headwater/core';
import { readLakeState } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { forgetActors, type LoadOptions, lakeStatus, loadEvents, verifyLake } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { queryFiles } from './query-files.ts';
import { valuesWith } from './searched-bytes.ts';

async function fixture(table: EventsTable) {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const load = async (name: string, lines: readonly string[], options: Partial<LoadOptions> = {}) =>
    loadEvents({
      table,
      lake,
      inputs: [await writeLines(folder, name, lines)],
      maxQuarantine: 1,
      ...options,
    });
  const forget = (...actors: readonly string[]) => forgetActors({ table, lake, actors, answerFolders: [] });
  const status = () => lakeStatus({ table, lake });
  return { folder, lake, load, forget, status, verify: () => verifyLake({ table, lake }) };
}

const day = '2024-01-01T00:00:0';

test('a quarantined row is read by the rules of its source', async () => {
  const table = defineEvents('visits', {
    columns: { at: timestamp(), who: z.int64(), amount: decimal(10, 2) },
    roles: { time: 'at', actor: 'who' },
    sources: {
      app: { columns: { member: 'who' } },
      kiosk: { positions: ['at', 'amount'], constants: { who: 4711n } },
    },
  });
  const { lake, load, forget, status, verify } = await fixture(table);
  await load('a.csv', ['at,who,amount', `${day}1Z,77001,1`, `${day}2Z,77001,bad`, `${day}3Z,77002,bad`]);
  await load(
    'b.csv',
    ['at,member,amount', `${day}4Z,77001,1`, `${day}5Z, 77001 ,bad`, `${day}6Z,77002,bad`],
    {
      source: 'app',
    },
  );
  await load('c.csv', [`${day}7Z,1`, `${day}8Z,bad`, `${day}9Z,77001x`], { source: 'kiosk' });
  // By the source of the kiosk every row is of one actor, whatever its text says.
  expect(await forget('77001')).toMatchObject({ rows: 2, quarantined: { byActor: 2, byText: 0 } });
  expect(await status()).toMatchObject({ rows: 1, quarantined: 4 });
  expect(await forget('4711')).toMatchObject({ rows: 1, quarantined: { byActor: 2, byText: 0 } });
  expect(await status()).toMatchObject({ rows: 0, quarantined: 2, files: 0 });
  expect(await valuesWith(lake, '77001')).toEqual([]);
  expect(await verify()).toMatchObject({ ok: true, leftovers: [] });
});

test('UUIDs are found in any spelling, in folders by hour, and in records of JSON', async () => {
  const table = defineEvents('sightings', {
    columns: { at: timestamp(), who: z.uuid(), amount: decimal(10, 2) },
    roles: { time: 'at', actor: 'who' },
    partitionBy: { hour: true },
  });
  const { lake, load, forget, status, verify } = await fixture(table);
  const [one, two] = ['0b9e6a1c-3f6d-4e57-9a52-8d0a4f0f7c11', '0b9e6a1c-3f6d-4e57-9a52-8d0a4f0f7c12'];
  const row = (who: string, hour: number, amount: string) =>
    JSON.stringify({ at: `2024-01-01T0${hour}:00:00Z`, who, amount });
  await load('a.jsonl', [
    ...[row(one, 1, '1'), row(two, 1, '2'), row(one.toUpperCase(), 2, '3'), row(two, 3, '4')],
    ...[row(one, 1, 'bad'), row(two, 1, 'bad'), `{"at": "${day}1Z", "who": "${one.toUpperCase()}", `],
  ]);
  expect(await forget(one.toUpperCase())).toMatchObject({
    ...{ rows: 2, days: 1, quarantined: { byActor: 1, byText: 1 } },
    files: { removed: 3, written: 2 },
  });
  expect(await status()).toMatchObject({ rows: 2, quarantined: 1 });
  expect(await valuesWith(lake, one.slice(-4))).toEqual([]);
  expect(await verify()).toMatchObject({ ok: true, leftovers: [] });
});

test('an id that a later, stricter definition would clean otherwise is found as it is stored', async () => {
  const columns = { at: timestamp(), amount: decimal(10, 2) };
  const roles = { time: 'at', actor: 'who' } as const;
  const table = defineEvents('orders', { columns: { ...columns, who: z.string() }, roles });
  const { lake, load, status } = await fixture(table);
  await load('a.csv', ['at,who,amount', `${day}1Z,Ab1,1`, `${day}2Z,ab1,2`, `${day}3Z,c,3`]);
  const strict = defineEvents('orders', {
    columns: { ...columns, who: z.string().regex(/^[a-z0-9]+$/) },
    roles,
  });
  expect(await forgetActors({ table: strict, lake, actors: ['Ab1'], answerFolders: [] })).toMatchObject({
    rows: 1,
  });
  expect(await status()).toMatchObject({ rows: 2 });
});

test('what a rewritten file would lose has to be allowed', async () => {
  const roles = { time: 'at', actor: 'who' } as const;
  const columns = { at: timestamp(), who: z.int64(), note: z.string().optional() };
  const { lake, load, verify } = await fixture(defineEvents('notes', { columns, roles }));
  await load('a.csv', ['at,who,note', `${day}1Z,1,x`, `${day}2Z,2,y`]);
  const table = defineEvents('notes', { columns: { at: timestamp(), who: z.int64() }, roles });
  const options = { table, lake, actors: ['1'], answerFolders: [] };
  const before = await verify();
  await expect(forgetActors(options)).rejects.toMatchObject({ code: 'SCHEMA_INCOMPATIBLE' });
  expect(await verify()).toEqual(before);
  expect(await forgetActors({ ...options, allow: ['drop-column:note'] })).toMatchObject({ rows: 1 });
  expect(await lakeStatus({ table, lake })).toMatchObject({ rows: 1 });
});

test('large files keep the order of their rows', async () => {
  const table = defineEvents('steps', {
    columns: { at: timestamp(), who: z.int32(), n: z.int32() },
    roles: { time: 'at', actor: 'who' },
    duplicates: { keep: 'all' },
  });
  const { lake, load, forget, verify } = await fixture(table);
  // More rows than a row group has, so that several threads write.
  const lines = Array.from({ length: 400_000 }, (_, n) => `2024-01-01T00:00:00Z,${n % 5},${n}`);
  await load('a.csv', ['at,who,n', ...lines]);
  const numbers = async (): Promise<number[]> => {
    const { files } = await readLakeState(openLakeStore(lake), table.name);
    const rows = await queryFiles(
      `SELECT list(n ORDER BY file_row_number) AS all
       FROM read_parquet('${join(lake, files[0]?.path ?? '')}', hive_partitioning = false, file_row_number = true)`,
      lake,
    );
    return rows[0]?.['all'] as number[];
  };
  const before = await numbers();
  expect(before).toHaveLength(400_000);
  expect(await forget('3', '4')).toMatchObject({ rows: 160_000, files: { removed: 1, written: 1 } });
  expect(await numbers()).toEqual(before.filter((n) => n % 5 < 3));
  expect(await verify()).toMatchObject({ ok: true, rows: 240_000 });
}, 60_000);

test('an id is read as the definition that a file or a rejected row is of reads it', async () => {
  const roles = { time: 'at', actor: 'who' } as const;
  const columns = { at: timestamp(), amount: decimal(10, 2) };
  const then = defineEvents('visits', { columns: { ...columns, who: z.int64() }, roles });
  const now = defineEvents('visits', { columns: { ...columns, who: z.string() }, roles });
  const { folder, lake, load } = await fixture(then);
  const head = 'at,amount,who';
  // The number 11, in a row, a rejected row, a line that could not be split; then another number.
  await load('a.csv', [
    head,
    `${day}1Z,1,011`,
    `${day}2Z,bad,011`,
    '011',
    `${day}3Z,1,110`,
    `${day}3Z,bad,110`,
  ]);
  const options = { table: now, lake, allow: ['change-type:who'] };
  // The text 011, in the same places: another person than 11 by now.
  const texts = [head, `${day}4Z,1,011`, `${day}5Z,bad,011`, '011', `${day}6Z,1,11`];
  await loadEvents({ ...options, inputs: [await writeLines(folder, 'b.csv', texts)], maxQuarantine: 1 });
  const forget = (id: string) => forgetActors({ ...options, actors: [id], answerFolders: [] });
  expect(await forget('11')).toMatchObject({ rows: 2, quarantined: { byActor: 1, byText: 1 } });
  expect(await lakeStatus({ table: now, lake })).toMatchObject({ rows: 2, quarantined: 3 });
  // As a raw file has it: both readings of it are erased, each in the files of its definition.
  expect(await forget('011')).toMatchObject({ rows: 1, quarantined: { byActor: 1, byText: 1 } });
  expect(await lakeStatus({ table: now, lake })).toMatchObject({ rows: 1, quarantined: 1 });
  expect(await valuesWith(lake, '011')).toEqual([]);
});

test('an id that files write as a code is found by its codes', async () => {
  const table = defineEvents('visits', {
    columns: {
      at: timestamp(),
      who: z.string().register(metadata, {
        clean: [trim(), mapTexts({ A7: 'Two', B8: 'two ', C9: 'three' }), trim(), lowerCase()],
      }),
      amount: decimal(10, 2),
    },
    roles: { time: 'at', actor: 'who' },
  });
  const { load, forget, status } = await fixture(table);
  const cut = (who: string) => `"${day}1Z,${who}`;
  await load('a.csv', [
    'at,who,amount',
    ...[`${day}1Z,A7,1`, `${day}2Z,B8,2`, `${day}3Z,C9,3`],
    ...[`${day}4Z, A7,bad`, `${day}5Z,C9,bad`, cut('a7'), cut('B8'), cut('TWO'), cut('C9')],
  ]);
  expect(await forget('two')).toMatchObject({ rows: 2, quarantined: { byActor: 1, byText: 3 } });
  expect(await status()).toMatchObject({ rows: 1, quarantined: 2 });
});
