import {
  createDocumentCleaner,
  decimal,
  defineEvents,
  defineLookup,
  lake as metadata,
  timestamp,
} from '@headwater/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadEvents } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { lakeRows } from './lake-rows.ts';

const products = defineLookup('products', {
  key: 'sku',
  columns: {
    brand: z.string().register(metadata, { path: 'details.brand' }),
    cost: decimal(10, 2).optional(),
  },
});
const shops = defineLookup('shops', {
  key: 'shop',
  columns: { country: z.enum(['de', 'fr']) },
  none: 'null',
});

const orders = defineEvents('orders', {
  explode: 'items',
  columns: {
    doc: z.int32(),
    at: timestamp().register(metadata, { path: 'meta.time' }),
    shop: z.int64().optional().register(metadata, { path: 'meta.shop', invalid: 'null' }),
    line: z.int32().optional().register(metadata, { path: 'items[#]' }),
    sku: z.string().optional().register(metadata, { path: 'items[].sku' }),
    brand: z.string().optional().register(metadata, { lookup: 'product.brand' }),
    cost: decimal(10, 2).optional().register(metadata, { lookup: 'product.cost' }),
    country: z.enum(['de', 'fr']).optional().register(metadata, { lookup: 'shop.country' }),
    origin: z.string(),
  },
  lookups: { product: { table: products, on: 'sku' }, shop: { table: shops, on: 'shop' } },
  roles: { time: 'at', item: 'sku', brand: 'brand' },
  duplicates: { keep: 'all' },
  sources: { app: { constants: { origin: 'app' }, where: { sku: { not: 'test' } } } },
});

const item = fc.record(
  { sku: fc.constantFrom('a', ' b', 'c', 'test', 'zz', null, 5), brand: fc.constantFrom('x', 1) },
  { requiredKeys: [] },
);
const order = fc.record(
  {
    meta: fc.record(
      {
        time: fc.constantFrom('2020-01-01 00:00:00', 'soon'),
        shop: fc.constantFrom(1, '2', 3, 'x', null, { a: 1 }),
      },
      { requiredKeys: ['time'] },
    ),
    items: fc.oneof(fc.array(item, { maxLength: 4 }), fc.constantFrom(null, 'none')),
    origin: fc.constantFrom('web', null, [1]),
    country: fc.constantFrom('us', { de: 1 }),
  },
  { requiredKeys: ['meta'] },
);

const productRows = [
  '{"sku":"a","details":{"brand":"A"},"cost":1.50}',
  '{"sku":"b","details":{"brand":" B "},"cost":null}',
  '{"sku":5,"details":{"brand":"Five"}}',
  '{"sku":"test","details":{"brand":"T"}}',
];

test('rows of an exploded list are looked up, with the constants and conditions of their source, as documents are', async () => {
  const folder = await temporaryFolder();
  const documents = fc
    .sample(order, { numRuns: 3000, seed: 3 })
    .map((one, doc) => JSON.stringify({ doc, ...one }));
  const clean = createDocumentCleaner(orders.schema, {
    source: 'app',
    lookups: {
      product: new Map([
        ['a', { brand: 'A', cost: 1.5 }],
        ['b', { brand: 'B', cost: null }],
        ['5', { brand: 'Five', cost: null }],
        ['test', { brand: 'T', cost: null }],
      ]),
      shop: [
        { shop: '1', country: 'de' },
        { shop: '2', country: 'fr' },
      ],
    },
  });
  const counts = { rows: 0, accepted: 0, filtered: 0, unmatched: 0 };
  const accepted: string[] = [];
  const rejected: string[] = [];
  for (const [index, document] of documents.entries())
    for (const result of clean(document)) {
      counts.rows += 1;
      if (result.accepted) {
        counts.accepted += 1;
        if (result.unmatched) counts.unmatched += 1;
        const { doc, line, sku, brand, cost, country, origin } = result.row;
        accepted.push(
          [doc, line, sku, brand, typeof cost === 'number' ? cost.toFixed(2) : cost, country, origin]
            .map(String)
            .join(' '),
        );
      } else if (result.filtered) counts.filtered += 1;
      else
        rejected.push(
          `${index + 1} ${result.reasons.map(({ column, code }) => `${column ?? 'line'}:${code}`).join(' ')}`,
        );
    }
  const lake = `${folder}/lake`;
  const report = await loadEvents({
    table: orders,
    lake,
    source: 'app',
    inputs: [await writeLines(folder, 'orders.jsonl', documents)],
    lookups: {
      product: await writeLines(folder, 'products.jsonl', productRows),
      shop: await writeLines(folder, 'shops.csv', ['shop,country', '1,de', '2,fr']),
    },
    maxQuarantine: 1,
  });
  expect(report).toMatchObject({
    rowsIn: counts.rows,
    rowsOut: counts.accepted,
    filtered: counts.filtered,
    quarantined: rejected.length,
  });
  expect(report.lookups.map(({ unmatched }) => unmatched)).toEqual([0, counts.unmatched]);
  expect(counts.filtered).toBeGreaterThan(100);
  expect(rejected.filter((one) => one.includes('sku:no_match')).length).toBeGreaterThan(100);
  const shown = 'doc, line, sku, brand, cost, country, origin';
  expect((await lakeRows(lake, 'orders', shown, '')).sort()).toEqual(accepted.sort());
  const codes =
    "line, array_to_string(list_transform(reasons, lambda one: coalesce(one.\"column\", 'line') || ':' || one.code), ' ')";
  expect((await lakeRows(lake, 'orders__quarantine', codes, '')).sort()).toEqual(rejected.sort());
});
