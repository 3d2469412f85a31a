import {
  type CleanValue,
  type Column,
  createRecordCleaner,
  decimal,
  defineEvents,
  defineLookup,
  emptyToNull,
  lowerCase,
  lake as metadata,
  timestamp,
  trim,
} from '@headwater/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadEvents } from '../src/index.ts';
import { temporaryFolder, writeLines } from './events-fixture.ts';
import { lakeRows } from './lake-rows.ts';

const lowered = [trim(), lowerCase(), emptyToNull()];

const pages = defineLookup('pages', {
  key: 'id',
  columns: {
    name: z.string(),
    price: decimal(12, 7).optional(),
    wide: decimal(30, 10).optional(),
    share: z.number().optional(),
    seen: timestamp().optional(),
    many: z.int64().optional(),
    open: z.boolean().optional(),
  },
  many: 'first',
  none: 'null',
});
const brands = defineLookup('brands', {
  key: 'brand',
  columns: {
    brand: z.string().register(metadata, { clean: lowered }),
    origin: z.enum(['de', 'fr']),
    tier: z.int32().optional(),
  },
  many: 'first',
});

const table = defineEvents('agreed', {
  columns: {
    line: z.int32(),
    at: timestamp(),
    page: z.int64().optional(),
    brand: z.string().register(metadata, { clean: lowered }),
    name: z.string().max(6).optional().register(metadata, { lookup: 'page.name' }),
    price: decimal(12, 7).optional().register(metadata, { lookup: 'page.price' }),
    wide: decimal(30, 10).optional().register(metadata, { lookup: 'page.wide' }),
    share: z.number().optional().register(metadata, { lookup: 'page.share' }),
    seen: timestamp().optional().register(metadata, { lookup: 'page.seen' }),
    many: z.int64().optional().register(metadata, { lookup: 'page.many' }),
    open: z.boolean().optional().register(metadata, { lookup: 'page.open' }),
    origin: z.enum(['de', 'fr']).register(metadata, { lookup: 'brand.origin' }),
    tier: z.int32().optional().register(metadata, { lookup: 'brand.tier' }),
  },
  lookups: { page: { table: pages, on: 'page' }, brand: { table: brands, on: 'brand' } },
  roles: { time: 'at' },
  duplicates: { keep: 'all' },
});

const event = fc.record({
  at: fc.constantFrom('2019-10-01 00:00:00', '2019-10-02T00:00:00Z', 'never'),
  page: fc.oneof(
    fc.integer({ min: 0, max: 40 }).map(String),
    fc.constantFrom('+7', '007', ' 7 ', '', 'x', '-7', '9223372036854775807', '7.0'),
  ),
  brand: fc.constantFrom('acme', ' ACME', 'Acme ', 'ß', 'SS', 'ss', 'é', 'e', '', 'other', "o'neil"),
});
const page = fc.record({
  id: fc.oneof(
    fc.integer({ min: 0, max: 30 }).map(String),
    fc.constantFrom('+5', '005', '9223372036854775807', '-7'),
  ),
  name: fc.constantFrom('a', 'Seven!', 'too long for it', "it's", ' padded '),
  price: fc.constantFrom('', '0.0000001', '12.5', '-0', '99999.9999999'),
  wide: fc.constantFrom('', '12345678901234567890.0000000001', '1'),
  share: fc.constantFrom('', '1e-7', '1e300', '-0', '0.1'),
  seen: fc.constantFrom('', '2019-10-01 00:00:00.7', '0001-01-01T00:00:00Z'),
  many: fc.constantFrom('', '9223372036854775807', '-1'),
  open: fc.constantFrom('', 'yes', 'F'),
});
const brandRows = [
  { brand: ' Acme', origin: 'de', tier: '1' },
  { brand: 'ß', origin: 'fr', tier: '' },
  { brand: 'ACME', origin: 'fr', tier: '2' },
  { brand: "O'Neil", origin: 'fr', tier: '3' },
  { brand: 'é', origin: 'de', tier: '4' },
];

const csv = (rows: readonly Readonly<Record<string, string>>[]): string[] => [
  Object.keys(rows[0] ?? {}).join(),
  ...rows.map((row) => Object.values(row).join()),
];

/** A value as the engine shows it. */
function shown({ type }: Column, value: CleanValue | undefined): string {
  if (type.kind === 'decimal' && typeof value === 'number') return value.toFixed(type.scale);
  if (!(value instanceof Date)) return String(value);
  // Without the zeros at the end of a fraction.
  return value
    .toISOString()
    .replace('T', ' ')
    .replace(/\.?0*Z$/, '');
}

test('records and bulk loads look the same rows up', async () => {
  const folder = await temporaryFolder();
  const events = fc
    .sample(event, { numRuns: 20_000, seed: 11 })
    .map((one, index) => ({ line: String(index), ...one }));
  const pageRows = fc.sample(page, { numRuns: 60, seed: 12 });
  const clean = createRecordCleaner(table.schema, { lookups: { page: pageRows, brand: brandRows } });
  const accepted: string[] = [];
  const rejected: string[] = [];
  let unmatched = 0;
  for (const one of events) {
    const result = clean(one);
    if (result.accepted) {
      if (result.unmatched) unmatched += 1;
      accepted.push(table.schema.columns.map((column) => shown(column, result.row[column.name])).join(' '));
    } else
      rejected.push(
        `${Number(one.line) + 2} ${result.reasons.map(({ column, code }) => `${column}:${code}`).join(' ')}`,
      );
  }
  const lake = `${folder}/lake`;
  const report = await loadEvents({
    table,
    lake,
    inputs: [await writeLines(folder, 'events.csv', csv(events))],
    lookups: {
      page: await writeLines(folder, 'pages.csv', csv(pageRows)),
      brand: await writeLines(
        folder,
        'brands.jsonl',
        brandRows.map((row) => JSON.stringify(row)),
      ),
    },
    maxQuarantine: 1,
  });
  expect(report).toMatchObject({ rowsOut: accepted.length, quarantined: rejected.length });
  expect(accepted.length).toBeGreaterThan(2000);
  expect(rejected.filter((one) => one.includes('no_match')).length).toBeGreaterThan(1000);
  expect(rejected.filter((one) => one.includes('name:too_long')).length).toBeGreaterThan(100);
  expect(report.lookups.map((one) => one.unmatched)).toEqual([unmatched, 0]);
  expect(await lakeRows(lake, 'agreed', '*', 'ORDER BY line')).toEqual(accepted);
  const codes =
    "line, array_to_string(list_transform(reasons, lambda one: one.\"column\" || ':' || one.code), ' ')";
  expect(await lakeRows(lake, 'agreed__quarantine', codes, 'ORDER BY line')).toEqual(rejected);
});
