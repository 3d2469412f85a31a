import { expect, test } from 'vitest';
import { z } from 'zod';
import { createRecordCleaner, defineEvents, lake, type RawRecord, timestamp } from '../../src/index.ts';

const clean = createRecordCleaner(
  defineEvents('events', {
    columns: { at: timestamp(), constructor: z.string().optional() },
    roles: { time: 'at' },
  }).schema,
);
const at = '2019-10-01 00:00:00';

test('a member that a record only inherits is not there', () => {
  expect(clean({ at })).toEqual({ accepted: true, row: { at: new Date('2019-10-01'), constructor: null } });
  expect(clean({ at, constructor: 'Lego' })).toMatchObject({ accepted: true, row: { constructor: 'Lego' } });
});

test('a column is read under its names in their order, the first that is not null, as in JSON Lines', () => {
  const { schema } = defineEvents('events', {
    columns: {
      at: timestamp(),
      brand: z
        .string()
        .register(lake, { aliases: ['Brand', 'maker'], renamedFrom: 'label' })
        .optional(),
    },
    roles: { time: 'at' },
  });
  const brandOf = (record: RawRecord) => {
    const result = createRecordCleaner(schema)({ at, ...record });
    return result.accepted ? result.row['brand'] : result.reasons;
  };
  expect(brandOf({ maker: 'Lego' })).toBe('Lego');
  expect(brandOf({ maker: 'Lego', label: 'Duplo' })).toBe('Duplo');
  expect(brandOf({ brand: null, Brand: 'Lego' })).toBe('Lego');
  expect(brandOf({ brand: '', maker: 'Lego' })).toBeNull();
  expect(brandOf({ MAKER: 'Lego' })).toBeNull();
});

test("a bad value of a column with invalid: 'null' becomes null, and is named", () => {
  const { schema } = defineEvents('events', {
    columns: {
      at: timestamp(),
      age: z.int32().min(0).optional().register(lake, { invalid: 'null' }),
      id: z.int32(),
    },
    roles: { time: 'at' },
  });
  const cleaner = createRecordCleaner(schema);
  const row = { at: new Date(`${at}Z`), age: null, id: 1 };
  expect(cleaner({ at, age: '-1', id: '1' })).toEqual({
    accepted: true,
    row,
    nulled: [{ column: 'age', code: 'below_minimum' }],
  });
  expect(cleaner({ at, age: '', id: '1' })).toEqual({ accepted: true, row });
  // The row is rejected for the other column alone.
  expect(cleaner({ at, age: 'x', id: 'x' })).toEqual({
    accepted: false,
    reasons: [{ column: 'id', code: 'not_an_integer' }],
  });
});
