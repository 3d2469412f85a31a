import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { createRecordCleaner, deriveGlueSchema, isHeadwaterError } from '../../src/index.ts';
import { testTarget } from './aws-test-target.ts';
import { goodRecord, shopEvents } from './shop-events.ts';

test('a reader of draft-07 takes a clean row, and refuses what is closed', () => {
  const input = deriveGlueSchema(shopEvents.schema, testTarget);
  // Strict: a keyword of a later draft would be an error.
  const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
  formats.default(ajv);
  ajv.addVocabulary(['x-pii', 'x-unit']);
  const validate = ajv.compile(JSON.parse(input.SchemaDefinition));
  const result = createRecordCleaner(shopEvents.schema)(goodRecord);
  if (!result.accepted) throw new Error('the record is good');
  const row = JSON.parse(
    JSON.stringify(result.row, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
  );
  validate(row);
  expect(validate.errors).toBeNull();
  validate({ ...row, unheard_of: 1 });
  expect(validate.errors?.map(({ keyword }) => keyword)).toEqual(['additionalProperties']);
});

test('a definition that the registry has no room for is refused', () => {
  const description = 'x'.repeat(170_000);
  const [column] = shopEvents.schema.columns;
  if (!column) throw new Error('no column');
  const large = { ...shopEvents.schema, columns: [{ ...column, description }] };
  try {
    deriveGlueSchema(large, testTarget);
    expect.unreachable();
  } catch (error) {
    if (!isHeadwaterError(error, 'AWS_LIMIT_EXCEEDED')) throw error;
    expect(error.payload).toMatchObject({ limit: 170_000, unit: 'characters' });
  }
});
