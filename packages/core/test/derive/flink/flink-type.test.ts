import { expect, test } from 'vitest';
import type { DataType } from '../../../src/index.ts';
import { flinkInterval, flinkName, flinkText, flinkType } from '../../../src/types/flink-type.ts';

test.each<[DataType, string]>([
  [{ kind: 'string' }, 'STRING'],
  [{ kind: 'enum', values: ['a'] }, 'STRING'],
  [{ kind: 'boolean' }, 'BOOLEAN'],
  [{ kind: 'int32' }, 'INT'],
  [{ kind: 'int64' }, 'BIGINT'],
  [{ kind: 'double' }, 'DOUBLE'],
  [{ kind: 'decimal', precision: 38, scale: 10 }, 'DECIMAL(38, 10)'],
  [{ kind: 'date' }, 'DATE'],
  [{ kind: 'timestamp' }, 'TIMESTAMP_LTZ(3)'],
  [{ kind: 'uuid' }, 'STRING'],
  [
    {
      kind: 'list',
      element: {
        kind: 'struct',
        fields: [
          { name: 'sku', type: { kind: 'int64' }, nullable: false },
          { name: 'a`b', type: { kind: 'map', value: { kind: 'string' } }, nullable: true },
        ],
      },
    },
    'ARRAY<ROW<`sku` BIGINT, `a``b` MAP<STRING, STRING>>>',
  ],
])('%j', (type, flink) => {
  expect(flinkType(type)).toBe(flink);
});

test('texts, names and lengths of time', () => {
  expect(flinkText("it's a \\")).toBe("'it''s a \\'");
  expect(flinkName('views')).toBe('`views`');
  expect(flinkInterval(10, 'SECOND')).toBe("INTERVAL '10' SECOND");
  // Flink reads two digits unless a precision says more.
  expect(flinkInterval(120, 'MINUTE')).toBe("INTERVAL '120' MINUTE(3)");
});
