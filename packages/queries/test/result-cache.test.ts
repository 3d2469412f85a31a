import { mkdtemp, readdir, rm, stat, truncate, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  closeLake,
  createLake,
  folderStore,
  metricQuery,
  type ResultStore,
  resultCache,
  revenue,
  runMetric,
  topBrands,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { sql as raw } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryStore } from '../src/guard/cache/memory-store.ts';
import { makeLake } from './support/made-lake.ts';
import { event, history, shop } from './support/shop.ts';

const range = { from: '2024-03-03', to: '2024-03-05' };

/** A store that counts its hits, misses and entries. */
function countingStore() {
  const inner = createMemoryStore(1e6);
  const counts = { hits: 0, misses: 0, kept: 0 };
  const store: ResultStore = {
    async get(key) {
      const found = await inner.get(key);
      if (found) counts.hits += 1;
      else counts.misses += 1;
      return found;
    },
    async set(key, bytes) {
      counts.kept += 1;
      await inner.set(key, bytes);
    },
  };
  return { store, counts };
}

test('the same query over the same files is answered from the cache, in order and with the same types', async () => {
  const made = await makeLake();
  await made.commit(shop, history);
  const { store, counts } = countingStore();
  const open = () =>
    createLake({
      tables: [shop],
      engine: duckdbEngine({ lake: made.folder }),
      cache: resultCache({ store }),
    });
  const lake = open();
  const ask = (one: typeof lake) =>
    one.shop.between('2024-03-03', '2024-03-05').selectAll().orderBy('event_time', 'desc').execute();
  const first = await ask(lake);
  const [changed] = first;
  if (changed) changed.brand = 'changed by its reader';
  const again = await ask(lake);
  expect(counts).toEqual({ hits: 1, misses: 1, kept: 1 });
  expect(again.map((row) => row.event_time)).toEqual(first.map((row) => row.event_time));
  expect(again[0]?.brand).not.toBe('changed by its reader');
  expect(again[0]?.product_id).toBeTypeOf('bigint');
  const query = metricQuery(lake.shop, topBrands, range);
  const rows = await query.rows();
  expect(await query.rows()).toEqual(rows);
  const streamed = [];
  for await (const row of query.stream()) streamed.push(row);
  expect(streamed).toEqual(rows);
  const byDay = () => lake.shop.between('2024-03-03', '2024-03-05').select(['event_time', 'brand']).stream();
  const streamedFirst = [];
  for await (const row of byDay()) {
    streamedFirst.push({ ...row });
    row.brand = 'changed by its reader';
  }
  const kept = counts.kept;
  const streamedAgain = [];
  for await (const row of byDay()) streamedAgain.push(row);
  expect(streamedAgain).toEqual(streamedFirst);
  expect(counts.kept).toBe(kept);
  expect(await metricQuery(lake.shop, topBrands, { ...range, limit: 1 }).rows()).toHaveLength(1);
  await closeLake(lake);
  await made.remove();
});

test('a commit to the days of a query invalidates its answer, and other commits do not', async () => {
  const made = await makeLake();
  await made.commit(shop, history);
  const { store, counts } = countingStore();
  const ask = async () => {
    const lake = createLake({
      tables: [shop],
      engine: duckdbEngine({ lake: made.folder }),
      cache: resultCache({ store }),
    });
    const rows = await runMetric(lake.shop, revenue, range);
    await closeLake(lake);
    return rows.map(({ orders }) => orders);
  };
  expect(await ask()).toEqual([1, 1, 1]);
  await made.commit(shop, [event('20 10:00', 'purchase', 1, 1, 'far away')]);
  expect(await ask()).toEqual([1, 1, 1]);
  expect(counts).toEqual({ hits: 1, misses: 1, kept: 1 });
  await made.commit(shop, [event('04 10:00', 'purchase', 1, 1, 'late')]);
  expect(await ask()).toEqual([1, 2, 1]);
  expect(await ask()).toEqual([1, 2, 1]);
  expect(counts).toEqual({ hits: 2, misses: 2, kept: 2 });
  await made.remove();
});

test('does not cache volatile, large or aborted queries', async () => {
  const made = await makeLake();
  await made.commit(shop, history);
  const { store, counts } = countingStore();
  const lake = createLake({
    tables: [shop],
    engine: duckdbEngine({ lake: made.folder }),
    cache: resultCache({ store, maxResult: '1 kB' }),
  });
  const base = lake.shop.between('2024-03-03', '2024-03-05');
  await base.select(raw`now()`.as('now')).execute();
  await base.selectAll().execute();
  const abort = new AbortController();
  const running = runMetric(lake.shop, revenue, range, { signal: abort.signal });
  queueMicrotask(() => abort.abort(new Error('enough')));
  await expect(running).rejects.toThrow('enough');
  expect(counts.kept).toBe(0);
  expect(await runMetric(lake.shop, revenue, range)).toHaveLength(3);
  await closeLake(lake);
  await made.remove();
});

test('limits the memory of answers, and removes the least recently used first', async () => {
  const store = createMemoryStore(100);
  const bytes = new Uint8Array(40);
  await store.set('a', bytes);
  await store.set('b', bytes);
  expect(await store.get('a')).toBe(bytes);
  await store.set('c', bytes);
  expect(await store.get('b')).toBeUndefined();
  expect(await store.get('a')).toBe(bytes);
  await store.set('d', new Uint8Array(101));
  expect(await Promise.all(['a', 'c', 'd'].map((key) => store.get(key)))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a folder keeps complete answers between processes, for this user alone, up to its maximum size', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'headwater-answers-')), 'made', 'when needed');
  onTestFinished(() => rm(join(folder, '..', '..'), { recursive: true }));
  const store = folderStore(folder, { maxBytes: '1 kB' });
  const bytes = new Uint8Array(400).fill(7);
  await store.set('a', bytes);
  expect(new Uint8Array((await folderStore(folder).get('a')) ?? [])).toEqual(bytes);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o600);
  await store.set('b', bytes);
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(join(folder, 'b'), longAgo, longAgo);
  await store.get('a');
  await store.set('c', bytes);
  expect((await readdir(folder)).toSorted()).toEqual(['a', 'c']);
  await truncate(join(folder, 'a'), 200);
  expect(await store.get('a')).toBeUndefined();
  expect(await store.get('never')).toBeUndefined();
});

test('an answer that cannot be kept is given all the same', async () => {
  const made = await makeLake();
  await made.commit(shop, history);
  const store: ResultStore = {
    get: async () => undefined,
    async set() {
      throw new Error('the disk is full');
    },
  };
  const engine = duckdbEngine({ lake: made.folder });
  const lake = createLake({ tables: [shop], engine, cache: resultCache({ store }) });
  expect(await runMetric(lake.shop, revenue, range)).toHaveLength(3);
  await closeLake(lake);
  await made.remove();
});
