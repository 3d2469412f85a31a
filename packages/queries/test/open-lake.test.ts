import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  closeLake,
  createLake,
  estimateScan,
  metricQuery,
  resultCache,
  revenue,
  runMetric,
  sql,
} from '@headwater/queries';
import { arrowTable } from '@headwater/queries/arrow';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { trinoEngine } from '@headwater/queries/trino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MadeLake, makeLake } from './support/made-lake.ts';
import { event, shop } from './support/shop.ts';

const range = { from: '2024-03-03', to: '2024-03-05' };
const one = event('03 10:00', 'purchase', 1, 1, 'a');
const two = event('03 11:00', 'purchase', 1, 1, 'b');

let made: MadeLake;
beforeEach(async () => {
  made = await makeLake();
});
afterEach(() => made.remove());

const open = (config: { refresh?: 'query' | 'never' } = {}) =>
  createLake({ tables: [shop], engine: duckdbEngine({ lake: made.folder, threads: 1 }), ...config });
type Shop = ReturnType<typeof open>;

/** The same question in every way that a query can be asked: the number of rows in the lake. */
const ways: Readonly<Record<string, (lake: Shop) => Promise<number>>> = {
  'a metric': async (lake) => (await runMetric(lake.shop, revenue, range))[0]?.orders ?? 0,
  'a query': async (lake) => (await lake.shop.between(range.from, range.to).select('brand').execute()).length,
  'a stream': async (lake) => {
    let rows = 0;
    for await (const _ of lake.shop.between(range.from, range.to).select('brand').stream()) rows += 1;
    return rows;
  },
  'a metric as a stream': async (lake) => {
    let orders = 0;
    for await (const row of metricQuery(lake.shop, revenue, range).stream()) orders += row.orders;
    return orders;
  },
  'a statement': async (lake) => {
    let rows = 0;
    for await (const batch of (await sql(lake, 'select brand from shop')).batches()) rows += batch.length;
    return rows;
  },
  Arrow: async (lake) =>
    (await arrowTable(lake, lake.shop.between(range.from, range.to).select('brand'))).numRows,
};

describe.each(Object.entries(ways))('%s', (_, rowsOf) => {
  test('sees the newest commit at its start', async () => {
    await made.commit(shop, [one]);
    const lake = open();
    expect(await rowsOf(lake)).toBe(1);
    await made.commit(shop, [two]);
    expect(await rowsOf(lake)).toBe(2);
    await closeLake(lake);
  });

  test('reads the present files where a compaction has taken the earlier ones away', async () => {
    const first = await made.commit(shop, [one]);
    const lake = open();
    expect(await rowsOf(lake)).toBe(1);
    await made.commit(shop, [one, two], first.added);
    expect(await rowsOf(lake)).toBe(2);
    await closeLake(lake);
  });

  test('fails on a closed lake', async () => {
    await made.commit(shop, [one]);
    const lake = open();
    expect(await rowsOf(lake)).toBe(1);
    await closeLake(lake);
    await expect(rowsOf(lake)).rejects.toMatchObject({ code: 'LAKE_CLOSED', payload: { lake: made.folder } });
    await closeLake(lake);
  });
});

test('a query whose files are taken away while it begins is begun again, and the caller sees one answer', async () => {
  const first = await made.commit(shop, [one]);
  const lake = open();
  await ways['a query']?.(lake);
  // The queries have their snapshot when the commit comes, and look for their files after it.
  const asked = Array.from({ length: 20 }, (_, index) =>
    Object.values(ways)[index % Object.keys(ways).length]?.(lake),
  );
  await made.commit(shop, [one, two], first.added);
  const answers = await Promise.all(asked);
  expect(answers.filter((rows) => rows !== 1 && rows !== 2)).toEqual([]);
  await closeLake(lake);
});

test('a stream that somebody reads keeps its snapshot', async () => {
  await made.commit(shop, [one]);
  const lake = open();
  const running = (await sql(lake, 'select product_id from shop, range(500_000)')).batches();
  let rows = (await running.next()).value?.length ?? 0;
  await made.commit(shop, [two]);
  expect(await ways['a query']?.(lake)).toBe(2);
  for await (const batch of running) rows += batch.length;
  expect(rows).toBe(500_000);
  await closeLake(lake);
});

test('a lake that is made anew under the same numbers is seen', async () => {
  await made.commit(shop, [one]);
  const lake = open();
  expect(await ways['a query']?.(lake)).toBe(1);
  const other = await makeLake();
  await other.commit(shop, [one, two, event('04 10:00', 'purchase', 1, 1, 'c')]);
  const { cp } = await import('node:fs/promises');
  await rm(made.folder, { recursive: true });
  await cp(other.folder, made.folder, { recursive: true });
  await other.remove();
  expect(await ways['a query']?.(lake)).toBe(3);
  await closeLake(lake);
});

test('with refresh never, a lake stays as its first query saw it, until its files are taken away', async () => {
  const first = await made.commit(shop, [one]);
  const lake = open({ refresh: 'never' });
  expect(await ways['a query']?.(lake)).toBe(1);
  await made.commit(shop, [two]);
  expect(await ways['a query']?.(lake)).toBe(1);
  await made.commit(shop, [one], first.added);
  await expect(ways['a query']?.(lake)).rejects.toMatchObject({
    code: 'LAKE_CHANGED',
    retryable: true,
    payload: { file: first.added[0]?.path },
  });
  expect(await ways['a query']?.(lake)).toBe(2);
  await closeLake(lake);
});

test('an engine that reads folders cannot keep a lake as it was', () => {
  const engine = trinoEngine({ url: 'http://127.0.0.1:1', catalog: 'hive', schema: 'shop' });
  expect(() => createLake({ tables: [shop], engine, refresh: 'never' })).toThrow(
    /refresh never: expected query/,
  );
});

test('a file that the last commit lists and nobody has is a damaged lake, not a changed one', async () => {
  const { added } = await made.commit(shop, [one]);
  const lake = open();
  expect(await ways['a query']?.(lake)).toBe(1);
  await rm(join(made.folder, added[0]?.path ?? ''));
  await expect(ways['a query']?.(lake)).rejects.toMatchObject({
    code: 'LAKE_CORRUPT',
    retryable: false,
    payload: { table: 'shop', file: added[0]?.path, problem: 'is missing' },
  });
  await closeLake(lake);
});

test('answers that a cache keeps are of the files that a query sees', async () => {
  await made.commit(shop, [one]);
  const engine = duckdbEngine({ lake: made.folder, threads: 1 });
  const lake = createLake({ tables: [shop], engine, cache: resultCache() });
  expect(await ways['a query']?.(lake)).toBe(1);
  await made.commit(shop, [two]);
  expect(await ways['a query']?.(lake)).toBe(2);
  expect(await ways['a query']?.(lake)).toBe(2);
  await closeLake(lake);
});

describe('closing a lake', () => {
  const endless = 'select sum(a.range * b.range) as n from range(10_000_000) a, range(10_000_000) b';

  test('waits for the queries that run', async () => {
    await made.commit(shop, [one]);
    const lake = open();
    const running = ways['a query']?.(lake);
    const { batches } = await sql(lake, 'select range from range(100_000)');
    const reading = batches();
    await reading.next();
    const closing = closeLake(lake);
    await expect(ways['a query']?.(lake)).rejects.toMatchObject({ code: 'LAKE_CLOSED' });
    expect(await running).toBe(1);
    let isClosed = false;
    void closing.then(() => {
      isClosed = true;
    });
    let rows = 0;
    for await (const batch of reading) {
      expect(isClosed).toBe(false);
      rows += batch.length;
    }
    expect(rows).toBeGreaterThan(90_000);
    await closing;
  });

  test('stops what still runs when the time is over, as closed', async () => {
    await made.commit(shop, [one]);
    const lake = open();
    const statement = sql(lake, endless).then(async ({ batches }) => {
      for await (const _ of batches());
    });
    const outcome = expect(statement).rejects.toMatchObject({ code: 'LAKE_CLOSED' });
    const { batches } = await sql(lake, 'select range from range(100_000_000_000)');
    const left = batches();
    await left.next();
    await closeLake(lake, { timeoutSeconds: 0.2 });
    await outcome;
    await expect(left.next()).rejects.toMatchObject({ code: 'LAKE_CLOSED' });
  });

  test('does not wait for a result that nobody has begun to read', async () => {
    await made.commit(shop, [one]);
    const lake = open();
    const { batches } = await sql(lake, 'select 1 as one');
    await closeLake(lake, { timeoutSeconds: 3600 });
    await expect(batches().next()).rejects.toMatchObject({ code: 'LAKE_CLOSED' });
  });

  test('ends estimates too, and a lake that was never asked', async () => {
    await made.commit(shop, [one]);
    const lake = open();
    await closeLake(lake);
    await expect(estimateScan(lake, 'select * from shop')).rejects.toMatchObject({ code: 'LAKE_CLOSED' });
  });
});
