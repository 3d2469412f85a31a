import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DataType } from '../../src/index.ts';
import {
  duckdbStoredType,
  duckdbType,
  type ParquetType,
  parquetType,
  quoteText,
} from '../../src/internal.ts';
import { withDuckdb } from '../support/with-duckdb.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-parquet-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** DuckDB's account of a column in the words of the Parquet specification. */
function fromParquetSchema(row: Record<string, unknown>): ParquetType {
  const logicalByConverted: Record<string, string> = {
    UTF8: 'STRING',
    INT_32: 'INT(32, true)',
    INT_64: 'INT(64, true)',
    DATE: 'DATE',
    DECIMAL: `DECIMAL(${row['precision']}, ${row['scale']})`,
  };
  const logicalText = String(row['logical_type'] ?? '');
  const timestampText = /isAdjustedToUTC=0, unit=TimeUnit\(MILLIS=MilliSeconds/.test(logicalText);
  const logical =
    (timestampText && 'TIMESTAMP(MILLIS, false)') ||
    (row['converted_type'] ? (logicalByConverted[String(row['converted_type'])] ?? 'unknown') : null);
  const length = row['type_length'] === null ? '' : `(${row['type_length']})`;
  return { physical: `${row['type']}${length}` as ParquetType['physical'], logical };
}

test.each<DataType>([
  { kind: 'string' },
  { kind: 'enum', values: ['view', 'cart'] },
  { kind: 'boolean' },
  { kind: 'int32' },
  { kind: 'int64' },
  { kind: 'double' },
  { kind: 'decimal', precision: 1, scale: 0 },
  { kind: 'decimal', precision: 4, scale: 2 },
  { kind: 'decimal', precision: 5, scale: 2 },
  { kind: 'decimal', precision: 9, scale: 9 },
  { kind: 'decimal', precision: 10, scale: 2 },
  { kind: 'decimal', precision: 18, scale: 2 },
  { kind: 'decimal', precision: 19, scale: 2 },
  { kind: 'decimal', precision: 38, scale: 10 },
  { kind: 'date' },
  { kind: 'timestamp' },
  { kind: 'uuid' },
])('$kind is in the file as DuckDB says it is: %j', async (type) => {
  await withDuckdb(async (rowsOf, run) => {
    const file = quoteText(join(folder, 'one.parquet'));
    const stored = duckdbStoredType(type);
    await run(
      `COPY (SELECT NULL::${duckdbType(type)}::${stored} AS v) TO ${file} (FORMAT parquet, COMPRESSION zstd)`,
    );
    const [row] = await rowsOf(`SELECT * FROM parquet_schema(${file}) WHERE name = 'v'`);
    expect(parquetType(type, 'v')).toEqual(fromParquetSchema(row ?? {}));
  });
});

test.each<DataType>([
  { kind: 'list', element: { kind: 'string' } },
  { kind: 'struct', fields: [] },
  { kind: 'map', value: { kind: 'string' } },
])('$kind is refused, and the error names the column', (type) => {
  expect(() => parquetType(type, 'tags')).toThrow(
    expect.objectContaining({
      code: 'TYPE_UNSUPPORTED',
      payload: expect.objectContaining({ column: 'tags', kind: type.kind }),
    }),
  );
});
