import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type CleanResult, createDocumentCleaner, type EventsTable } from '@headwater/core';
import { expect, test } from 'vitest';
import { loadEvents } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { ga4, snowplow, track } from './nested-exports.ts';
import { queryFiles } from './query-files.ts';

const parameter = (key: string, value: object) => ({ key, value });
const ga4Lines = [
  {
    ...{ event_date: '20210131', event_timestamp: '1612069510766593', event_name: 'page_view' },
    event_params: [
      parameter('page_location', { string_value: 'https://shop.example/' }),
      parameter('ga_session_id', { int_value: '661084800' }),
    ],
    ...{ user_pseudo_id: '1026454.4271112504', items: [] },
  },
  {
    ...{ event_date: '20210131', event_timestamp: '1612069511000000', event_name: 'purchase' },
    event_params: [parameter('ga_session_id', { int_value: '9007199254740993' })],
    ecommerce: { transaction_id: 'T_1', purchase_revenue: 31.5 },
    items: [
      {
        item_id: '9',
        item_brand: 'Miro',
        price: 12.5,
        quantity: '2',
        item_params: [parameter('colour', { string_value: 'red' })],
      },
      { item_id: '10', item_category: 'pots', price: 6.5, quantity: '1' },
    ],
  },
].map((line) => JSON.stringify(line));

const trackLines = [
  {
    ...{
      type: 'track',
      event: 'Product Viewed',
      messageId: 'a',
      anonymousId: 'x',
      timestamp: '2021-01-31T05:05:10.766Z',
    },
    context: { page: { url: 'https://shop.example/9' } },
    properties: { product_id: '9' },
  },
  {
    ...{
      type: 'track',
      event: 'Order Completed',
      messageId: 'b',
      anonymousId: 'x',
      timestamp: '2021-01-31T07:05:11+02:00',
    },
    properties: {
      ...{ order_id: 'T_1', total: 31.5 },
      products: [
        { product_id: '9', price: 12.5, quantity: 2 },
        { product_id: '10', price: 6.5, quantity: 1 },
      ],
    },
  },
].map((line) => JSON.stringify(line));

const products = 'contexts_com_snowplowanalytics_snowplow_ecommerce_product_1';
const snowplowLines = [
  {
    ...{ event_id: 'c6ef3124-b53a-4b13-a233-0088f79dcbcb', collector_tstamp: '2021-01-31T05:05:10.766Z' },
    domain_sessionid: '2b15e5c8-d3b1-11e4-b9d6-1681e6b88ec1',
    contexts: {
      data: [
        { schema: 'iglu:com.example/page/jsonschema/1-0-0', data: { tier: 'none' } },
        { schema: 'iglu:com.example/customer/jsonschema/1-0-0', data: { tier: 'gold' } },
      ],
    },
    unstruct_event_com_snowplowanalytics_snowplow_ecommerce_snowplow_ecommerce_action_1: {
      type: 'add_to_cart',
    },
    [products]: [{ id: '9', price: 12.5 }],
  },
  { event_id: 'c6ef3124-b53a-4b13-a233-0088f79dcbcc', collector_tstamp: '2021-01-31T05:05:11Z' },
].map((line) => JSON.stringify(line));

type Rows = readonly (readonly (string | null)[])[];
const session = '2b15e5c8-d3b1-11e4-b9d6-1681e6b88ec1';

const cases: readonly [string, EventsTable, readonly string[], number, Rows][] = [
  [
    'GA4',
    ga4,
    ga4Lines,
    3,
    [
      [
        '2021-01-31 05:05:10.766',
        'page_view',
        '1026454.4271112504',
        '661084800',
        'https://shop.example/',
        ...Array(8).fill(null),
      ],
      [
        '2021-01-31 05:05:11',
        'purchase',
        null,
        '9007199254740993',
        null,
        'T_1',
        '1',
        '9',
        null,
        'Miro',
        'red',
        '12.50',
        '2',
      ],
      [
        '2021-01-31 05:05:11',
        'purchase',
        null,
        '9007199254740993',
        null,
        'T_1',
        '2',
        '10',
        'pots',
        null,
        null,
        '6.50',
        '1',
      ],
    ],
  ],
  [
    'Segment and RudderStack',
    track,
    trackLines,
    3,
    [
      [
        '2021-01-31 05:05:10.766',
        'Product Viewed',
        'a',
        'x',
        'https://shop.example/9',
        null,
        null,
        '9',
        null,
        null,
        null,
      ],
      ['2021-01-31 05:05:11', 'Order Completed', 'b', 'x', null, 'T_1', '31.50', null, '10', '6.50', '1'],
      ['2021-01-31 05:05:11', 'Order Completed', 'b', 'x', null, 'T_1', '31.50', null, '9', '12.50', '2'],
    ],
  ],
  [
    'Snowplow',
    snowplow,
    snowplowLines,
    2,
    [
      [
        '2021-01-31 05:05:10.766',
        'c6ef3124-b53a-4b13-a233-0088f79dcbcb',
        null,
        session,
        'add_to_cart',
        'gold',
        '9',
        '12.5000',
      ],
      ['2021-01-31 05:05:11', 'c6ef3124-b53a-4b13-a233-0088f79dcbcc', ...Array(6).fill(null)],
    ],
  ],
];

/** The same records as a Parquet file, with the structs and lists that the engine infers. */
async function parquetOf(jsonl: string): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const path = jsonl.replace('.jsonl', '.parquet');
  await connection.run(
    `COPY (SELECT * FROM read_json('${jsonl}', format = 'newline_delimited')) TO '${path}'`,
  );
  connection.closeSync();
  instance.closeSync();
  return path;
}

async function rowsOf(table: EventsTable, folder: string): Promise<(string | null)[][]> {
  const columns = table.schema.columns.map(({ name }) => `"${name}"::VARCHAR AS "${name}"`);
  const rows = await queryFiles(
    `SELECT ${columns.join(', ')} FROM read_parquet(FILES, hive_partitioning = false) ORDER BY ALL`,
    join(folder, table.name),
  );
  return rows.map((row) => table.schema.columns.map(({ name }) => row[name] as string | null));
}

test.each(cases)(
  'an export of %s loads as it comes, as JSON Lines and as Parquet',
  async (_name, table, lines, rowsIn, expected) => {
    const folder = await temporaryFolder();
    const jsonl = await writeLines(folder, 'export.jsonl', lines);
    const counts = { recordsIn: lines.length, rowsIn, rowsOut: rowsIn, duplicates: 0, quarantined: 0 };
    expect(await loadEvents({ table, lake: join(folder, 'json'), inputs: [jsonl] })).toMatchObject(counts);
    expect(await rowsOf(table, join(folder, 'json'))).toEqual(expected);
    // Times are texts in JSON, and stay texts in this file.
    const parquet = await parquetOf(jsonl);
    expect(await loadEvents({ table, lake: join(folder, 'parquet'), inputs: [parquet] })).toMatchObject(
      counts,
    );
    expect(await rowsOf(table, join(folder, 'parquet'))).toEqual(expected);
    const clean = createDocumentCleaner(table.schema);
    const results = lines.flatMap((line): CleanResult[] => clean(line));
    expect(results.filter(({ accepted }) => accepted)).toHaveLength(rowsIn);
    // The numbers of these lines are doubles that JSON.parse keeps; larger ones are texts.
    expect(lines.map((line) => clean(JSON.parse(line)))).toEqual(lines.map((line) => clean(line)));
  },
);
