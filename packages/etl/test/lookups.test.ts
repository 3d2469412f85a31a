import {
  defineEvents,
  defineLookup,
  type EventsTable,
  emptyToNull,
  isHeadwaterError,
  lake as metadata,
  timestamp,
  trim,
} from '@headwater/core';
import { readLakeHistory } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compactLake, loadEvents, replayQuarantine, verifyLake } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { lakeRows } from './lake-rows.ts';

type Rules = Pick<Parameters<typeof defineLookup>[1], 'many' | 'none'>;

/** Visits with pages beside them. */
function visits(rules: Rules): EventsTable {
  const pages = defineLookup('pages', {
    key: 'page_id',
    columns: {
      page_name: z.string().register(metadata, { aliases: ['title'] }),
      category: z.string().optional(),
      rank: z.int32().min(0).optional(),
    },
    ...rules,
  });
  return defineEvents('visits', {
    columns: {
      at: timestamp(),
      visit: z.string(),
      page_id: z.int32().optional(),
      page: z.string().optional().register(metadata, { lookup: 'page.page_name' }),
      category: z.string().optional().register(metadata, { lookup: 'page.category' }),
      rank: z.int32().max(100).optional().register(metadata, { lookup: 'page.rank' }),
    },
    lookups: { page: { table: pages, on: 'page_id' } },
    roles: { time: 'at', session: 'visit', item: 'page', category: 'category' },
  });
}

const pageLines = [
  'page_id,title,category,rank',
  '1,Home,,1',
  '',
  '02,"Oysters, fresh",shellfish,7',
  '3,Checkout,,',
];
const eventLines = [
  'at,visit,page_id,page',
  '2020-01-01 00:00:00,a,1,from the file',
  '2020-01-01 00:00:01,a,+2,',
  '2020-01-01 00:00:02,a,,',
  '2020-01-01 00:00:03,b,9,',
  'never,b,9,',
  '2020-01-02 00:00:04,b,x,',
];

async function files(folder: string) {
  return {
    lake: `${folder}/lake`,
    pages: await writeLines(folder, 'pages.csv', pageLines),
    events: await writeLines(folder, 'visits.csv', eventLines),
  };
}

test('columns of a lookup become columns of the lake, and events without a row are counted', async () => {
  const { lake, pages, events } = await files(await temporaryFolder());
  const table = visits({ none: 'null' });
  const report = await loadEvents({ table, lake, inputs: [events], lookups: { page: pages } });
  expect(report).toMatchObject({ rowsIn: 6, rowsOut: 4, quarantined: 2 });
  expect(report.inputs[0]).toMatchObject({ unread: ['page'], absent: [] });
  expect(report.reasons).toEqual({ 'at:not_a_timestamp': 1, 'page_id:not_an_integer': 1 });
  const hash = report.lookups[0]?.hash;
  expect(report.lookups).toEqual([{ name: 'page', source: pages, hash, rows: 3, unmatched: 1 }]);
  expect(await lakeRows(lake, 'visits')).toEqual([
    '2020-01-01 00:00:00 a 1 Home null 1',
    '2020-01-01 00:00:01 a 2 Oysters, fresh shellfish 7',
    '2020-01-01 00:00:02 a null null null null',
    '2020-01-01 00:00:03 b 9 null null null',
  ]);
  const [manifest] = await readLakeHistory(openLakeStore(lake), 'visits');
  expect(manifest?.lookups).toEqual(report.lookups);
  expect(manifest?.inputs[0]?.lookups).toEqual({ page: hash });
  expect((await verifyLake({ table, lake })).problems).toEqual([]);
  expect(await lakeRows(lake, 'visits__quarantine', 'line, raw')).toEqual([
    '6 never,b,9,',
    '7 2020-01-02 00:00:04,b,x,',
  ]);
});

test('an event without a row is rejected where the lookup refuses it, beside its other reasons, and a replay looks it up again', async () => {
  const folder = await temporaryFolder();
  const { lake, pages, events } = await files(folder);
  const table = visits({});
  const report = await loadEvents({ table, lake, inputs: [events], lookups: { page: pages } });
  expect(report).toMatchObject({
    rowsOut: 3,
    quarantined: 3,
    reasons: { 'page_id:no_match': 2, 'at:not_a_timestamp': 1, 'page_id:not_an_integer': 1 },
  });
  expect(report.lookups[0]?.unmatched).toBe(0);
  const codes =
    "line, array_to_string(list_transform(reasons, lambda one: one.\"column\" || ':' || one.code), ' ')";
  expect(await lakeRows(lake, 'visits__quarantine', codes)).toEqual([
    '5 page_id:no_match',
    '6 at:not_a_timestamp page_id:no_match',
    '7 page_id:not_an_integer',
  ]);
  const more = await writeLines(folder, 'more.jsonl', [
    '{"page_id":9,"page_name":"Nine","rank":101}',
    '{"page_id":"1","page_name":"H"}',
  ]);
  const wide = await replayQuarantine({ table, lake, lookups: { page: more } });
  // The checks of the events' own column apply to what is looked up.
  expect(wide).toMatchObject({
    rowsIn: 3,
    rowsOut: 0,
    reasons: { 'rank:above_maximum': 2, 'at:not_a_timestamp': 1 },
  });
  const good = await writeLines(folder, 'good.jsonl', ['{"page_id":9,"page_name":"Nine","rank":null}']);
  expect(await replayQuarantine({ table, lake, lookups: { page: good } })).toMatchObject({
    rowsOut: 1,
    quarantined: 2,
  });
  expect(await lakeRows(lake, 'visits', '*', 'WHERE page_id = 9')).toEqual([
    '2020-01-01 00:00:03 b 9 Nine null null',
  ]);
  expect((await verifyLake({ table, lake })).problems).toEqual([]);
  const missing = await failure(replayQuarantine({ table, lake }));
  expect(missing).toContain('LOOKUP_MISSING');
});

test('with another lookup file an input stays loaded, the report says so, and its events stay one', async () => {
  const folder = await temporaryFolder();
  const { lake, pages, events } = await files(folder);
  const table = visits({ none: 'null' });
  const other = await writeLines(folder, 'other.csv', ['page_id,page_name', '1,Start']);
  await loadEvents({ table, lake, inputs: [events], lookups: { page: pages } });
  const same = await loadEvents({ table, lake, inputs: [events], lookups: { page: pages } });
  expect(same.inputs[0]).toMatchObject({ skipped: true, otherLookups: [] });
  const again = await loadEvents({ table, lake, inputs: [events], lookups: { page: other } });
  expect(again.inputs[0]).toMatchObject({ skipped: true, otherLookups: ['page'] });
  // The same events in another file are duplicates, whatever was looked up.
  const copy = await writeLines(folder, 'copy.csv', [...eventLines.slice(0, 5), '2020-01-03 00:00:00,c,1,']);
  expect(await loadEvents({ table, lake, inputs: [copy], lookups: { page: other } })).toMatchObject({
    rowsOut: 1,
    duplicates: 4,
  });
  expect(await lakeRows(lake, 'visits', 'visit, page', 'WHERE page_id = 1 ORDER BY ALL')).toEqual([
    'a Home',
    'c Start',
  ]);
  expect(await compactLake({ table, lake })).toMatchObject({ left: [] });
  const fresh = `${folder}/fresh`;
  await loadEvents({ table, lake: fresh, inputs: [events], lookups: { page: other } });
  expect(await lakeRows(fresh, 'visits', 'page', 'WHERE page_id = 1')).toEqual(['Start']);
});

async function failure(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'loaded',
    (error: unknown) => (isHeadwaterError(error) ? `${error.code}: ${error.message}` : String(error)),
  );
}

test('a bad file of a lookup stops the load, and says where', async () => {
  const folder = await temporaryFolder();
  const { lake, pages, events } = await files(folder);
  const table = visits({});
  const load = (lookups: Record<string, string> | undefined) =>
    failure(loadEvents({ table, lake, inputs: [events], lookups }));
  const withLines = async (name: string, lines: string[]) =>
    load({ page: await writeLines(folder, name, lines) });
  expect(await load(undefined)).toMatch(/^LOOKUP_MISSING: visits: .*--lookup page=FILE/);
  expect(await load({ page: pages, pages })).toMatch(/^OPTION_INVALID: lookup pages: expected one of page/);
  expect(await load({ page: `${folder}/nothing.csv` })).toMatch(/^INPUT_NOT_FOUND/);
  expect(await load({ page: folder })).toMatch(/^OPTION_INVALID: .*one file/);
  expect(await withLines('rank.csv', [...pageLines, '4,Cart,,-1', '5,Cart,,x'])).toMatch(
    /^LOOKUP_INVALID: .*rank\.csv line 6: cannot be used as the lookup page: rank: below the minimum/,
  );
  expect(await withLines('key.csv', [...pageLines, ',Cart,,1'])).toMatch(
    /line 6: .*page_id: the value is empty/,
  );
  expect(await withLines('cut.csv', [...pageLines, '4'])).toMatch(/line 6: .*fewer fields/);
  expect(await withLines('open.csv', [...pageLines, '4,"Cart'])).toMatch(/line 6: .*quote/);
  expect(await withLines('twice.csv', [...pageLines, '2,Other,,'])).toMatch(
    /^LOOKUP_INVALID: .*line 6: .*page_id: the key "2" has 2 rows, the first in the lines 4 and 6/,
  );
  expect(await withLines('none.csv', ['page_id,title'])).toMatch(/^LOOKUP_INVALID: .*it has no rows/);
  expect(await withLines('empty.csv', ['page_id,name', '1,a'])).toMatch(
    /^INPUT_COLUMNS_MISSING: .*pages are missing: page_name/,
  );
  const first = visits({ many: 'first' });
  const file = await writeLines(folder, 'first.csv', [...pageLines, '2,Other,,']);
  await loadEvents({ table: first, lake, inputs: [events], lookups: { page: file } });
  expect(await lakeRows(lake, 'visits', 'page', 'WHERE page_id = 2')).toEqual(['Oysters, fresh']);
});

test('lines stay with their rows in a load that several threads share', async () => {
  const folder = await temporaryFolder();
  const lake = `${folder}/lake`;
  const count = 300_000;
  const bad = new Map([
    [1234, 'x'],
    [150_000, '900'],
    [299_999, '901'],
  ]);
  const lines = Array.from({ length: count }, (_, index) => {
    const time = new Date(Date.UTC(2020, 0, 1) + index).toISOString();
    return `${time},v${index},${bad.get(index) ?? index % 500}`;
  });
  const pages = await writeLines(folder, 'pages.csv', [
    'page_id,page_name',
    ...Array.from({ length: 500 }, (_, page) => `${page},Page ${page}`),
  ]);
  const events = await writeLines(folder, 'visits.csv', ['at,visit,page_id', ...lines]);
  const report = await loadEvents({
    table: visits({}),
    lake,
    inputs: [events],
    lookups: { page: pages },
    threads: 4,
  });
  expect(report).toMatchObject({ rowsIn: count, rowsOut: count - 3, quarantined: 3 });
  expect(await lakeRows(lake, 'visits__quarantine', 'line, raw')).toEqual(
    [...bad.keys()].map((index) => `${index + 2} ${lines[index]}`),
  );
  expect(await lakeRows(lake, 'visits', 'count(*)', "WHERE page = 'Page ' || page_id")).toEqual([
    String(count - 3),
  ]);
});

test('a lookup has columns and keys of its own cleaning, several lookups share a column, and a source has them too', async () => {
  const folder = await temporaryFolder();
  const products = defineLookup('products', {
    key: 'sku',
    columns: {
      sku: z.string().register(metadata, { clean: [trim(), emptyToNull()], aliases: ['code'] }),
      brand: z.string(),
      kind: z.enum(['a', 'b']),
      active: z.boolean(),
    },
  });
  const costs = defineLookup('costs', { key: 'sku', columns: { cost: z.number() }, none: 'null' });
  const table = defineEvents('sales', {
    columns: {
      at: timestamp(),
      sku: z.string(),
      brand: z.string().register(metadata, { lookup: 'product.brand' }),
      kind: z.enum(['a', 'b']).register(metadata, { lookup: 'product.kind' }),
      active: z.boolean().register(metadata, { lookup: 'product.active' }),
      cost: z.number().optional().register(metadata, { lookup: 'cost.cost' }),
    },
    lookups: { product: { table: products, on: 'sku' }, cost: { table: costs, on: 'sku' } },
    roles: { time: 'at', item: 'sku', brand: 'brand' },
    partitionBy: { columns: ['kind'] },
    sources: { app: { positions: ['sku', 'at'] } },
  });
  const lake = `${folder}/lake`;
  const inputs = [
    await writeLines(folder, 'sales.dat', [
      ' s1 ,2020-01-01 00:00:00',
      's2,2020-01-01 00:00:01',
      's3,2020-01-01 00:00:02',
    ]),
  ];
  const lookups = {
    product: await writeLines(folder, 'products.csv', [
      'code,brand,kind,active',
      's1,B1,a,yes',
      ' s2,B2,b,0',
    ]),
    cost: await writeLines(folder, 'costs.csv', ['sku;cost', 's1;1e-7', 's3;2']),
  };
  const report = await loadEvents({ table, lake, inputs, lookups, source: 'app' });
  expect(report).toMatchObject({ rowsOut: 2, quarantined: 1, reasons: { 'sku:no_match': 1 } });
  expect(report.lookups.map(({ name, unmatched }) => `${name} ${unmatched}`)).toEqual([
    'product 0',
    'cost 1',
  ]);
  expect(await lakeRows(lake, 'sales', 'sku, brand, active, cost')).toEqual([
    's1 B1 true 1e-7',
    's2 B2 false null',
  ]);
});
