import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  createRecordCleaner,
  decimal,
  defineEvents,
  deriveJsonSchema,
  type TableSchema,
  timestamp,
} from '../../src/index.ts';
import { dirtyText } from '../clean/dirty-text.ts';
import { everyType } from '../clean/every-type.ts';
import { withNestedColumns } from './nested-columns.ts';
import { goodRecord, shopEvents } from './shop-events.ts';

/** Strict: an unknown keyword or format is an error, so that nothing in the schema is silently ignored. */
function validatorOf(schema: TableSchema): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  formats.default(ajv);
  ajv.addVocabulary(['x-pii', 'x-unit']);
  return ajv.compile(deriveJsonSchema(schema));
}

/** The row as a producer would send it: int64 as a JSON integer, times as text. */
function throughJson(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const raw = (text: string): unknown =>
    (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);
  return JSON.parse(
    JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? raw(String(value)) : value)),
  );
}

function cleanRow(schema: TableSchema, record: Readonly<Record<string, string>>): Record<string, unknown> {
  const result = createRecordCleaner(schema)(record);
  if (!result.accepted) throw new Error(JSON.stringify(result.reasons));
  return throughJson(result.row);
}

test('a clean row is valid, with every column filled and with every optional column null or absent', () => {
  const validate = validatorOf(shopEvents.schema);
  const row = cleanRow(shopEvents.schema, goodRecord);
  validate(row);
  expect(validate.errors).toBeNull();

  const optional = shopEvents.schema.columns.filter((column) => column.nullable).map((column) => column.name);
  expect(optional).toHaveLength(8);
  validate({ ...row, ...Object.fromEntries(optional.map((name) => [name, null])) });
  expect(validate.errors).toBeNull();
  validate(Object.fromEntries(Object.entries(row).filter(([name]) => !optional.includes(name))));
  expect(validate.errors).toBeNull();
});

test.each([
  ['event_type', 'refund', 'enum'],
  ['event_type', null, 'type'],
  ['product_id', 0, 'exclusiveMinimum'],
  ['product_id', 1.5, 'type'],
  ['product_id', '1', 'type'],
  ['category_code', 'Electronics', 'pattern'],
  ['price', -0.01, 'minimum'],
  ['price', 100_000_000, 'exclusiveMaximum'],
  ['price', '33.20', 'type'],
  ['exchange_rate', 0.905, 'type'],
  ['exchange_rate', '1e3', 'pattern'],
  ['exchange_rate', '1234567890123.0', 'pattern'],
  ['quantity', 0, 'minimum'],
  ['quantity', 1000, 'maximum'],
  ['discount_share', 1, 'exclusiveMaximum'],
  ['gift', 'yes', 'type'],
  ['delivery_day', '2019-02-30', 'format'],
  ['event_time', '2019-10-01 00:00:00', 'format'],
  ['device', 'watch', 'enum'],
  ['user_session', 'none', 'format'],
  ['email', 'ab', 'minLength'],
  ['email', 'a'.repeat(255), 'maxLength'],
  ['unheard_of', 1, 'additionalProperties'],
])('a row whose %s is %j is invalid by %s', (column, value, keyword) => {
  const validate = validatorOf(shopEvents.schema);
  validate({ ...cleanRow(shopEvents.schema, goodRecord), [column]: value });
  expect(validate.errors?.map((error) => error.keyword)).toContain(keyword);
});

test('a required column cannot be left out', () => {
  const { price: _, ...row } = cleanRow(shopEvents.schema, goodRecord);
  const validate = validatorOf(shopEvents.schema);
  expect(validate(row)).toBe(false);
  expect(validate.errors?.[0]).toMatchObject({ keyword: 'required', params: { missingProperty: 'price' } });
});

test('whatever cleaning accepts from 4,000 dirty rows is valid: the schema is never narrower than cleaning', () => {
  const validate = validatorOf(everyType.schema);
  const clean = createRecordCleaner(everyType.schema);
  const rows = fc.record(
    Object.fromEntries(everyType.schema.columns.map((column) => [column.name, dirtyText(column.type)])),
  );
  const good = { happened_at: '2019-10-01 00:00:00 UTC', kind: 'view', id: '1', price: '0', label: 'label' };
  let accepted = 0;
  for (const [index, dirty] of fc.sample(rows, { numRuns: 4_000, seed: 20191001 }).entries()) {
    // One dirty column a row, each in turn.
    const { name } = everyType.schema.columns[index % everyType.schema.columns.length] ?? { name: '' };
    const result = clean({ ...good, [name]: dirty[name] ?? null });
    if (!result.accepted) continue;
    accepted += 1;
    const row = throughJson(result.row);
    expect([validate(row), validate.errors, row]).toEqual([true, null, row]);
  }
  expect(accepted).toBeGreaterThan(1_000);
});

test('the tightest of several bounds is the one that is written; what no number says exactly is left out', () => {
  const { schema } = defineEvents('t', {
    columns: {
      at: timestamp(),
      both: z.number().min(1).gt(1).min(0).max(9).lt(10),
      whole: z.int32().gt(-(2 ** 31)),
      wide: z.int64().min(-9_007_199_254_740_993n).max(100n),
      text: decimal(20, 2, { min: '0', lt: '5' }),
      signed: decimal(20, 2, { min: '-1' }),
      patterns: z.string().regex(/^a/).regex(/b$/).min(2).min(4).max(9).max(8),
    },
    roles: { time: 'at' },
  });
  const { properties } = deriveJsonSchema(schema);
  expect(properties?.['both']).toEqual({ type: 'number', format: 'double', exclusiveMinimum: 1, maximum: 9 });
  expect(properties?.['whole']).toEqual({
    type: 'integer',
    format: 'int32',
    exclusiveMinimum: -2147483648,
    maximum: 2147483647,
  });
  expect(properties?.['wide']).toEqual({ type: 'integer', format: 'int64', maximum: 100 });
  expect(properties?.['text']).toEqual({ type: 'string', pattern: '^[0-9]{1,18}(\\.[0-9]{1,2})?$' });
  expect(properties?.['signed']).toEqual({ type: 'string', pattern: '^-?[0-9]{1,18}(\\.[0-9]{1,2})?$' });
  expect(properties?.['patterns']).toEqual({
    type: 'string',
    minLength: 4,
    maxLength: 8,
    allOf: [{ pattern: '^a' }, { pattern: 'b$' }],
  });
});

test('nested columns are described member by member', () => {
  const schema = withNestedColumns(
    defineEvents('t', { columns: { at: timestamp() }, roles: { time: 'at' } }).schema,
  );
  const validate = validatorOf(schema);
  const row = {
    at: '2019-10-01T00:00:00.000Z',
    tags: ['a'],
    place: { city: 'Bern', zip: null },
    counts: { a: 1 },
  };
  expect([validate(row), validate.errors]).toEqual([true, null]);
  expect(validate({ ...row, tags: [1] })).toBe(false);
  expect(validate({ ...row, place: { zip: '3000' } })).toBe(false);
  expect(validate({ ...row, counts: { a: 1.5 } })).toBe(false);
});
