import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { defineEvents, isHeadwaterError, lake as metadata } from '@headwater/core';
import { readLakeState } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type AdoptOptions, adoptLanding, loadEvents, replayQuarantine, verifyLake } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { clicks, columns, events, records } from './hive/landed-events.ts';

// The Parquet files are recorded ones of Hive's writer: adopt-hive-files.spark.engine.test.ts writes them, and compares.
const hive = (form: string): string => join(import.meta.dirname, 'hive', `${form}.parquet`);

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});
const rows = async (sql: string) => {
  await connection.run("SET TimeZone = 'UTC'");
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
};

async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
async function place(form: string, landing: string, path: string): Promise<void> {
  const to = join(landing, path);
  await mkdir(dirname(to), { recursive: true });
  await copyFile(hive(form), to);
}
const errorOf = (record: string): string =>
  `${JSON.stringify({ attemptsMade: 1, errorCode: '400', errorMessage: 'no', rawData: Buffer.from(record).toString('base64') })}\n`;

async function project() {
  const folder = await temporaryFolder();
  const [lake, landing] = [join(folder, 'lake'), join(folder, 'landing')];
  return {
    folder,
    lake,
    landing,
    adopt: (options: Partial<AdoptOptions> = {}) =>
      adoptLanding({ table: clicks, lake, landing, ...options }),
    /** The rows of the lake as texts, with nulls left out: the form of `events`. */
    stored: async () =>
      (
        await rows(
          `SELECT strftime(t."at", '%Y-%m-%dT%H:%M:%S.%gZ') AS "at", kind::VARCHAR AS kind, user_id::VARCHAR AS user_id, "count"::VARCHAR AS "count",
            price::VARCHAR AS price, rate::VARCHAR AS rate, share::VARCHAR AS share, gift::VARCHAR AS gift, "day"::VARCHAR AS "day",
            session::VARCHAR AS session, note FROM read_parquet('${lake}/clicks/**/*.parquet', hive_partitioning = false) AS t ORDER BY t."at"`,
        )
      ).map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))),
  };
}

test("events of Hive's writer are in the lake as they were, to the millisecond, and are not cleaned twice", async () => {
  const { lake, landing, adopt, stored } = await project();
  await place('cleaned', landing, 'cleaned/dt=2020-02-29/clicks-1-2020-02-29-23-59-59-0b0c');
  const report = await adopt();
  const none = { duplicates: 0, quarantined: 0, filtered: 0 };
  expect(report).toMatchObject({ rowsIn: events.length, rowsOut: events.length, ...none });
  expect(report.parts.map(({ part }) => part)).toEqual(['cleaned']);
  expect(await stored()).toEqual(events);
  // In the lake's form: times of 64 bits with statistics, in folders of their own days.
  const files = `'${lake}/clicks/**/*.parquet'`;
  expect(
    await rows(
      `SELECT DISTINCT type, stats_min IS NOT NULL AS has FROM parquet_metadata(${files}) WHERE path_in_schema = 'at'`,
    ),
  ).toEqual([{ type: 'INT64', has: true }]);
  expect(await verifyLake({ table: clicks, lake })).toMatchObject({ problems: [] });
});

test('clean events that the definition rules out by now are in the quarantine, with the reason', async () => {
  const { lake, landing, adopt, stored } = await project();
  await place('cleaned', landing, 'cleaned/dt=2020-02-29/first');
  // As a text of a file, buy would be view: a clean value is what it is.
  const kind = z.enum(['view', 'cart']).register(metadata, { map: { buy: 'view' } });
  const narrower = defineEvents('clicks', { columns: { ...columns, kind }, roles: { time: 'at' } });
  const report = await adopt({ table: narrower });
  expect(report).toMatchObject({ rowsIn: 9, rowsOut: 8, quarantined: 1 });
  expect(report.parts[0]?.report.reasons).toEqual({ 'kind:not_one_of': 1 });
  const quarantined = await rows(
    `SELECT reasons FROM read_parquet('${lake}/clicks__quarantine/**/*.parquet')`,
  );
  expect(quarantined).toEqual([{ reasons: [{ column: 'kind', code: 'not_one_of' }] }]);
  expect(await stored()).toHaveLength(8);
});

test('what was adopted is not adopted again, and what has arrived since is', async () => {
  const { lake, landing, adopt } = await project();
  await place('cleaned', landing, 'cleaned/dt=2020-02-29/first');
  await adopt();
  await put(join(landing, 'errors/records/processing-failed/dt=2020-03-01/e'), errorOf('{"at":'));
  // The same content under another name: Firehose delivers a buffer again when it does not see the answer of S3.
  await place('cleaned', landing, 'cleaned/dt=2020-02-29/second');
  expect(await adopt()).toMatchObject({ rowsIn: 1, rowsOut: 0, quarantined: 1 });
  const { sequence } = await readLakeState(openLakeStore(lake), 'clicks');
  expect(await adopt()).toMatchObject({ rowsIn: 0, rowsOut: 0 });
  expect((await readLakeState(openLakeStore(lake), 'clicks')).sequence).toBe(sequence);
});

test('batch and stream are one table: an event that came by both is a duplicate', async () => {
  const { folder, lake, landing, adopt, stored } = await project();
  // At 02:30 of that night the clock of Rome leaves the time out: the batch has it by its offset.
  const header = 'at,kind,user_id,price,rate,share,gift,day,session,note,count';
  const [, , , , , event] = events;
  const line = [
    ...[event.at, event.kind, event.user_id, event.price, event.rate, event.share, event.gift, event.day],
    ...[event.session, `"${event.note}"`, event.count],
  ].join(',');
  const batch = await writeLines(folder, 'batch.csv', [
    header,
    line,
    `2020-03-01T00:00:00.000Z,buy,99${','.repeat(8)}`,
  ]);
  await loadEvents({ table: clicks, lake, inputs: [batch] });
  await place('cleaned', landing, 'cleaned/dt=2020-02-29/first');
  expect(await adopt()).toMatchObject({ rowsIn: 9, rowsOut: 8, duplicates: 1 });
  expect(await stored()).toHaveLength(10);
  expect(await verifyLake({ table: clicks, lake })).toMatchObject({ problems: [] });
});

test('records that landed as texts are cleaned by the definition, once', async () => {
  const { landing, adopt, stored } = await project();
  await place('records', landing, 'records/dt=2020-02-29/first');
  const report = await adopt();
  expect(report).toMatchObject({ rowsIn: records.length, rowsOut: 2, quarantined: 2 });
  expect(report.parts[0]?.report.reasons).toEqual({
    'at:not_in_time_format': 1,
    'user_id:not_an_integer': 1,
  });
  expect(await stored()).toEqual([
    // The code v is view; as a clean value it would be cart. The zone is that of the definition.
    { at: '2020-02-29T22:59:59.999Z', kind: 'view', user_id: '12', price: '1.10' },
    { at: '2020-03-29T01:30:00.000Z', kind: 'cart', user_id: '13', note: 'the clock leaves it out' },
  ]);
});

test('records that failed are events where nothing is wrong with them, and in the quarantine otherwise, for a replay', async () => {
  const { lake, landing, adopt, stored } = await project();
  const failed = 'errors/cleaned/processing-failed/dt=2020-03-01';
  await put(
    join(landing, failed, 'e1'),
    [
      '{"at":"2020-03-01T00:00:00.000Z","kind":"v","user_id":1}\n',
      '{"at":"2020-03-01T00:00:00.001Z","kind":"sell","user_id":2}',
      '{"at":"2020-03-01',
      '',
    ]
      .map(errorOf)
      .join(''),
  );
  // What the transform wrote, when its table was missing: clean, so that its codes stay.
  await put(
    join(landing, 'errors/cleaned/format-conversion-failed/dt=2020-03-01/e2'),
    errorOf('{"at":"2020-03-01T00:00:00.002Z","kind":"view","user_id":3}\n'),
  );
  const report = await adopt();
  expect(report).toMatchObject({ rowsIn: 5, rowsOut: 2, quarantined: 3 });
  expect(report.parts.map(({ part, report: { rowsIn } }) => [part, rowsIn])).toEqual([
    ['failed', 4],
    ['unconverted', 1],
  ]);
  expect((await stored()).map(({ user_id, kind }) => [user_id, kind])).toEqual([
    ['1', 'view'],
    ['3', 'view'],
  ]);
  const quarantined = await rows(
    `SELECT raw FROM read_parquet('${lake}/clicks__quarantine/**/*.parquet') ORDER BY raw`,
  );
  expect(quarantined.map(({ raw }) => String(raw).slice(0, 40))).toEqual([
    '{"at":"2020-03-01',
    '{"at":"2020-03-01T00:00:00.001Z","kind":',
    '{"attemptsMade":1,"errorCode":"400","err',
  ]);
  const replayed = await replayQuarantine({ table: clicks, lake });
  expect(replayed).toMatchObject({ rowsIn: 3, quarantined: 3 });
});

test('too many rejected records are refused where they landed, and not where they failed', async () => {
  const { landing, adopt } = await project();
  await place('records', landing, 'records/dt=2020-02-29/first');
  await expect(adopt({ maxQuarantine: 0.1 })).rejects.toMatchObject({ code: 'QUARANTINE_EXCEEDED' });
});

test('a folder that is not laid out as ours is adopted as what it is said to be', async () => {
  const { landing, adopt, stored } = await project();
  await place('cleaned', landing, '2020/02/29/23/clicks-1.parquet');
  await expect(adopt()).rejects.toMatchObject({
    code: 'INPUT_NOT_FOUND',
    message: expect.stringContaining('--as'),
  });
  await adopt({ as: 'cleaned' });
  expect(await stored()).toEqual(events);
});

test('Parquet among records that failed is refused by its name, with what adopting it takes', async () => {
  const { landing, adopt } = await project();
  await put(join(landing, 'first'), errorOf('{}'));
  await place('cleaned', landing, 'second');
  await expect(adopt({ as: 'failed' })).rejects.toMatchObject({
    code: 'INPUT_UNREADABLE',
    message: expect.stringMatching(/second.*a folder of its own.*--as cleaned/s),
  });
});

test('a dry run changes nothing', async () => {
  const { lake, landing, adopt } = await project();
  await place('cleaned', landing, 'cleaned/dt=2020-02-29/first');
  expect(await adopt({ dryRun: true })).toMatchObject({ rowsIn: events.length, dryRun: true });
  await expect(readFile(join(lake, '_headwater/clicks/1.json'))).rejects.toThrow('ENOENT');
});

test('a stopped adoption leaves the parts that it has committed, and the next one does the rest', async () => {
  const { landing, adopt, stored } = await project();
  await place('cleaned', landing, 'cleaned/dt=2020-02-29/first');
  await put(
    join(landing, 'errors/cleaned/processing-failed/dt=2020-03-01/e'),
    errorOf('{"at":"2020-03-01T00:00:00.000Z","kind":"v","user_id":1}'),
  );
  const stop = new AbortController();
  const stopped = adopt({
    signal: stop.signal,
    onProgress: ({ phase, source }) => {
      if (phase === 'read' && source?.includes('errors')) stop.abort();
    },
  });
  await expect(stopped).rejects.toSatisfy((error) => isHeadwaterError(error, 'INTERRUPTED'));
  expect(await stored()).toEqual(events);
  expect(await adopt()).toMatchObject({ rowsIn: 1, rowsOut: 1 });
  expect(await stored()).toHaveLength(events.length + 1);
});
