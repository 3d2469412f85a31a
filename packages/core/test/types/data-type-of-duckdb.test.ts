import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DataType } from '../../src/index.ts';
import { dataTypeOfDuckdb, duckdbType } from '../../src/internal.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom("'", "''", "', '", 'a,b', "')", 'constructor'),
);
const flat: fc.Arbitrary<DataType> = fc.oneof(
  fc
    .constantFrom('string', 'boolean', 'int32', 'int64', 'double', 'date', 'timestamp', 'uuid')
    .map((kind): DataType => ({ kind })),
  fc.record({ kind: fc.constant('decimal'), precision: fc.integer({ min: 1, max: 38 }), scale: fc.nat(38) }),
  fc.record({ kind: fc.constant('enum'), values: fc.array(text, { minLength: 1, maxLength: 5 }) }),
);

test('a flat type is read back from its text, whatever the values of an enum are', () => {
  fc.assert(
    fc.property(flat, (type) => {
      expect(dataTypeOfDuckdb(duckdbType(type))).toEqual(type);
    }),
  );
});

test.each(['constructor', '__proto__', 'HUGEINT', 'ENUM()', 'DECIMAL(10)', 'BIGINT[]'])(
  '%s is none',
  (other) => {
    expect(dataTypeOfDuckdb(other)).toBeUndefined();
  },
);
