import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { isHeadwaterError } from '@headwater/core';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulateRows } from '../src/simulate-rows.ts';
import { type SimulateToFileOptions, simulateToFile } from '../src/simulate-to-file.ts';

const week = { events: 10_000, days: 7, start: '2019-10-01', seed: 42 };
const header = 'event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-simulator-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const simulate = async (name: string, options: Partial<SimulateToFileOptions> = {}): Promise<Buffer> => {
  const out = join(folder, name);
  await simulateToFile({ ...week, ...options, out });
  return readFileSync(out);
};
const linesOf = (bytes: Buffer): string[] => bytes.toString().trimEnd().split('\n');
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The rows of {@link simulateRows}, spelt as the CSV file spells them. */
const expectedLines = (): string[] =>
  Array.from(simulateRows(week), (event) => {
    const time = event.event_time.toISOString().replace('T', ' ').replace('.000Z', ' UTC');
    const product = [event.product_id, event.category_id, event.category_code ?? '', event.brand ?? ''];
    const who = [event.price.toFixed(2), event.user_id, event.user_session ?? ''];
    return [time, event.event_type, ...product, ...who].join(',');
  });

describe('one seed', () => {
  it('gives the same bytes on every machine', async () => {
    const bytes = await simulate('golden.csv');
    expect(sha256(bytes)).toBe('44d4c5d9149dc02456c0403f06bcfd86d038e5f3458e4051a8fc4e9e02248159');
    expect(await simulate('again.csv')).toEqual(bytes);
    expect(await simulate('other.csv', { seed: 43 })).not.toEqual(bytes);
  });

  it('repeats as many rows exactly as the report says', async () => {
    const out = join(folder, 'repeats.csv');
    const report = await simulateToFile({ ...week, events: 30_000, out });
    const lines = linesOf(readFileSync(out));
    const repeated = lines.length - new Set(lines).size;
    expect(report.duplicates).toBeGreaterThan(50);
    // In the last seconds, where sessions hurry, two events may happen to be equal.
    expect(repeated - report.duplicates).toBeGreaterThanOrEqual(0);
    expect(repeated - report.duplicates).toBeLessThan(5);
  });

  it('gives the same rows to a file and to a loop', async () => {
    const lines = linesOf(await simulate('rows.csv'));
    expect(lines[0]).toBe(header);
    expect(lines.slice(1)).toEqual(expectedLines());
  });

  it('writes rows in the order of their time, within the days asked for', async () => {
    const times = linesOf(await simulate('order.csv', { bots: true }))
      .slice(1)
      .map((line) => line.slice(0, 23));
    expect(times).toEqual(times.toSorted());
    expect(times[0]?.slice(0, 10)).toBe('2019-10-01');
    expect(times.at(-1)?.slice(0, 10)).toBe('2019-10-07');
  });
});

describe('the number of rows', () => {
  it.each([
    { events: 1, days: 1 },
    { events: 2, days: 90 },
    { events: 37, days: 1, bots: 0.9 },
    { events: 999, days: 30, bots: 0.3 },
    { events: 25_000, days: 1, bots: 0.05, dirty: 0.5 },
  ])('is the one asked for: %o', async (options) => {
    const out = join(folder, 'count.csv');
    for (const seed of [0, 1, -7, Number.MAX_SAFE_INTEGER]) {
      const report = await simulateToFile({ ...week, ...options, seed, out });
      expect(report.rows).toBe(options.events);
      const types = Object.values(report.eventTypes).reduce((sum, rows) => sum + rows, 0);
      expect(types).toBe(options.events);
      expect(
        readFileSync(out)
          .toString('latin1')
          .split(/\n(?!$)/),
      ).toHaveLength(options.events + 1);
    }
  });
});

describe('formats', () => {
  it('compresses by extension without changing a byte', async () => {
    const plain = await simulate('plain.csv');
    expect(gunzipSync(await simulate('packed.csv.gz'))).toEqual(plain);
    expect(zstdDecompressSync(await simulate('packed.csv.zst'))).toEqual(plain);
  });

  it('writes the same values as JSON Lines', async () => {
    const values = linesOf(await simulate('rows.ndjson')).map((line) => {
      const row: Record<string, string | number | null> = JSON.parse(line);
      const price = Number(row['price']).toFixed(2);
      return Object.values({ ...row, price })
        .map((value) => value ?? '')
        .join(',');
    });
    expect(values).toEqual(expectedLines());
  });

  it('writes the same values as Parquet, in groups of rows, typed', async () => {
    const out = join(folder, 'rows.parquet');
    await simulateToFile({ ...week, events: 120_000, out });
    const file = await asyncBufferFromFile(out);
    const metadata = await parquetMetadataAsync(file);
    expect(metadata.row_groups.map((group) => Number(group.num_rows))).toEqual([100_000, 20_000]);
    expect(new Set(metadata.row_groups[0]?.columns.map((column) => column.meta_data?.codec))).toEqual(
      new Set(['ZSTD']),
    );
    const price = metadata.schema.find((column) => column.name === 'price');
    expect(price).toMatchObject({ converted_type: 'DECIMAL', precision: 10, scale: 2 });
    const compressors = { ZSTD: (input: Uint8Array) => new Uint8Array(zstdDecompressSync(input)) };
    const rowEnd = 5_000;
    const read = await parquetReadObjects({ file, compressors, rowEnd });
    // The reader multiplies by 0.01, which misses the double nearest to some prices.
    const rows = read.map((row) => ({ ...row, price: Number(row['price']).toFixed(2) }));
    const expected: object[] = [];
    for (const event of simulateRows({ ...week, events: 120_000 })) {
      if (expected.length === rowEnd) break;
      expected.push({ ...event, product_id: BigInt(event.product_id), price: event.price.toFixed(2) });
    }
    expect(rows).toEqual(expected);
  });
});

describe('an output that is there already', () => {
  it('is replaced when it is a file, through a link as well', async () => {
    const [file, link] = [join(folder, 'target.csv'), join(folder, 'link.csv')];
    writeFileSync(file, 'old');
    symlinkSync(file, link);
    const bytes = await simulate('link.csv');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file)).toEqual(bytes);
    expect(linesOf(bytes)).toHaveLength(week.events + 1);
  });

  it.skipIf(process.platform === 'win32')('is written into when it is a pipe or a device', async () => {
    const pipe = join(folder, 'pipe.csv');
    execFileSync('mkfifo', [pipe]);
    const reader = buffer(createReadStream(pipe));
    await simulateToFile({ ...week, out: pipe });
    expect(await reader).toEqual(await simulate('piped.csv'));
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    expect(readdirSync(folder).filter((name) => name.endsWith('part'))).toEqual([]);
  });
});

describe('a run that fails', () => {
  const codeOf = async (options: Partial<SimulateToFileOptions>): Promise<unknown> => {
    const error: unknown = await simulateToFile({
      ...week,
      out: join(folder, 'failed.csv'),
      ...options,
    }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return isHeadwaterError(error, 'SIMULATION_INVALID') ? error.payload.option : error;
  };

  it('names the option that is wrong', async () => {
    expect(await codeOf({ events: 0 })).toBe('events');
    expect(await codeOf({ events: 1.5 })).toBe('events');
    expect(await codeOf({ days: 0 })).toBe('days');
    expect(await codeOf({ start: '2019-02-30' })).toBe('start');
    expect(await codeOf({ seed: Number.NaN })).toBe('seed');
    expect(await codeOf({ bots: 1 })).toBe('bots');
    expect(await codeOf({ dirty: -1 })).toBe('dirty');
    expect(await codeOf({ saleDays: ['soon'] })).toBe('saleDays');
    expect(await codeOf({ out: join(folder, 'failed.txt') })).toBe('out');
    expect(await codeOf({ out: join(folder, 'failed.parquet.gz') })).toBe('out');
    expect(await codeOf({ out: join(folder, 'failed.parquet'), dirty: 0.1 })).toBe('dirty');
    expect(await codeOf({ out: join(folder, 'no', 'such', 'folder.csv') })).toBe('out');
    expect(await codeOf({ labelsOut: join(folder, 'no', 'such', 'labels.csv') })).toBe('labelsOut');
    expect(await codeOf({ labelsOut: join(folder, '.', 'failed.csv') })).toBe('labelsOut');
    expect(await codeOf({ bots: Number.NaN })).toBe('bots');
    expect(await codeOf({ start: '9999-12-30', days: 3 })).toBe('days');
  });

  it('leaves no file behind, whole or partial', async () => {
    const controller = new AbortController();
    for (const name of ['stopped.csv', 'stopped.csv.gz', 'stopped.parquet']) {
      const stopped = simulateToFile({
        ...week,
        events: 30_000,
        out: join(folder, name),
        labelsOut: join(folder, 'stopped.labels.csv'),
        bots: true,
        signal: controller.signal,
        onProgress: () => controller.abort(),
      });
      await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED' });
    }
    expect(readdirSync(folder).filter((name) => /stopped|failed|part$/.test(name))).toEqual([]);
  });
});
