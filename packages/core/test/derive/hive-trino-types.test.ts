import { expect, test } from 'vitest';
import type { DataType } from '../../src/index.ts';
import { hiveType, trinoType } from '../../src/internal.ts';

test.each<[DataType, string, string]>([
  [{ kind: 'string' }, 'string', 'varchar'],
  [{ kind: 'enum', values: ['a'] }, 'string', 'varchar'],
  [{ kind: 'boolean' }, 'boolean', 'boolean'],
  [{ kind: 'int32' }, 'int', 'integer'],
  [{ kind: 'int64' }, 'bigint', 'bigint'],
  [{ kind: 'double' }, 'double', 'double'],
  [{ kind: 'decimal', precision: 38, scale: 10 }, 'decimal(38,10)', 'decimal(38,10)'],
  [{ kind: 'date' }, 'date', 'date'],
  [{ kind: 'timestamp' }, 'timestamp', 'timestamp(3)'],
  [{ kind: 'uuid' }, 'string', 'varchar'],
  [
    {
      kind: 'list',
      element: {
        kind: 'struct',
        fields: [
          { name: 'sku', type: { kind: 'int64' }, nullable: false },
          { name: 'tags', type: { kind: 'map', value: { kind: 'string' } }, nullable: true },
        ],
      },
    },
    'array<struct<sku:bigint,tags:map<string,string>>>',
    'array(row("sku" bigint, "tags" map(varchar, varchar)))',
  ],
])('%j', (type, hive, trino) => {
  expect([hiveType(type), trinoType(type)]).toEqual([hive, trino]);
});
