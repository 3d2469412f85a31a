import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  lake as column,
  decimal,
  defineEvents,
  type EventsTable,
  lowerCase,
  timestamp,
  trim,
} from '@headwater/core';
import { readLakeHistory, readLakeState } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { forgetActors, lakeStatus, loadEvents, replayQuarantine, verifyLake } from '../src/index.ts';
import { events, header, lakeBytes, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { queryFiles } from './query-files.ts';
import { bytesWith, valuesWith } from './searched-bytes.ts';

const person = 9_100_000_000_000_000_007n;
/** A row of the person, on the n-th second of a day. */
const own = (day: number, second: number, price = '5.00') =>
  `2019-10-0${day} 00:00:${String(10 + second)} UTC,view,1,nike,${price},${person},s`;

async function fixture(table: EventsTable = events) {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const answers = join(folder, 'answers');
  const load = async (name: string, rows: readonly string[], head = header) =>
    loadEvents({ table, lake, inputs: [await writeLines(folder, name, [head, ...rows])], maxQuarantine: 1 });
  const forget = (actors: readonly string[], dryRun = false) =>
    forgetActors({ table, lake, actors, dryRun, answerFolders: [answers] });
  /** Every row that the lake holds, file by file, in the order of the files. */
  const rows = async (): Promise<string[]> => {
    const { files } = await readLakeState(openLakeStore(lake), table.name);
    const found: string[] = [];
    for (const { path } of files) {
      const some = await queryFiles(
        `SELECT to_json(t)::VARCHAR AS row FROM read_parquet('${join(lake, path)}', hive_partitioning = false) t`,
        lake,
      );
      found.push(...some.map(({ row }) => String(row)));
    }
    return found;
  };
  return { folder, lake, answers, load, forget, rows, table };
}

test('the rows of an actor leave lake and quarantine; all others keep their values and their order', async () => {
  const { lake, load, forget, rows, table } = await fixture();
  const broken = `2019-10-01 00:00:01 UTC,view,1,"${person},s`;
  await load('a.csv', [
    ...[own(1, 1), own(2, 2), own(2, 3)],
    ...rowsOfDays(400, 4),
    ...[own(1, 4, '-1'), `2019-10-01 00:00:01 UTC,view,x,,1,10,s`, broken, 'cut off'],
  ]);
  // A second file in the folder of a day, without the person.
  await load('b.csv', rowsOfDays(40, 1, 5000));
  const before = await rows();
  const files = Object.keys(await lakeBytes(lake));
  const dry = await forget([String(person)], true);
  expect(dry).toMatchObject({
    dryRun: true,
    ...{ actors: 1, rows: 3, days: 2, quarantined: { byActor: 1, byText: 1 }, commits: [] },
  });
  expect(await rows()).toEqual(before);
  expect(Object.keys(await lakeBytes(lake))).toEqual(files);

  const receipt = await forget([` ${person} `]);
  expect(receipt).toMatchObject({
    ...{ dryRun: false, rows: 3, days: 2, quarantined: { byActor: 1, byText: 1 }, commits: [3], sequence: 3 },
    files: { searched: 6, removed: 3, written: 3 },
    ...{ unsettled: [], namedIn: [], versions: null, traffic: null, otherPersonalColumns: [] },
  });
  expect(JSON.stringify(receipt)).not.toContain(String(person));
  expect(await rows()).toEqual(before.filter((row) => !row.includes(String(person))));
  // Files that held no such row stay as they are: two other days, and the second file of the first.
  expect(Object.keys(await lakeBytes(lake)).filter((path) => files.includes(path))).toHaveLength(3);
  expect(await valuesWith(lake, String(person))).toEqual([]);
  expect(await bytesWith(lake, String(person))).toEqual([]);
  const [, , commit] = await readLakeHistory(openLakeStore(lake), table.name);
  expect(commit).toMatchObject({ operation: 'forget', erased: 3, discarded: 2, rowsOut: 0, inputs: [] });
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, problems: [], leftovers: [] });
  const status = await lakeStatus({ table, lake });
  expect(status).toMatchObject({ rows: 440, quarantined: 2, inputs: 2 });
  expect(status.runs.at(-1)).toMatchObject({ operation: 'forget', erased: 3, discarded: 2 });

  // Again, there is nothing to do, and no commit.
  expect(await forget([String(person)])).toMatchObject({ rows: 0, commits: [], sequence: 3 });
  // The file stays known, and a replay brings nobody back.
  expect(
    (await load('a.csv', (await readFile(join(lake, '..', 'a.csv'), 'utf8')).trim().split('\n').slice(1)))
      .inputs[0],
  ).toMatchObject({
    skipped: true,
  });
  await replayQuarantine({ table, lake });
  expect(await valuesWith(lake, String(person))).toEqual([]);
});

test('several actors; a day of theirs alone is gone, and its file with it', async () => {
  const { lake, load, forget, table } = await fixture();
  const others = rowsOfDays(10, 1);
  await load('a.csv', [own(3, 1), own(3, 2), ...others]);
  const first = 2_053_013_552_326_770_905n;
  expect(await forget([String(person), String(first), String(first + 1n), '77'])).toMatchObject({
    ...{ actors: 4, rows: 4, days: 2, files: { removed: 2, written: 1 } },
  });
  expect(await lakeStatus({ table, lake })).toMatchObject({ rows: 8, days: { count: 1 } });
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, leftovers: [] });
});

test('an id that is no value of the column is refused, and not shown', async () => {
  const { load, forget } = await fixture();
  await load('a.csv', rowsOfDays(4, 1));
  const error = await forget(['7', 'secret@example.com']).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'OPTION_INVALID',
    payload: { option: 'actor', value: 'number 2 of 2', expected: 'a value of events.user_id (BIGINT)' },
  });
  expect(String(error)).not.toContain('secret');
  await expect(forget([])).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  await expect(forget([' '])).rejects.toMatchObject({ code: 'OPTION_INVALID' });
});

test('a table without actors, and a lake without commits, are refused', async () => {
  const { lake, forget } = await fixture();
  await expect(forget(['7'])).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
  const table = defineEvents('readings', {
    columns: { at: timestamp(), value: decimal(10, 2) },
    roles: { time: 'at' },
  });
  await expect(forgetActors({ table, lake, actors: ['7'] })).rejects.toMatchObject({
    code: 'ROLE_MISSING',
    payload: { missing: ['actor'] },
  });
});

const members = defineEvents('members', {
  columns: {
    at: timestamp(),
    member: z
      .string()
      .register(column, { clean: [trim(), lowerCase()], pii: 'direct' })
      .optional(),
    address: z.string().register(column, { pii: 'direct' }).optional(),
    amount: decimal(10, 2),
  },
  roles: { time: 'at', actor: 'member' },
});
const membersHeader = 'at,member,address,amount';

test('an id is read as raw files are; rows without an actor, and rows that only name one, stay in the lake', async () => {
  const { lake, load, forget, rows, table } = await fixture(members);
  const at = '2024-01-01 00:00:00';
  await load(
    'a.csv',
    [
      `${at},U-12,x,1`,
      `${at}, u-12 ,y,2`,
      `${at},u-123,z,3`,
      `${at},,u-12,4`,
      // Rejected: by its actor, by a word where it has none, and those that stay.
      `${at},U-12,x,none`,
      `${at},,to U-12!,none`,
      `${at},,to U-123,none`,
      `${at},u-123,about u-12,none`,
    ],
    membersHeader,
  );
  expect(await forget(['u-12'])).toMatchObject({
    ...{
      rows: 2,
      days: 1,
      quarantined: { byActor: 1, byText: 1 },
      otherPersonalColumns: ['address (direct)'],
    },
  });
  expect((await rows()).map((row) => JSON.parse(row).amount)).toEqual([3, 4]);
  expect(await lakeStatus({ table, lake })).toMatchObject({ rows: 2, quarantined: 2 });
});

test.each([
  ['doubled quotes of CSV', z.string(), 'u"1', ['u""1,cut', 'u""12,cut']],
  [
    'escapes of JSON',
    z.string(),
    'M\u00fcller/"x"',
    [String.raw`{"who":"M\u00FCLLER\/\"x\"",,}`, '{"who":"x",,}'],
  ],
  ['zeros before a number', z.int64(), '7', ['007,cut', '1007,cut']],
  [
    'a number in groups',
    z.int64().register(column, { numberFormat: { decimal: '.', group: "'" } }),
    '1234567',
    ["1'234'567,cut", "1'234'5670,cut"],
  ],
  [
    'a UUID without hyphens',
    z.uuid(),
    '0190a1b2-c3d4-7000-8000-0123456789ab',
    ['0190A1B2C3D4700080000123456789AB,cut', '1190A1B2C3D4700080000123456789AB,cut'],
  ],
] as const)('an id in a line that nothing could split is found: %s', async (_, who, id, [own, other]) => {
  const { lake, load, forget } = await fixture(
    defineEvents('cuts', {
      columns: { who, at: timestamp(), x: z.string() },
      roles: { time: 'at', actor: 'who' },
    }),
  );
  const isJson = own.startsWith('{');
  await (isJson ? load('a.jsonl', [other], own) : load('a.csv', [own, other], 'who,at,x'));
  expect(await forget([id])).toMatchObject({ rows: 0, quarantined: { byActor: 0, byText: 1 } });
  const left = await queryFiles(
    `SELECT raw FROM read_parquet('${lake}/cuts__quarantine/**/*.parquet')`,
    lake,
  );
  expect(left).toEqual([{ raw: other }]);
});

test('of equal rows that a table keeps, none is lost with the file that becomes equal to another', async () => {
  const table = defineEvents('lines', {
    columns: { at: timestamp(), who: z.int32(), amount: decimal(10, 2) },
    roles: { time: 'at', actor: 'who' },
    duplicates: { keep: 'all' },
  });
  const { lake, load, forget } = await fixture(table);
  const at = '2024-01-01 00:00:00';
  await load('a.csv', [`${at},1,5`, `${at},7,5`], 'at,who,amount');
  await load('b.csv', [`${at},1,5`, `${at},8,5`], 'at,who,amount');
  await load('c.csv', [`${at},1,5`], 'at,who,amount');
  expect(await forget(['7', '8'])).toMatchObject({ rows: 2 });
  expect(await lakeStatus({ table, lake })).toMatchObject({ rows: 3, files: 1 });
  expect(await verifyLake({ table, lake })).toMatchObject({ ok: true, leftovers: [] });
});

test("files of an earlier definition are found by the column's former name and type", async () => {
  const columns = { at: timestamp(), amount: decimal(10, 2) };
  const roles = { time: 'at' } as const;
  const then = defineEvents('visits', {
    columns: { ...columns, who: z.int32() },
    roles: { ...roles, actor: 'who' },
  });
  const now = defineEvents('visits', {
    columns: { ...columns, visitor: z.int64().register(column, { renamedFrom: 'who' }) },
    roles: { ...roles, actor: 'visitor' },
  });
  const { folder, lake, load } = await fixture(then);
  const at = '2024-01-01 00:00:00';
  await load('a.csv', [`${at},5,1`, `${at},5,2`, `${at},5,bad`], 'at,amount,who');
  await loadEvents({
    table: now,
    lake,
    inputs: [await writeLines(folder, 'b.csv', ['at,amount,visitor', `${at},5,2`, `${at},6,3`])],
  });
  const receipt = await forgetActors({ table: now, lake, actors: ['2'], answerFolders: [] });
  // The row of b.csv is a duplicate of one of a.csv.
  expect(receipt).toMatchObject({ rows: 1 });
  expect(await lakeStatus({ table: now, lake })).toMatchObject({ rows: 2 });
  expect(await verifyLake({ table: now, lake })).toMatchObject({ ok: true });
});

test('after a replay that committed, ids are still read as the first definition did', async () => {
  const columns = { at: timestamp(), amount: decimal(10, 2) };
  const roles = { time: 'at', actor: 'who' } as const;
  const then = defineEvents('visits', { columns: { ...columns, who: z.int32() }, roles });
  const now = defineEvents('visits', { columns: { ...columns, who: z.string() }, roles });
  const { lake, load } = await fixture(then);
  const at = '2024-01-01 00:00:00';
  await load('a.csv', [`${at},bad,011`, `${at},bad,11x`, `${at},1,x`, `${at},2,3`], 'at,amount,who');
  const replayed = await replayQuarantine({ table: now, lake });
  expect(replayed).toMatchObject({ rowsOut: 1, quarantined: 2 });
  const receipt = await forgetActors({ table: now, lake, actors: ['11'], answerFolders: [] });
  expect(receipt).toMatchObject({ rows: 0, quarantined: { byActor: 1, byText: 0 } });
  expect(await valuesWith(lake, '011')).toEqual([]);
});

test('cached answers go, and nothing else in their folder; names of inputs that have an id are reported', async () => {
  const { load, forget, answers } = await fixture();
  await mkdir(answers);
  for (const name of ['ab'.repeat(32), `${'ab'.repeat(32)}.uuid.draft`, 'notes.txt'])
    await writeFile(join(answers, name), 'x');
  await load(`export-${person}.csv`, [own(1, 1), ...rowsOfDays(4, 1)]);
  await load('other.csv', rowsOfDays(8, 1));
  expect(await forget([String(person)])).toMatchObject({
    caches: { files: 0, answers: 2 },
    namedIn: ['_headwater/events/00000001.json'],
  });
  expect(await readdir(answers)).toEqual(['notes.txt']);
});

test('what a run left that died after its commit is gone after the next erasure', async () => {
  const { lake, load, forget } = await fixture();
  await load('a.csv', [own(1, 1), ...rowsOfDays(4, 1)]);
  const [[path, hex] = ['', '']] = Object.entries(await lakeBytes(lake));
  await forget([String(person)]);
  await writeFile(join(lake, path), Buffer.from(hex, 'hex'));
  expect(await valuesWith(lake, String(person))).not.toEqual([]);
  expect(await forget([String(person)])).toMatchObject({ rows: 0, unsettled: [] });
  expect(await valuesWith(lake, String(person))).toEqual([]);
  await rm(lake, { recursive: true });
});
