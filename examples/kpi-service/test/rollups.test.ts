// Rollups hold the answers of all merchants: a tenant still gets its own, and what is held for a question is what it then reads.
import { join } from 'node:path';
import { refreshRollups } from '@headwater/etl';
import {
  closeLake,
  createLake,
  estimateScan,
  namedMetricQuery,
  rollupsIn,
  tableOf,
} from '@headwater/queries';
import { duckdbEngine, openRollupWriter } from '@headwater/queries/duckdb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Tenant } from '../src/access/access-file.ts';
import { kpis } from '../src/kpis.ts';
import { events } from '../src/marketplace.ts';
import { tenantMetric } from '../src/question/tenant-question.ts';
import { madeEvents } from '../testing/made-events.ts';
import { loadMade } from '../testing/made-lake.ts';
import { type Fixture, makeService, temporaryFolder } from './service-fixture.ts';

const range = { from: '2024-02-28', to: '2024-03-01' };
const stored = kpis.filter(({ incremental, dimensions }) => incremental === true && 'period' in dimensions);
const rowsOf = (merchant: string, seed: number) => [
  ...madeEvents({ merchant, seed, count: 300, start: range.from, days: 3 }),
];
let shared: string;
let remove: () => Promise<void>;
let service: Fixture;
let alone: Fixture;

beforeAll(async () => {
  const made = await temporaryFolder();
  ({ remove } = made);
  shared = join(made.folder, 'lake');
  const own = join(made.folder, 'lake-of-north');
  await loadMade(shared, made.folder, [...rowsOf('north', 1), ...rowsOf('south', 2)]);
  await loadMade(own, made.folder, rowsOf('north', 1));
  const lake = createLake({ tables: [events], engine: duckdbEngine({ lake: shared }) });
  const configs = stored.map(({ name, breakdowns }) => ({
    metric: name,
    grains: ['day'] as const,
    by: ['none', ...((breakdowns as readonly string[]).includes('brand') ? ['merchant', 'country'] : [])],
  }));
  const { length } = configs;
  expect(length).toBeGreaterThan(2);
  await refreshRollups({
    table: events,
    lake: shared,
    rollups: rollupsIn(tableOf(lake, 'events'), configs),
    open: (source) => openRollupWriter({ lake: shared, threads: 1 }, events.schema, source),
    eventsPerGroup: 0,
  });
  await closeLake(lake);
  service = makeService({ lake: shared });
  alone = makeService({ lake: own });
});
afterAll(async () => {
  await service.service.close(1);
  await alone.service.close(1);
  await remove();
});

it('a tenant has the answers of a lake with its own rows and without rollups', async () => {
  const lake = createLake({ tables: [events], engine: duckdbEngine({ lake: shared }) });
  // Without a tenant they answer: otherwise this would say nothing.
  const [first] = stored;
  const ofAll = first && namedMetricQuery(tableOf(lake, 'events'), first, range);
  expect(await ofAll?.rollup()).toMatchObject({ isUsed: true });
  for (const metric of stored)
    for (const grain of ['day', 'week', 'all']) {
      if (!metric.parameters.safeParse({ ...range, grain }).success) continue;
      const path = `/v1/metrics/${metric.name}?${new URLSearchParams({ ...range, grain })}`;
      const [answer, expected] = [await service.get('north', path), await alone.get('north', path)];
      expect(answer.status, path).toBe(200);
      expect(await answer.json(), path).toEqual(await expected.json());
      // What was held for it is what the statement reads that ran.
      const query = tenantMetric(lake, { id: 'north' } as Tenant, metric, { ...range, grain });
      expect(service.logged.at(-1)?.mostBytes, path).toBe((await estimateScan(lake, query)).mostBytes);
    }
  await closeLake(lake);
});
