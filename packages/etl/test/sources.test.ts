import { join } from 'node:path';
import { decimal, defineEvents, isHeadwaterError, lake as metadata, timestamp } from '@headwater/core';
import { readLakeHistory } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { lakeStatus, loadEvents, replayQuarantine, verifyLake } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { lakeRows } from './lake-rows.ts';

const columns = {
  session: z.int64(),
  event_time: timestamp(),
  product: z.int64(),
  action: z.enum(['view', 'purchase']),
  price: decimal(12, 2).min(0).optional(),
  quantity: z.int32().optional(),
  category: z.string().optional(),
};
const roles = {
  time: 'event_time',
  action: 'action',
  session: 'session',
  actor: 'session',
  item: 'product',
  category: 'category',
  amount: 'price',
  quantity: 'quantity',
} as const;

const shop = defineEvents('shop', {
  columns,
  roles,
  sources: {
    clicks: {
      positions: ['session', 'event_time', 'product', 'category'],
      constants: { action: 'view' },
      where: { category: { not: 'test' } },
    },
    buys: {
      positions: ['session', 'event_time', 'product', 'price', 'quantity'],
      constants: { action: 'purchase' },
    },
    refunds: {
      columns: { 'Item ID': 'product', at: 'event_time' },
      constants: { action: 'purchase', quantity: -1 },
    },
  },
});

const clicks = [
  '1,2014-04-07T10:51:09.277Z,214536502,0',
  '1,2014-04-07T10:54:09.868Z,214536500,S',
  '2,2014-04-07T13:56:37.614Z,214662742,test',
  '2,2014-04-07T13:57:19.373Z,214662742,test',
  '2,not a time,214662742,0',
  '3,2014-04-07T13:58:37.446Z,214825110,0,one too many',
  '3,2014-04-07T13:59:50.710Z,214825110',
  '3,2014-04-08T00:00:00.000Z,214825110,12',
];
const buys = ['1,2014-04-07T11:00:00.000Z,214536500,12462,1', '3,2014-04-08T00:10:00.000Z,214825110,-3,2'];

test('a source by position gives its columns, its constants and its conditions', async () => {
  const folder = await temporaryFolder();
  const lake = `${folder}/lake`;
  const file = await writeLines(folder, 'clicks.dat', clicks);
  const report = await loadEvents({ table: shop, lake, inputs: [file], source: 'clicks' });
  expect(report).toMatchObject({ source: 'clicks', rowsIn: 8, rowsOut: 3, duplicates: 0, quarantined: 3 });
  expect(report.filtered).toBe(2);
  expect(report.inputs[0]).toMatchObject({ filtered: 2, absent: ['price', 'quantity'], unread: [] });
  expect(report.reasons).toEqual({
    'event_time:not_a_timestamp': 1,
    'line:too_few_fields': 1,
    'line:too_many_fields': 1,
  });
  expect(await lakeRows(lake, 'shop')).toEqual([
    '1 2014-04-07 10:51:09.277 214536502 view null null 0',
    '1 2014-04-07 10:54:09.868 214536500 view null null S',
    '3 2014-04-08 00:00:00 214825110 view null null 12',
  ]);
  // The lines of rejected rows count the filtered ones.
  const places = await lakeRows(lake, 'shop__quarantine', 'line, source_name');
  expect(places).toEqual(['5 clicks', '6 clicks', '7 clicks']);
  const [manifest] = await readLakeHistory(openLakeStore(lake), 'shop');
  expect(manifest).toMatchObject({ rowsIn: 8, filtered: 2 });
  expect(manifest?.inputs[0]).toMatchObject({ sourceName: 'clicks', filtered: 2 });
  expect((await verifyLake({ table: shop, lake })).problems).toEqual([]);
  expect((await lakeStatus({ table: shop, lake })).runs[0]).toMatchObject({ filtered: 2 });
});

test('the same file is skipped under the same source, and is another input under another one', async () => {
  const folder = await temporaryFolder();
  const lake = `${folder}/lake`;
  const both = defineEvents('shop', {
    columns,
    roles,
    sources: {
      views: { positions: ['session', 'event_time', 'product'], constants: { action: 'view' } },
      buys: { positions: ['session', 'event_time', 'product'], constants: { action: 'purchase' } },
    },
  });
  const file = await writeLines(folder, 'events.dat', [
    '1,2014-04-07T10:51:09.277Z,7',
    '2,2014-04-07T10:52:00Z,7',
  ]);
  const load = (source: string) => loadEvents({ table: both, lake, inputs: [file], source });
  expect(await load('views')).toMatchObject({ rowsOut: 2 });
  expect((await load('views')).inputs[0]).toMatchObject({ skipped: true });
  expect(await load('buys')).toMatchObject({ rowsOut: 2 });
  expect((await load('buys')).inputs[0]).toMatchObject({ skipped: true });
  expect((await lakeStatus({ table: both, lake })).inputs).toBe(2);
  expect(await lakeRows(lake, 'shop')).toHaveLength(4);
});

test('a source by name reads the fields that it names, in CSV, JSON Lines and Parquet', async () => {
  const folder = await temporaryFolder();
  const lake = `${folder}/lake`;
  const csv = await writeLines(folder, 'refunds.csv', [
    'session,at,Item ID,quantity,action,price',
    '9,2014-04-09T00:00:00Z,5,88,view,1.50',
  ]);
  const json = await writeLines(folder, 'refunds.jsonl', [
    '{"session":9,"at":"2014-04-09T00:00:01Z","Item ID":5,"product":6,"action":{"a":1},"price":1e1}',
  ]);
  const report = await loadEvents({ table: shop, lake, inputs: [csv, json], source: 'refunds' });
  expect(report).toMatchObject({ rowsIn: 2, rowsOut: 2, quarantined: 0 });
  expect(report.inputs[0]).toMatchObject({ unread: ['quantity', 'action'], absent: ['category'] });
  expect(await lakeRows(lake, 'shop')).toEqual([
    '9 2014-04-09 00:00:00 5 purchase 1.50 -1 null',
    '9 2014-04-09 00:00:01 5 purchase 10.00 -1 null',
  ]);
});

test('a replay cleans rows by the rules of their source', async () => {
  const folder = await temporaryFolder();
  const lake = `${folder}/lake`;
  const file = await writeLines(folder, 'buys.dat', buys);
  const other = await writeLines(folder, 'clicks.dat', clicks);
  await loadEvents({ table: shop, lake, inputs: [file], source: 'buys' });
  await loadEvents({ table: shop, lake, inputs: [other], source: 'clicks' });
  const lenient = defineEvents('shop', {
    columns: { ...columns, price: decimal(12, 2).optional() },
    roles,
    sources: {
      clicks: {
        positions: ['session', 'event_time', 'product', 'category'],
        constants: { action: 'view' },
        where: { category: { not: ['test', '0'] } },
      },
      buys: {
        positions: ['session', 'event_time', 'product', 'price', 'quantity'],
        constants: { action: 'purchase', category: 'bought' },
      },
    },
  });
  const report = await replayQuarantine({ table: lenient, lake });
  expect(report).toMatchObject({ rowsIn: 4, rowsOut: 1, quarantined: 2, filtered: 1 });
  expect(
    await lakeRows(lake, 'shop', 'price, quantity, category', "WHERE action = 'purchase' ORDER BY ALL"),
  ).toEqual(['-3.00 2 bought', '12462.00 1 null']);
  expect((await verifyLake({ table: lenient, lake })).problems).toEqual([]);
});

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'loaded',
    (error: unknown) => (isHeadwaterError(error) ? `${error.code}: ${error.message}` : String(error)),
  );

test('a file that fits no name names the sources, and a wrong source the right ones', async () => {
  const folder = await temporaryFolder();
  const lake = `${folder}/lake`;
  const file = await writeLines(folder, 'clicks.dat', clicks);
  const named = await writeLines(folder, 'named.csv', ['session,product', '1,2']);
  const json = await writeLines(folder, 'clicks.jsonl', ['{"session":1}']);
  const load = (inputs: string[], rest: object) => codeOf(loadEvents({ table: shop, lake, inputs, ...rest }));
  expect(await load([file], {})).toMatch(/^INPUT_COLUMNS_MISSING: .*--source .*clicks, buys, refunds/s);
  expect(await load([named], {})).toMatch(/^INPUT_COLUMNS_MISSING: .*--source/s);
  expect(await load([named], { source: 'refunds' })).toMatch(/^INPUT_COLUMNS_MISSING: .*event_time/s);
  expect(await load([file], { source: 'click' })).toMatch(/^OPTION_INVALID: .*one of clicks, buys, refunds/s);
  expect(await load([json], { source: 'clicks' })).toMatch(/^INPUT_UNREADABLE: .*by position/s);
  const plain = defineEvents('plain', { columns, roles });
  expect(await codeOf(loadEvents({ table: plain, lake, inputs: [file], source: 'clicks' }))).toMatch(
    /^OPTION_INVALID: .*plain defines no sources/s,
  );
});

test('records of which most lack what a source gives name the sources', async () => {
  const folder = await temporaryFolder();
  const record = '{"session":1,"event_time":"2014-04-07T10:51:09.277Z","product":7}';
  const inputs = [await writeLines(folder, 'buys.jsonl', [record])];
  const load = (source?: string) =>
    loadEvents({ table: shop, lake: join(folder, 'lake'), inputs, ...(source ? { source } : {}) });
  const hint = 'Or pass --source with the kind of the file: clicks, buys, refunds.';
  await expect(load()).rejects.toThrow(hint);
  // A source is given: the hint would lead astray.
  const failed = await load('refunds').catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 'QUARANTINE_EXCEEDED' });
  expect(String(failed)).not.toContain('--source');
});

test('a file without a header may have the first columns only, or those of the call', async () => {
  const folder = await temporaryFolder();
  const table = defineEvents('plain', {
    columns: {
      event_time: timestamp(),
      product: z.int64(),
      price: decimal(10, 2).optional(),
      note: z.string().optional(),
    },
    roles: { time: 'event_time' },
  });
  const lake = `${folder}/lake`;
  const file = await writeLines(folder, 'few.dat', ['2019-10-01 00:00:00,5', '2019-10-01 00:00:01,6,7']);
  const report = await loadEvents({ table, lake, inputs: [file], header: false });
  expect(report).toMatchObject({ rowsIn: 2, rowsOut: 1, reasons: { 'line:too_many_fields': 1 } });
  expect(report.inputs[0]?.absent).toEqual(['price', 'note']);
  const short = await writeLines(folder, 'short.dat', ['2019-10-01 00:00:00', '2019-10-01 00:00:01']);
  expect(await codeOf(loadEvents({ table, lake, inputs: [short], header: false }))).toMatch(
    /^INPUT_COLUMNS_MISSING: .*missing: product/s,
  );
  const other = await writeLines(folder, 'other.dat', [
    '9;x;2019-10-02 00:00:00;note a',
    '9;y;2019-10-02 00:00:01;note b',
  ]);
  const listed = ['product', null, 'event_time', 'note'];
  expect(await loadEvents({ table, lake, inputs: [other], columns: listed })).toMatchObject({ rowsOut: 2 });
  expect(await lakeRows(lake, 'plain')).toEqual([
    '2019-10-01 00:00:00 5 null null',
    '2019-10-02 00:00:00 9 null note a',
    '2019-10-02 00:00:01 9 null note b',
  ]);
  const load = (names: (string | null)[]) =>
    codeOf(loadEvents({ table, lake, inputs: [other], columns: names }));
  expect(await load(['product', 'prize'])).toMatch(
    /^OPTION_INVALID: columns prize: expected columns of plain/,
  );
  expect(await load(['product', 'product'])).toMatch(/^OPTION_INVALID: .*each column once/);
  expect(await load(['product', null])).toMatch(/^INPUT_COLUMNS_MISSING: .*event_time/s);
});

test('a condition compares the text after the text steps, in any format, and null is a missing value', async () => {
  const folder = await temporaryFolder();
  const table = defineEvents('kinds', {
    columns: {
      at: timestamp(),
      kind: z.enum(['view', 'cart']).register(metadata, { clean: [] }),
      note: z.string().optional(),
    },
    roles: { time: 'at' },
    sources: { some: { where: { kind: ['view', 'cart'], note: { not: null } } } },
  });
  const lake = `${folder}/lake`;
  const csv = await writeLines(folder, 'a.csv', [
    'at,kind,note',
    '2019-10-01 00:00:00,view, a ',
    '2019-10-01 00:00:01,impression,b',
    '2019-10-01 00:00:02,view,   ',
    'never,cart,"c"',
    'never,other,c',
  ]);
  const jsonl = await writeLines(folder, 'b.jsonl', [
    '{"at":"2019-10-01 00:00:03","kind":"cart","note":"x"}',
    '{"at":"2019-10-01 00:00:03","kind":"cart","note":null}',
    '{"at":',
  ]);
  const report = await loadEvents({ table, lake, inputs: [csv, jsonl], source: 'some' });
  expect(report).toMatchObject({ rowsIn: 8, rowsOut: 2, quarantined: 2, filtered: 4 });
  // Without the column, every row would be filtered, and the file would count as loaded.
  const lacking = await writeLines(folder, 'c.csv', ['at,kind,remark', '2019-10-01 00:00:00,view,a']);
  expect(await codeOf(loadEvents({ table, lake, inputs: [lacking], source: 'some' }))).toMatch(
    /^INPUT_COLUMNS_MISSING: .*kinds are missing: note/s,
  );
  expect(report.inputs.map(({ filtered }) => filtered)).toEqual([3, 1]);
  const places = await lakeRows(lake, 'kinds__quarantine', 'line');
  expect(places).toEqual(['3', '5']);
});
