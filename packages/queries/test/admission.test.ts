import {
  answerKey,
  closeLake,
  createLake,
  estimateScan,
  metricQuery,
  resultCache,
  revenue,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { expect, test, vi } from 'vitest';
import { planScans } from '../src/guard/cost/scan-plan.ts';
import { history, shop } from './support/shop.ts';
import { withLake } from './support/with-lake.ts';

vi.mock('../src/guard/cost/scan-plan.ts', async (original) => {
  const module = await original<typeof import('../src/guard/cost/scan-plan.ts')>();
  return { ...module, planScans: vi.fn(module.planScans) };
});

const made = withLake(shop, history);

test('a query is planned once, for its limit, its estimate and the cache before and after it', async () => {
  const kept = new Map<string, Uint8Array>();
  const store = {
    get: async (key: string) => kept.get(key),
    set: async (key: string, bytes: Uint8Array) => void kept.set(key, bytes),
  };
  const engine = duckdbEngine({ lake: made.folder });
  const lake = createLake({ tables: [shop], engine, maxScan: '1 GB', cache: resultCache({ store }) });
  const brands = lake.shop.between('2024-03-03', '2024-03-05').select('brand');
  const rows = await brands.execute();
  expect(kept.size).toBe(1);
  expect(planScans).toHaveBeenCalledTimes(1);
  const streamed = [];
  for await (const row of lake.shop.between('2024-03-03', '2024-03-05').select('price').stream())
    streamed.push(row);
  expect(kept.size).toBe(2);
  expect(planScans).toHaveBeenCalledTimes(2);
  // The same tree again.
  expect(await brands.execute()).toEqual(rows);
  expect(planScans).toHaveBeenCalledTimes(2);
  const query = metricQuery(lake.shop, revenue, { from: '2024-03-03', to: '2024-03-05' });
  await answerKey(lake, query);
  await estimateScan(lake, query);
  await query.rows();
  expect(planScans).toHaveBeenCalledTimes(3);
  await closeLake(lake);
});
