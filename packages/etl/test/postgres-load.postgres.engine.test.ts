import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  calendarDate,
  lake as column,
  decimal,
  defineEvents,
  type EventsTable,
  timestamp,
} from '@headwater/core';
import { manifestPath } from '@headwater/core/internal';
import { usePostgres } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compactLake, expireDays, forgetActors, loadEvents, loadPostgres } from '../src/index.ts';
import { events, rowsOfDays } from './events-fixture.ts';
import { postgresFixture } from './postgres-fixture.ts';

const postgres = usePostgres();
const fixture = (table: EventsTable = events) => postgresFixture(postgres, table);

/** Runs a program beside this file, and waits for its end without letting anything else go on. */
function runProgram(name: string, argument: string): void {
  const program = fileURLToPath(new URL(name, import.meta.url));
  execFileSync(process.execPath, ['--conditions=@headwater/source', program, argument], { stdio: 'inherit' });
}

test('a load fills a new table, a second one copies nothing, and the table follows the lake', async () => {
  const { add, load, lake, expectSame, query } = await fixture();
  const person = 9_100_000_000_000_000_007n;
  await add([...rowsOfDays(3000, 3), `2019-10-02 00:00:01 UTC,view,1,nike,5,${person},s`, 'cut off']);
  expect(await load({ dryRun: true })).toMatchObject({ isNew: true, files: 3, rows: 3001, totalRows: 3001 });
  expect(await query("SELECT to_regclass('events') AS t, to_regclass('_headwater.loads') AS r")).toEqual([
    { t: null, r: null },
  ]);
  expect(await load()).toMatchObject({
    ...{ target: 'public.events', isNew: true, from: 0, to: 1, files: 3, rows: 3001, totalRows: 3001 },
    ...{ daysReplaced: 0, rowsRemoved: 0, columnsAdded: [], dryRun: false },
  });
  await expectSame();
  expect(await load()).toMatchObject({ isNew: false, from: 1, to: 1, files: 0, rows: 0, totalRows: 3001 });

  // Late rows of a day that is there, and a new day.
  await add(rowsOfDays(400, 4, 50_000));
  expect(await load()).toMatchObject({
    from: 1,
    to: 2,
    files: 4,
    rows: 400,
    daysReplaced: 0,
    totalRows: 3401,
  });
  await expectSame();

  // The lake has the same rows in other files.
  await compactLake({ table: events, lake });
  const compacted = await load();
  expect(compacted).toMatchObject({ from: 2, to: 3, totalRows: 3401 });
  expect(compacted.daysReplaced).toBeGreaterThan(0);
  expect(compacted.rows).toBe(compacted.rowsRemoved);
  await expectSame();

  await forgetActors({ table: events, lake, actors: [String(person)], answerFolders: [] });
  expect(await load()).toMatchObject({ to: 4, daysReplaced: 1, totalRows: 3400 });
  expect(await query(`SELECT count(*)::int AS n FROM events WHERE user_id = ${person}`)).toEqual([{ n: 0 }]);

  await expireDays({ table: events, lake, olderThan: '2019-10-02' });
  const expired = await load();
  expect(expired).toMatchObject({ daysReplaced: 1, files: 0, rows: 0 });
  expect(expired.rowsRemoved).toBe(3400 - expired.totalRows);
  await expectSame();
});

test('values of every kind and every odd text arrive unchanged', async () => {
  const kinds = defineEvents('kinds', {
    columns: {
      at: timestamp(),
      text: z.string().optional(),
      kind: z.enum(['a', "b's", 'c\\d']).optional(),
      flag: z.boolean().optional(),
      small: z.int32().optional(),
      large: z.int64().optional(),
      share: z.number().optional(),
      wide: decimal(38, 10).optional(),
      day: calendarDate().optional(),
      seen: timestamp().optional(),
      session: z.uuid().optional(),
    },
    roles: { time: 'at' },
    duplicates: { keep: 'all' },
  });
  const { folder, lake, load, expectSame, query } = await fixture(kinds);
  const texts = [
    '\\N',
    '\\',
    'a\tb',
    'a\nb',
    'a\r\nb',
    '\\.',
    'x\\ny',
    '"q"',
    "o'brien",
    '😀',
    '',
    ' ',
    '\u2028',
    '\ufeffx',
    '\\t',
  ];
  const rows = [
    ...texts.map((text) => ({ at: '2020-02-29T23:59:59.999Z', text })),
    { at: '0001-01-01T00:00:00Z', kind: 'c\\d', flag: false, small: -2147483648, day: '0001-01-01' },
    { at: '9999-12-31T23:59:59.999Z', kind: "b's", flag: true, small: 2147483647, day: '9999-12-31' },
    {
      at: '2020-01-01T00:00:00Z',
      large: '9223372036854775807',
      share: 1e-300,
      session: '72d76fde-8bb3-4e00-8c23-a032dfed738c',
    },
    {
      at: '2020-01-01T00:00:00Z',
      large: '-9223372036854775808',
      share: 1.7976931348623157e308,
      seen: '1969-12-31T23:59:59.001Z',
    },
    { at: '2020-01-01T00:00:00Z', wide: '9999999999999999999999999999.9999999999', share: 0.1 },
    { at: '2020-01-01T00:00:00Z', wide: '-0.0000000001', share: -0.5 },
    { at: '2020-01-01T00:00:00Z' },
    { at: '2020-01-01T00:00:00Z' },
  ];
  const input = join(folder, 'kinds.jsonl');
  await writeFile(input, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  expect(await loadEvents({ table: kinds, lake, inputs: [input] })).toMatchObject({
    rowsOut: rows.length,
    quarantined: 0,
  });
  await load();
  expect(await expectSame(kinds)).toBe(rows.length);
  const [shown] = await query(
    "SELECT text FROM kinds WHERE text LIKE '%b' AND text LIKE '%' || chr(9) || '%'",
  );
  expect(shown).toEqual({ text: 'a\tb' });

  await writeFile(input, `${JSON.stringify({ at: '2021-01-01T00:00:00Z', text: 'a\u0000b' })}\n`);
  await loadEvents({ table: kinds, lake, inputs: [input] });
  const error = await load().catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'WAREHOUSE_REFUSED', message: expect.stringContaining('U+0000') });
  expect(error).not.toMatchObject({ message: expect.stringContaining('a\\x00b') });
  expect(await query('SELECT count(*)::int AS n FROM kinds')).toEqual([{ n: rows.length }]);
});

/** A table of visits with these columns. */
const visitsOf = (columns: Readonly<Record<string, z.ZodType>>): EventsTable =>
  defineEvents('visits', { columns: { at: timestamp(), ...columns }, roles: { time: 'at' } } as never);
const page = z.string().optional();
const id = z.int32();
const visits = visitsOf({ id, page });

test('a column that the definition got is added, with the values that loaded files have of it', async () => {
  const { add, load, query } = await fixture(visits);
  await add(['2020-01-01 00:00:00,1,home', '2020-01-02 00:00:00,2,'], visits, 'at,id,page');
  await load();
  const more = visitsOf({
    ...{ id, page },
    source: z.string().register(column, { default: 'web\\' }),
    rank: z.int64().optional(),
  });
  // The lake gets rows of the new definition before the table does: an older program still loads it.
  await add(['2020-01-02 00:00:01,3,a,app,7'], more, 'at,id,page,source,rank');
  await load();
  expect(await query('SELECT id FROM visits ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  expect(await load({ table: more })).toMatchObject({
    columnsAdded: ['source', 'rank'],
    daysReplaced: 1,
    totalRows: 3,
  });
  expect(await query('SELECT id, source, rank FROM visits ORDER BY id')).toEqual([
    { id: 1, source: 'web\\', rank: null },
    { id: 2, source: 'web\\', rank: null },
    { id: 3, source: 'app', rank: '7' },
  ]);
  expect(await load({ table: more })).toMatchObject({ columnsAdded: [], files: 0 });
});

test.each([
  {
    change: 'a renamed column',
    table: visitsOf({ id, path: z.string().register(column, { renamedFrom: 'page' }).optional() }),
    message: 'path was called page: ALTER TABLE "public"."visits" RENAME COLUMN "page" TO "path"',
    fix: 'ALTER TABLE visits RENAME COLUMN page TO path',
  },
  {
    change: 'a wider column',
    table: visitsOf({ id: z.int64(), page }),
    message:
      'id is integer, and bigint in the definition: ALTER TABLE "public"."visits" ALTER COLUMN "id" TYPE bigint',
    fix: 'ALTER TABLE visits ALTER COLUMN id TYPE bigint',
  },
  {
    change: 'an optional column',
    table: visitsOf({ id: id.optional(), page }),
    message:
      'id is NOT NULL, and optional in the definition: ALTER TABLE "public"."visits" ALTER COLUMN "id" DROP NOT NULL',
    fix: 'ALTER TABLE visits ALTER COLUMN id DROP NOT NULL',
  },
  {
    change: 'a column that is gone',
    table: visitsOf({ id }),
    message: 'page is no longer in the definition: ALTER TABLE "public"."visits" DROP COLUMN "page"',
    fix: 'ALTER TABLE visits DROP COLUMN page',
  },
])('$change is refused with what to do, and loaded when that is done', async ({ table, message, fix }) => {
  const { add, load, query, expectSame } = await fixture(visits);
  await add(['2020-01-01 00:00:00,1,home'], visits, 'at,id,page');
  await load();
  const error = await load({ table }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'WAREHOUSE_TABLE_DIFFERS', message: expect.stringContaining(message) });
  expect(await query('SELECT count(*)::int AS n FROM visits')).toEqual([{ n: 1 }]);
  await query(fix);
  await load({ table });
  expect(await query('SELECT count(*)::int AS n FROM visits')).toEqual([{ n: 1 }]);
  if (table.schema.columns.some(({ name }) => name === 'page')) await expectSame(table);
});

test('another default is refused, because the rows of older files hold the former one', async () => {
  const { add, load, query } = await fixture(visits);
  await add(['2020-01-01 00:00:00,1,home'], visits, 'at,id,page');
  const from = (source: string) =>
    visitsOf({ id, page, source: z.string().register(column, { default: source }) });
  await load({ table: from('web') });
  await expect(load({ table: from('app') })).rejects.toThrow('source has another default now');
  await load({ table: from('app'), rebuild: true });
  expect(await query('SELECT source FROM visits')).toEqual([{ source: 'app' }]);
});

test('a table whose columns were changed by hand is refused', async () => {
  const { add, load, query, expectSame } = await fixture(visits);
  await add(['2020-01-01 00:00:00,1,home'], visits, 'at,id,page');
  await load();
  await query('ALTER TABLE visits ALTER COLUMN page TYPE bigint USING NULL');
  await query('ALTER TABLE visits DROP COLUMN dt');
  await expect(load()).rejects.toThrow(
    'page is bigint, and text in the definition: load with rebuild. dt is missing or no date: load with rebuild.',
  );
  await load({ rebuild: true });
  await expectSame(visits);
});

test('an event that moves to another day is never there twice, nor refused by the key', async () => {
  const orders = defineEvents('orders', {
    columns: { at: timestamp(), id: z.int64(), state: z.string() },
    roles: { time: 'at' },
    duplicates: { key: ['id'], keep: 'last' },
  });
  const { add, load, expectSame, query } = await fixture(orders);
  const head = 'at,id,state';
  await add(
    ['2020-01-01 10:00:00,1,open', '2020-01-01 11:00:00,2,open', '2020-01-05 11:00:00,3,open'],
    orders,
    head,
  );
  await load();
  await add(['2020-01-03 10:00:00,1,paid', '2020-01-01 00:00:00,3,paid'], orders, head);
  await load();
  await expectSame(orders);
  expect(await query('SELECT id::int, state, dt::text FROM orders ORDER BY id')).toEqual([
    { id: 1, state: 'paid', dt: '2020-01-03' },
    { id: 2, state: 'open', dt: '2020-01-01' },
    { id: 3, state: 'paid', dt: '2020-01-01' },
  ]);
});

test('rows that loads of this lake did not put there are never taken for its own', async () => {
  const one = await fixture();
  await one.add(rowsOfDays(30, 3));
  await one.load();
  const other = await fixture();
  await other.add(rowsOfDays(20, 2, 900));
  await expect(one.load({ lake: other.lake })).rejects.toMatchObject({ code: 'WAREHOUSE_DIVERGED' });

  // A day that has to be replaced lost a row by hand.
  await one.query(
    "DELETE FROM events WHERE ctid IN (SELECT ctid FROM events WHERE dt = '2019-10-01' LIMIT 1)",
  );
  await one.add(rowsOfDays(5, 1, 7000));
  await compactLake({ table: events, lake: one.lake });
  await expect(one.load()).rejects.toThrow('rows of 2019-10-01 are 9, and loads of events put 10 there');
  expect(await one.load({ rebuild: true })).toMatchObject({ isNew: true, totalRows: 35 });
  await one.expectSame();
  expect(await one.load({ rebuild: true, lake: other.lake })).toMatchObject({ totalRows: 20 });
  await one.query('TRUNCATE events');
  await expect(one.load({ lake: other.lake })).rejects.toThrow('it is empty, and loads put 20 rows there');

  const foreign = await fixture();
  await foreign.add(rowsOfDays(5, 1));
  await foreign.query('CREATE TABLE events (event_time timestamp); INSERT INTO events VALUES (now())');
  for (const rebuild of [false, true])
    await expect(foreign.load({ rebuild })).rejects.toMatchObject({ code: 'WAREHOUSE_DIVERGED' });
  await foreign.query('TRUNCATE events');
  await expect(foreign.load()).rejects.toThrow('no load made the table, so choose another schema');
  await expect(foreign.load({ rebuild: true })).rejects.toThrow('no load made it, so it is not dropped');
  expect(await foreign.load({ schema: 'lake' })).toMatchObject({ target: 'lake.events', totalRows: 5 });
  await foreign.query('CREATE VIEW lake.kept AS SELECT * FROM lake.events');
  await expect(foreign.load({ schema: 'lake', rebuild: true })).rejects.toThrow(
    'Drop what depends on the table',
  );
});

test('two loads at once: one waits, or is refused, and no row is there twice', async () => {
  const { add, load, expectSame } = await fixture();
  await add(rowsOfDays(4000, 8));
  const both = await Promise.all([load(), load()]);
  expect(both.map(({ rows }) => rows).sort()).toEqual([0, 4000].sort());
  await expectSame();
  let refused: Promise<unknown> | undefined;
  await load({
    rebuild: true,
    onProgress: () => {
      refused ??= load({ lockTimeoutSeconds: 0 }).catch((error: unknown) => error);
    },
  });
  // It began while the other held the lock, and may have looked after that ended.
  const outcome = await refused;
  expect(outcome).toSatisfy(
    (one) => (one as { code?: string }).code === 'WAREHOUSE_BUSY' || (one as { rows?: number }).rows === 0,
  );
  await expectSame();
});

test('a lake that is compacted while it is loaded is loaded all the same', async () => {
  const { add, load, lake, expectSame } = await fixture();
  for (const offset of [0, 10_000, 20_000]) await add(rowsOfDays(900, 6, offset));
  let compacted = false;
  const report = await load({
    onProgress() {
      if (compacted) return;
      compacted = true;
      runProgram('compact-once.ts', lake);
    },
  });
  expect(report).toMatchObject({ to: 4, totalRows: 2700 });
  expect(await expectSame()).toBe(2700);
});

test('a file that is not what was committed is not loaded', async () => {
  const { add, load, lake, query } = await fixture();
  await add(rowsOfDays(20, 2));
  await load();
  await add(rowsOfDays(20, 2, 500));
  const path = join(lake, manifestPath('events', 2));
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/"rows": ?10\b/, '"rows":11'));
  await expect(load()).rejects.toThrow('PostgreSQL stored 10 rows of it, and the manifest has 11');
  expect(await query('SELECT count(*)::int AS n FROM events')).toEqual([{ n: 20 }]);
  await writeFile(path, text);
  const file = /"path": ?"([^"]+)"/.exec(text)?.[1] ?? '';
  const bytes = await readFile(join(lake, file));
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  await writeFile(join(lake, file), bytes);
  await expect(load()).rejects.toMatchObject({ code: 'LAKE_CORRUPT' });
  await rm(join(lake, file));
  await expect(load()).rejects.toThrow('is missing');
  expect(await query('SELECT count(*)::int AS n FROM events')).toEqual([{ n: 20 }]);
});

test('months are made as rows need them', async () => {
  const { add, load, expectSame, query } = await fixture();
  await add(rowsOfDays(6, 60));
  await load({ partition: 'month' });
  await add(rowsOfDays(9, 90, 5000));
  await load();
  await expectSame();
  const parts = await query(
    "SELECT inhrelid::regclass::text AS part FROM pg_inherits WHERE inhparent = 'events'::regclass ORDER BY 1",
  );
  expect(parts.map(({ part }) => part)).toEqual(['events_2019_10', 'events_2019_11', 'events_2019_12']);
  await query('CREATE SCHEMA taken; CREATE TABLE taken.events_2019_10 (id int)');
  await expect(load({ schema: 'taken', partition: 'month' })).rejects.toThrow('rename it');
});

test('a database that cannot be reached, or refuses, is named without the password', async () => {
  const { add, lake, url, query } = await fixture();
  await add(rowsOfDays(5, 1));
  await query("CREATE ROLE reader LOGIN PASSWORD 'hidden word'");
  const other = (change: (url: URL) => void): string => {
    const changed = new URL(url);
    change(changed);
    return changed.href;
  };
  const cases = [
    [
      other((one) => Object.assign(one, { password: 'hidden%20guess' })),
      'WAREHOUSE_UNREACHABLE',
      'Check the user and the password',
    ],
    [
      other((one) => Object.assign(one, { pathname: '/nowhere' })),
      'WAREHOUSE_UNREACHABLE',
      'Create the database',
    ],
    [other((one) => Object.assign(one, { port: '1' })), 'WAREHOUSE_UNREACHABLE', 'load again'],
    [
      other((one) => Object.assign(one, { username: 'reader', password: 'hidden%20word' })),
      'WAREHOUSE_REFUSED',
      'Grant the user CREATE',
    ],
    ['mysql://me:hidden@localhost/x', 'OPTION_INVALID', 'postgres://'],
    ['postgres//me:hidden@localhost/x', 'OPTION_INVALID', 'postgres://'],
  ] as const;
  for (const [address, code, message] of cases) {
    const error = await loadPostgres({ table: events, lake, url: address }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(JSON.stringify(error)).not.toContain('hidden');
  }
  await query('DROP ROLE reader');
});

test('a load that is stopped says so, and the next one resumes it', async () => {
  const { add, load, expectSame, query } = await fixture();
  for (const offset of [0, 10_000]) await add(rowsOfDays(3000, 3, offset));
  const controller = new AbortController();
  await expect(
    load({ signal: controller.signal, onProgress: () => controller.abort() }),
  ).rejects.toMatchObject({ code: 'INTERRUPTED' });
  await expect(load({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'INTERRUPTED' });
  await expect(
    load({
      onProgress: () => {
        throw new Error('mine');
      },
    }),
  ).rejects.toMatchObject({ code: 'CALLBACK_FAILED' });
  expect(await query('SELECT sequence::int FROM _headwater.loads')).toEqual([{ sequence: 0 }]);
  await load();
  await expectSame();
});

test('a load whose session the server ends says so, and the next one resumes it', async () => {
  const { add, load, expectSame, url } = await fixture();
  await add(rowsOfDays(3000, 3));
  let ended = false;
  const onProgress = () => {
    if (!ended) runProgram('end-sessions-once.ts', url);
    ended = true;
  };
  await expect(load({ onProgress })).rejects.toMatchObject({ code: 'WAREHOUSE_UNREACHABLE' });
  await load();
  expect(await expectSame()).toBe(3000);
});
