import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { ParquetReader, ParquetSchema, ParquetWriter } from 'parquetjs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { loadEvents } from '../src/index.ts';
import { events, header, lakeBytes, rowsOfDays, writeLines } from './events-fixture.ts';

const names = header.split(',');
type TextRow = Record<string, string | null>;

let folder: string;
/** One file of the lake. */
let file: string;
/** What the file holds, as the engine that wrote it says: every value as text. */
let expected: TextRow[];

const asText = `event_time: strftime(event_time, '%Y-%m-%dT%H:%M:%S.%gZ'), event_type, product_id: product_id::VARCHAR, brand,
  price: price::VARCHAR, user_id: user_id::VARCHAR, user_session`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-interop-'));
  const input = await writeLines(folder, 'a.csv', [header, ...rowsOfDays(5000, 1)]);
  const lake = join(folder, 'lake');
  await loadEvents({ table: events, lake, inputs: [input] });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const found = await connection.runAndReadAll(`SELECT file FROM glob('${lake}/events/*/*.parquet')`);
  file = String(found.getRows()[0]?.[0]);
  const source = `SELECT ${asText} FROM read_parquet('${file}', hive_partitioning = false)`;
  expected = (await connection.runAndReadAll(source)).getRowObjectsJson() as TextRow[];
  connection.closeSync();
  instance.closeSync();
  return () => rm(folder, { recursive: true, force: true });
});

const text = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);
const price = (value: unknown): string => Number(value).toFixed(2);

describe('a lake file of 5,000 rows reads back alike, every value, with', () => {
  test('hyparquet', async () => {
    const bytes = await readFile(file);
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const rows = await parquetReadObjects({ file: buffer, compressors });
    const read = rows.map((row) => ({
      ...Object.fromEntries(names.map((name) => [name, text(row[name])])),
      event_time: (row['event_time'] as Date).toISOString(),
      price: price(row['price']),
    }));
    expect(read).toEqual(expected);
  });

  test('parquet-wasm, as an Apache Arrow table', async () => {
    const { readParquet } = createRequire(import.meta.url)('parquet-wasm') as typeof import('parquet-wasm');
    const table = tableFromIPC(readParquet(await readFile(file)).intoIPCStream());
    const scale = 100n;
    const read = table.toArray().map((row: Record<string, unknown>) => {
      const [low = 0, high = 0] = row['price'] as Uint32Array;
      const cents = BigInt(low) + (BigInt(high) << 32n);
      return {
        ...Object.fromEntries(names.map((name) => [name, text(row[name])])),
        event_time: new Date(Number(row['event_time'])).toISOString(),
        price: `${cents / scale}.${String(cents % scale).padStart(2, '0')}`,
      };
    });
    expect(read).toEqual(expected);
  });

  const python = process.env['HEADWATER_PYTHON'] ?? 'python3';
  const hasPyarrow = spawnSync(python, ['-c', 'import pyarrow.parquet']).status === 0;
  test.skipIf(!hasPyarrow)('pyarrow', () => {
    const program = `
import json, sys, pyarrow.parquet as pq
def text(v):
    if v is None: return None
    if hasattr(v, 'isoformat'): return v.isoformat(timespec='milliseconds') + 'Z'
    return str(v)
print(json.dumps([{k: text(v) for k, v in row.items()} for row in pq.ParquetFile(sys.argv[1]).read().to_pylist()]))`;
    const result = spawnSync(python, ['-c', program, file], { encoding: 'utf8', maxBuffer: 1 << 26 });
    expect(result.stderr).toBe('');
    expect(JSON.parse(result.stdout)).toEqual(expected);
  });
});

/** The rows of a file as parquetjs gives them. */
async function parquetjsRows(path: string): Promise<Record<string, unknown>[]> {
  const reader = await ParquetReader.openFile(path);
  const cursor = reader.getCursor();
  const rows: Record<string, unknown>[] = [];
  for (let row = await cursor.next(); row !== null; row = await cursor.next()) rows.push(row);
  await reader.close();
  return rows;
}

/** The lake's file written again as parquetjs 0.11 reads: pages of version 1, plain values, not compressed. */
async function plainCopy(columns: string): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const path = join(folder, 'plain.parquet');
  await connection.run(
    `COPY (SELECT ${columns} FROM read_parquet('${file}', hive_partitioning = false)) TO '${path}'
      (FORMAT parquet, COMPRESSION uncompressed, PARQUET_VERSION V1, DICTIONARY_SIZE_LIMIT 0)`,
  );
  connection.closeSync();
  instance.closeSync();
  return path;
}

describe('parquetjs reads the rows of a lake file', () => {
  test('every value alike, once they are written plainly, with decimals and 64-bit integers as text', async () => {
    const rows = await parquetjsRows(
      await plainCopy(
        '* REPLACE (product_id::VARCHAR AS product_id, price::VARCHAR AS price, user_id::VARCHAR AS user_id)',
      ),
    );
    const read = rows.map((row) => ({
      ...Object.fromEntries(names.map((name) => [name, text(row[name])])),
      event_time: (row['event_time'] as Date).toISOString(),
    }));
    expect(read).toEqual(expected);
  });

  // Gaps of parquetjs 0.11.2. When one of these fails, the gap has closed, and the test above can do without its detour.
  test('but not yet the file itself: it knows neither DECIMAL nor zstd nor dictionaries', async () => {
    await expect(parquetjsRows(file)).rejects.toThrow('invalid parquet type: DECIMAL');
    await expect(plainCopy('price').then(parquetjsRows)).rejects.toThrow('invalid parquet type: DECIMAL');
  });

  test('and not yet integers above 2^53: it rounds them', async () => {
    // It also says so, for every value.
    const said = vi.spyOn(console, 'assert').mockImplementation(() => undefined);
    const rows = await parquetjsRows(await plainCopy('user_id'));
    said.mockRestore();
    const ids = rows.map((row) => BigInt(row['user_id'] as number));
    expect(ids.some((id, index) => String(id) !== expected[index]?.['user_id'])).toBe(true);
  });
});

test('an input that parquetjs wrote loads like the CSV file of the same rows', async () => {
  const rows = rowsOfDays(700, 2);
  const path = join(folder, 'parquetjs.parquet');
  const field = { type: 'UTF8', optional: true };
  const schema = new ParquetSchema({
    ...Object.fromEntries(names.map((name) => [name, field])),
    event_time: { type: 'TIMESTAMP_MILLIS' },
    product_id: { type: 'INT64' },
  });
  const writer = await ParquetWriter.openFile(schema, path);
  for (const row of rows) {
    const record: Record<string, unknown> = Object.fromEntries(
      row.split(',').map((value, index) => [names[index], value || undefined]),
    );
    const time = new Date(String(record['event_time']).replace(' UTC', 'Z').replace(' ', 'T'));
    await writer.appendRow({ ...record, event_time: time, product_id: Number(record['product_id']) });
  }
  await writer.close();
  const csv = await writeLines(folder, 'same.csv', [header, ...rows]);
  const [fromCsv, fromParquet] = [join(folder, 'from-csv'), join(folder, 'from-parquetjs')];
  await loadEvents({ table: events, lake: fromCsv, inputs: [csv] });
  const report = await loadEvents({ table: events, lake: fromParquet, inputs: [path] });
  expect(report).toMatchObject({ rowsIn: 700, rowsOut: 700, duplicates: 0, quarantined: 0 });
  expect(await lakeBytes(fromParquet)).toEqual(await lakeBytes(fromCsv));
});
