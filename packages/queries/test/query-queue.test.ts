import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { closeLake, createLake, estimateScan, metricQuery, sql, topBrands } from '@headwater/queries';
import { type DuckdbEngineConfig, duckdbEngine } from '@headwater/queries/duckdb';
import { expect, onTestFinished, test, vi } from 'vitest';
import { QuerySlots } from '../src/engines/common/query-slots.ts';
import { history, shop } from './support/shop.ts';
import { withLake } from './support/with-lake.ts';

const made = withLake(shop, history);
const range = { from: '2024-03-03', to: '2024-03-05' };

function open(config: Partial<DuckdbEngineConfig>) {
  const engine = duckdbEngine({ lake: made.folder, threads: 1, ...config });
  const lake = createLake({ tables: [shop], engine });
  onTestFinished(() => closeLake(lake, { timeoutSeconds: 0 }));
  return lake;
}
type Shop = ReturnType<typeof open>;

/** A query that holds its slot until it is left. */
async function hold(lake: Shop): Promise<() => Promise<void>> {
  const { batches } = await sql(lake, 'select range from range(100_000_000_000)');
  const reading = batches();
  await reading.next();
  return async () => void (await reading.return?.());
}
const brands = (lake: Shop, signal?: AbortSignal) =>
  lake.shop
    .between(range.from, range.to)
    .select('brand')
    .execute(signal ? { signal } : undefined);

test('of 200 queries at once none waits longer than twice its fair share', async () => {
  const lake = open({ maxConcurrentQueries: 2 });
  const queries = Array.from({ length: 200 }, () => metricQuery(lake.shop, topBrands, range));
  await queries[0]?.rows();
  let answered = 0;
  const positions = await Promise.all(
    queries.map(async (query) => {
      await query.rows();
      answered += 1;
      return answered;
    }),
  );
  // The share of a query is what came before it and itself. Counted in answers, since time is the machine's; those that run
  // side by side may end in any order.
  const late = positions.filter((position, index) => position > 2 * (index + 1) + 4);
  expect(late).toEqual([]);
});

test('queries beyond the queue fail at once, and may be tried later; what needs no slot goes on', async () => {
  const lake = open({ maxConcurrentQueries: 1, queueLimit: 2 });
  const leave = await hold(lake);
  const waiting = [brands(lake), brands(lake)];
  await vi.waitFor(() =>
    expect(brands(lake)).rejects.toMatchObject({
      code: 'QUERY_QUEUE_FULL',
      retryable: true,
      payload: { engine: 'duckdb', running: 1, limit: 2 },
    }),
  );
  expect((await estimateScan(lake, 'select brand from shop')).tables).toHaveLength(1);
  await leave();
  for (const rows of await Promise.all(waiting)) expect(rows).toHaveLength(history.length);
  expect(await brands(lake)).toHaveLength(history.length);
});

test('a query that waits too long fails, and is not waited for by others', async () => {
  const lake = open({ maxConcurrentQueries: 1, queueTimeoutSeconds: 0.05 });
  const leave = await hold(lake);
  await expect(brands(lake)).rejects.toMatchObject({
    code: 'QUERY_QUEUE_TIMEOUT',
    retryable: true,
    payload: { running: 1, seconds: 0.05 },
  });
  await leave();
  expect(await brands(lake)).toHaveLength(history.length);
});

test('a query that is aborted while it waits leaves the queue, with the reason', async () => {
  const lake = open({ maxConcurrentQueries: 1, queueLimit: 1 });
  const leave = await hold(lake);
  const reason = new Error('the reader went away');
  const abort = new AbortController();
  const left = expect(brands(lake, abort.signal)).rejects.toBe(reason);
  abort.abort(reason);
  await left;
  const next = brands(lake);
  await leave();
  expect(await next).toHaveLength(history.length);
});

test('a query that fails, is left or is aborted frees its slot', async () => {
  const lake = open({ maxConcurrentQueries: 1, queueTimeoutSeconds: 5 });
  await expect(sql(lake, 'select nope from shop')).rejects.toMatchObject({ code: 'QUERY_FAILED' });
  await expect(sql(lake, 'drop view shop')).rejects.toMatchObject({ code: 'QUERY_NOT_READ_ONLY' });
  await (await hold(lake))();
  const abort = new AbortController();
  const { batches } = await sql(lake, 'select range from range(100_000_000_000)', { signal: abort.signal });
  const reading = batches();
  await reading.next();
  abort.abort();
  expect(await brands(lake)).toHaveLength(history.length);
});

test('a result that is dropped unread frees its slot when it is collected', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const lake = open({ maxConcurrentQueries: 2 });
  await sql(lake, 'select range from range(100_000_000_000)');
  await (async () => {
    const { batches } = await sql(lake, 'select range from range(100_000_000_000)');
    await batches().next();
  })();
  const rows = brands(lake);
  let answered: unknown;
  void rows.then((answer) => {
    answered = answer;
  });
  await vi.waitFor(
    () => {
      collect();
      expect(answered).toHaveLength(history.length);
    },
    { timeout: 60_000, interval: 50 },
  );
});

test('slots are given in the order of asking, also after some have left the queue', async () => {
  const slots = new QuerySlots('duckdb', {
    maxConcurrentQueries: 1,
    queueLimit: 100,
    queueTimeoutSeconds: 60,
  });
  const free = await slots.take();
  const order: number[] = [];
  const aborts = Array.from({ length: 6 }, () => new AbortController());
  const asked = aborts.map(async ({ signal }, index) => {
    const done = await slots.take(signal);
    order.push(index);
    done();
  });
  aborts[2]?.abort();
  aborts[4]?.abort();
  free();
  await Promise.allSettled(asked);
  expect(order).toEqual([0, 1, 3, 5]);
});

test.each([
  ['maxConcurrentQueries', 0],
  ['maxConcurrentQueries', 1.5],
  ['queueLimit', -1],
  ['queueTimeoutSeconds', 0],
  ['queueTimeoutSeconds', Number.NaN],
])('%s %d is refused', (option, value) => {
  expect(() => duckdbEngine({ lake: './lake', [option]: value })).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', payload: expect.objectContaining({ option }) }),
  );
});
