import { type Field, RecordBatchReader, type Schema } from 'apache-arrow';
import { expect, test } from 'vitest';
import { type ArrowSchema, defineEvents, deriveArrowSchema, timestamp } from '../../src/index.ts';
import { withNestedColumns } from './nested-columns.ts';
import { shopEvents } from './shop-events.ts';

/** Arrow's own reader of the JSON form. */
async function read(schema: ArrowSchema): Promise<Schema> {
  // Its declared type leaves no room for plain data; the reader itself asks for nothing else.
  const json = { schema, batches: [], dictionaries: [] } as unknown as Promise<Uint8Array>;
  const reader = await RecordBatchReader.from(json);
  return (await reader.open()).schema;
}

test('apache-arrow reads the schema: every type, which columns may be null, and the metadata', async () => {
  const schema = await read(deriveArrowSchema(shopEvents.schema));
  expect(schema.fields.map((field) => [field.name, String(field.type), field.nullable])).toEqual([
    ['event_time', 'Timestamp<MILLISECOND>', false],
    ['event_type', 'Utf8', false],
    ['product_id', 'Int64', false],
    ['category_code', 'Utf8', true],
    ['price', 'Decimal[10e+2]', false],
    ['exchange_rate', 'Decimal[24e+12]', true],
    ['quantity', 'Int32', false],
    ['discount_share', 'Float64', true],
    ['gift', 'Bool', true],
    ['delivery_day', 'Date32<DAY>', true],
    ['device', 'Utf8', true],
    ['user_id', 'Int64', false],
    ['user_session', 'Utf8', true],
    ['email', 'Utf8', true],
  ]);
  expect(Object.fromEntries(schema.metadata)).toEqual({
    table: 'shop_events',
    description: shopEvents.schema.description,
  });
  const [, , , , price] = schema.fields;
  expect(Object.fromEntries(price?.metadata ?? [])).toEqual({ description: 'Price paid', unit: 'EUR' });
});

test('apache-arrow reads nested types', async () => {
  const schema = withNestedColumns(
    defineEvents('t', { columns: { at: timestamp() }, roles: { time: 'at' } }).schema,
  );
  const { fields } = await read(deriveArrowSchema(schema));
  expect(fields.map((field) => String(field.type))).toEqual([
    'Timestamp<MILLISECOND>',
    'List<Utf8>',
    'Struct<{city:Utf8, zip:Utf8}>',
    'Map<{key:Utf8, value:Int32}>',
  ]);
  // A map's entries and keys are never null; https://arrow.apache.org/docs/format/Columnar.html#map-layout
  const entries = fields[3]?.type.children[0];
  expect([
    entries?.nullable,
    ...(entries?.type.children ?? []).map((field: Field) => field.nullable),
  ]).toEqual([false, false, true]);
  expect(fields[2]?.type.children.map((field: Field) => field.nullable)).toEqual([false, true]);
});
