import type { Manifest } from '@headwater/core/internal';
import { describe, expect, test } from 'vitest';
import { jobHours } from '../../src/cost/ask-glue.ts';
import { sumOf } from '../../src/cost/cost-line.ts';
import { monthOf } from '../../src/cost/month.ts';
import { dollarText } from '../../src/cost/print-cost.ts';
import { queryCost, type RunQuery } from '../../src/cost/query-cost.ts';
import { storedBytes } from '../../src/cost/stored-bytes.ts';
import { streamCost } from '../../src/cost/stream-cost.ts';
import type { StreamUse } from '../../src/cost/stream-use.ts';

const now = new Date('2026-03-11T12:00:00Z');

describe('a month', () => {
  test('is the last full one by default, also over a new year', () => {
    expect(monthOf(undefined, now)).toEqual({
      name: '2026-02',
      from: new Date('2026-02-01T00:00:00Z'),
      to: new Date('2026-03-01T00:00:00Z'),
      hours: 28 * 24,
      isOver: true,
    });
    expect(monthOf(undefined, new Date('2026-01-31T23:00:00Z')).name).toBe('2025-12');
  });

  test('that goes on ends now; one that has not begun is refused', () => {
    expect(monthOf('2026-03', now)).toMatchObject({ to: now, hours: 31 * 24, isOver: false });
    for (const wrong of ['2026-04', '2026-13', '2026-3', 'march'])
      expect(() => monthOf(wrong, now)).toThrow(/--month: /);
  });
});

describe('queries', () => {
  const query = (statement: string, bytes: number, more: Partial<RunQuery> = {}): RunQuery => ({
    workgroup: 'w',
    statement,
    bytes,
    isReused: false,
    isFree: false,
    ...more,
  });

  test('are billed by whole megabytes, at least ten, and nothing where nothing was read anew', () => {
    const { billedBytes, dollars, runs, billedRuns, bytes } = queryCost(
      [
        query('select 1', 0), // 10 MB
        query('select 2', 9_999_999), // 10 MB
        query('select 3', 10_000_001), // 11 MB
        query('select 4', 2_000_000_000_000), // 2 TB
        query('select 4', 2_000_000_000_000, { isReused: true }),
        query('create table t', 0, { isFree: true }),
      ],
      5,
    );
    expect(billedBytes).toBe(2_000_031_000_000);
    expect(dollars).toBeCloseTo(10.000155, 9);
    expect({ runs, billedRuns, bytes }).toEqual({ runs: 6, billedRuns: 4, bytes: 4_000_020_000_000 });
  });

  test('of one statement are one, whatever their values, which are not shown; the dearest ten come first', () => {
    const many = Array.from({ length: 12 }, (_, index) => query(`select c${index} from t`, index * 1e9));
    const { top } = queryCost(
      [
        ...many,
        query("select  *\nfrom t where p = 'anna' and n > 7", 6e12),
        query("select * from t where p = 'it''s' and n > 12.5", 1e12),
      ],
      5,
    );
    expect(top).toHaveLength(10);
    expect(top[0]).toEqual({
      statement: 'select * from t where p = ? and n > ?',
      runs: 2,
      bytes: 7e12,
      dollars: 35,
    });
    expect(top[1]?.statement).toBe('select c11 from t');
  });

  test('none cost nothing', () => {
    expect(queryCost([], 5)).toEqual({
      runs: 0,
      billedRuns: 0,
      bytes: 0,
      billedBytes: 0,
      dollars: 0,
      top: [],
    });
  });
});

test('loads are billed by what Glue counted, or by their workers, for a minute at least', () => {
  const counted = jobHours('load', [
    { DPUSeconds: 7200, ExecutionTime: 999, NumberOfWorkers: 10, WorkerType: 'G.2X' }, // 2 hours
    { ExecutionTime: 1800, NumberOfWorkers: 10, WorkerType: 'G.2X' }, // 10 x 2 DPU x half an hour = 10 hours
    { ExecutionTime: 6, MaxCapacity: 60 }, // a minute of 60 DPU = 1 hour
    { ExecutionTime: 0, NumberOfWorkers: 10, WorkerType: 'G.1X' }, // it never ran
  ]);
  expect(counted).toEqual({ job: 'load', runs: 4, hours: 13, atMost: 3 });
});

describe('storage', () => {
  const month = monthOf('2026-02', now);
  const file = (path: string, bytes: number) => ({ path, bytes });
  const commit = (startedAt: string, seconds: number, parts: object): Manifest =>
    ({
      startedAt,
      seconds,
      added: [],
      removed: [],
      quarantineAdded: [],
      quarantineRemoved: [],
      ...parts,
    }) as never;

  test('is the mean over the hours of the month: files count from their commit to the one that removed them', () => {
    const history = [
      // Before the month: all of it, until a compaction in its middle.
      commit('2026-01-10T00:00:00Z', 0, { added: [file('a', 100), file('b', 300)] }),
      // Half of the month is over.
      commit('2026-02-14T23:00:00Z', 3600, { added: [file('c', 200)], removed: ['a', 'b'] }),
      // A quarter is left.
      commit('2026-02-22T00:00:00Z', 0, { quarantineAdded: [file('q', 80)] }),
      // After it.
      commit('2026-03-05T00:00:00Z', 0, { added: [file('d', 1e6)], removed: ['c'] }),
    ];
    expect(storedBytes(history, month)).toEqual({ lake: 400 / 2 + 200 / 2, quarantine: 20 });
  });

  test('of a month that goes on is what there was until now, over the whole month', () => {
    const whole = commit('2026-01-10T00:00:00Z', 0, { added: [file('a', 31 * 24)] });
    expect(storedBytes([whole], monthOf('2026-03', now)).lake).toBe(10 * 24 + 12);
    expect(storedBytes([], month)).toEqual({ lake: 0, quarantine: 0 });
  });
});

describe('a stream', () => {
  const use: StreamUse = {
    stream: 'clicks',
    mode: 'PROVISIONED',
    shards: 2,
    hours: 720,
    retentionHours: 48,
    bytesIn: 50e9,
    recordsIn: 100_000_000,
    bytesOut: 200e9,
    readBytes: 0,
    readRecords: 0,
    tableReads: 8_000_000,
    tableWrites: 2_000_000,
    functions: [{ name: 'sessions', calls: 1_000_000, milliseconds: 50_000_000, megabytes: 512 }],
  };
  const priced = (given: Partial<StreamUse>): Record<string, number> =>
    Object.fromEntries(
      streamCost({ ...use, ...given }).map(({ what, dollars }) => [what, Number(dollars.toFixed(4))]),
    );

  test('with shards costs by their hours and by put units', () => {
    expect(priced({})).toEqual({
      'Shards of clicks': 21.6, // 2 x 720 x 0.015
      'Retention of clicks beyond 24 h': 28.8, // 2 x 720 x 0.02
      'Records into clicks': 1.4, // 100 million units x 0.014
      'Calls of sessions': 0.2,
      'Memory of sessions while it runs': 0.3333, // 50,000 s x 0.5 GB x 0.0000133334
      'Writes of the table of live sessions': 1.25, // 2 x 0.625
      'Reads of the table of live sessions': 1, // 8 x 0.125
    });
    // Larger records: 4,000 GB in units of 25 KB are 160 million.
    expect(priced({ bytesIn: 4e12, retentionHours: 24 })).toMatchObject({ 'Records into clicks': 2.24 });
    expect(priced({ retentionHours: 24 })).not.toHaveProperty(['Retention of clicks beyond 24 h']);
  });

  test('on demand costs by its hours and by bytes, of 1 KB a record at least', () => {
    const none = { functions: [], tableReads: 0, tableWrites: 0 };
    expect(priced({ mode: 'ON_DEMAND', retentionHours: 24, ...none })).toEqual({
      'Hours of clicks': 28.8, // 720 x 0.04
      'Bytes into clicks': 8, // 100 million of 1 KB: 100 x 0.08
      'Bytes out of clicks': 8, // 200 x 0.04
    });
    // 300 GB, kept for 72 hours of 720 more: 30 GB-months x 0.1
    expect(priced({ mode: 'ON_DEMAND', bytesIn: 300e9, retentionHours: 96, ...none })).toMatchObject({
      'Bytes into clicks': 24,
      'Retention of clicks beyond 24 h': 3,
    });
  });

  test('is delivered by what comes in, of 5 KB a record at least; folders by the bytes', () => {
    expect(priced({ readBytes: 50e9, readRecords: 100_000_000 })).toMatchObject({
      'Firehose of clicks': 14.5, // 500 GB x 0.029
      'Firehose of clicks, to Parquet': 9, // 500 GB x 0.018
      'Firehose of clicks, by day': 1, // 50 GB x 0.02
    });
  });

  test('says of each line what is estimated', () => {
    const lines = streamCost(use);
    expect(
      lines.filter(({ basis }) => basis === 'estimated').every(({ note }) => (note ?? '').length > 10),
    ).toBe(true);
    expect(sumOf(lines)).toBeCloseTo(54.5833, 3);
  });
});

test('dollars are cents, and more digits for less than a cent', () => {
  expect([0, 0.00005, 0.01, 1234.5].map(dollarText)).toEqual(['0.00', '0.00005', '0.01', '1,234.50']);
});
