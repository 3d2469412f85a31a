import { join } from 'node:path';
import * as fork from '@dsnp/parquetjs';
import {
  calendarDate,
  decimal,
  defineEvents,
  derivations,
  deriveParquetjsSchema,
  type InferRow,
  lake,
  type ParquetjsSchema,
  timestamp,
} from '@headwater/core';
import fc from 'fast-check';
import * as original from 'parquetjs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadEvents } from '../src/index.ts';
import { temporaryFolder } from './events-fixture.ts';
import { queryFiles } from './query-files.ts';

const landed = defineEvents('landed', {
  columns: {
    id: z.int32(),
    time: timestamp(),
    any_time: timestamp().optional(),
    local_time: timestamp({ zone: 'Europe/London' }).optional(),
    counted: timestamp({ from: 'epoch-seconds' }).optional(),
    kind: z.enum(['view', 'cart', "it's"]).optional(),
    large: z.int64().optional(),
    small: z.int32().optional(),
    share: z.number().optional(),
    price: decimal(10, 2).optional(),
    wide: decimal(38, 18).optional(),
    weight: decimal(9, 3)
      .optional()
      .register(lake, { numberFormat: { decimal: ',' } }),
    flag: z.boolean().optional(),
    day: calendarDate().optional(),
    token: z.uuid().optional(),
    brand: z.string().optional(),
    product: z.string().optional().register(lake, { path: 'items[].sku' }),
  },
  roles: { time: 'time' },
  duplicates: { keep: 'all' },
  explode: 'items',
});
type Row = InferRow<typeof landed>;

const digits = (precision: number, scale: number): fc.Arbitrary<string> =>
  fc.bigInt({ min: -(10n ** BigInt(precision)) + 1n, max: 10n ** BigInt(precision) - 1n }).map((units) => {
    const text = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
    return `${units < 0n ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
  });
const instant = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});
const recent = fc.date({ min: new Date('1971-01-01'), max: new Date('2099-01-01'), noInvalidDate: true });
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('NULL', '1e3', '{"a":1}', "a,'b'", '😀'),
  )
  // Cleaning trims a text, and an empty one is null.
  .filter((some) => some.trim() === some && some !== '' && !/[\s\ufeff\0]/u.test(some));
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { freq: 6 });

const row: fc.Arbitrary<Omit<Row, 'id'>> = fc.record({
  time: fc.constant(new Date('2021-01-01T12:00:00.123Z')),
  any_time: maybe(instant),
  local_time: maybe(recent),
  counted: maybe(recent),
  kind: maybe(fc.constantFrom('view', 'cart', "it's")),
  large: maybe(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  small: maybe(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  share: maybe(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
  price: maybe(digits(10, 2).map(Number)),
  wide: maybe(digits(38, 18)),
  weight: maybe(digits(9, 3).map(Number)),
  flag: maybe(fc.boolean()),
  day: maybe(instant.map((at) => at.toISOString().slice(0, 10))),
  token: maybe(fc.uuid()),
  brand: maybe(text),
  product: maybe(text),
});

/** A clean row as a landing file holds it: text where the schema says UTF8, in the spelling of the definition. */
function landingRow(clean: Row): Record<string, unknown> {
  const spelled = {
    ...clean,
    local_time: clean.local_time?.toISOString(),
    counted: clean.counted && String(clean.counted.getTime() / 1000),
    weight: clean.weight?.toFixed(3).replace('.', ','),
  };
  const schema = deriveParquetjsSchema(landed.schema);
  const values = Object.entries(spelled).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(
    values.map(([name, value]) => [name, schema[name]?.type === 'UTF8' ? String(value) : value]),
  );
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : value instanceof Date ? value.toISOString() : String(value);

test('the schema has a type for each column that rounds nothing', () => {
  expect(deriveParquetjsSchema(landed.schema)).toMatchObject({
    id: { type: 'INT32' },
    time: { type: 'TIMESTAMP_MILLIS' },
    local_time: { type: 'UTF8', optional: true },
    counted: { type: 'UTF8', optional: true },
    large: { type: 'UTF8', optional: true },
    share: { type: 'DOUBLE', optional: true },
    wide: { type: 'UTF8', optional: true },
    flag: { type: 'BOOLEAN', optional: true },
    product: { type: 'UTF8', optional: true },
  });
});

/** What opens a file with a schema in its JSON form. */
const writers = {
  parquetjs: (json: ParquetjsSchema, path: string) =>
    original.ParquetWriter.openFile(new original.ParquetSchema(json), path),
  '@dsnp/parquetjs': (json: ParquetjsSchema, path: string) =>
    fork.ParquetWriter.openFile(new fork.ParquetSchema(json), path),
};

test.each(Object.entries(writers))('a file that %s writes arrives value by value', async (_name, open) => {
  const rows = fc
    .sample(row, { numRuns: 500, seed: 20211 })
    .map((some, index): Row => ({ id: index, ...some }));
  const folder = await temporaryFolder();
  const path = join(folder, 'landed.parquet');
  // As the command prints it, and as a service reads it.
  const json: ParquetjsSchema = JSON.parse(derivations['parquetjs-schema'].derive(landed, {}).text);
  const writer = await open(json, path);
  for (const one of rows) await writer.appendRow(landingRow(one));
  await writer.close();
  const report = await loadEvents({ table: landed, lake: join(folder, 'lake'), inputs: [path] });
  expect(report).toMatchObject({ recordsIn: 500, rowsIn: 500, rowsOut: 500, quarantined: 0, reasons: {} });
  expect(report.inputs[0]).toMatchObject({ absent: [], unread: [] });

  const iso = (name: string): string => `strftime(${name}, '%Y-%m-%dT%H:%M:%S.%gZ') AS ${name}`;
  const loaded = await queryFiles(
    `SELECT * REPLACE (${iso('time')}, ${iso('any_time')}, ${iso('local_time')}, ${iso('counted')}, wide::VARCHAR AS wide, price::DOUBLE AS price,
      weight::DOUBLE AS weight, large::VARCHAR AS large, day::VARCHAR AS day, hex(encode(brand)) AS brand, hex(encode(product)) AS product)
     FROM read_parquet(FILES, hive_partitioning = false) ORDER BY id`,
    join(folder, 'lake', 'landed'),
  );
  const hex = (value: string | null): string | null =>
    value && Buffer.from(value).toString('hex').toUpperCase();
  const expected = rows.map((one) => ({ ...one, brand: hex(one.brand), product: hex(one.product) }));
  const names = landed.schema.columns.map(({ name }) => name as keyof Row);
  const shown = (some: Record<string, unknown>): (string | null)[] => names.map((name) => textOf(some[name]));
  expect(loaded.map(shown)).toEqual(expected.map(shown));
});
