import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEvents } from '@headwater/etl';
import {
  closeLake,
  createLake,
  describeAnswer,
  type Lake,
  metricOf,
  namedMetricQuery,
  tableOf,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { simulateToFile } from '@headwater/simulator';
import type { ChartAnswer, DayRange, PeriodLength } from '../../src/index.ts';
import { clickstream } from './clickstream.ts';

/** The days of the simulated shop: six whole weeks, with a leap day among them. */
export const shopDays: DayRange = { from: '2024-02-05', to: '2024-03-17' };

/** A lake of simulated events, opened by DuckDB. */
export interface ShopLake {
  readonly folder: string;
  readonly lake: Lake<readonly [typeof clickstream]>;
  /** Asks a metric, and gives the answer as charts take it, with its hidden measures. */
  ask(metric: string, range: DayRange, parameters?: Readonly<Record<string, string>>): Promise<ChartAnswer>;
  /** Loads so many more events of the same days. */
  load(events: number): Promise<void>;
  close(): Promise<void>;
}

/** Simulates a shop and loads it. */
export async function shopLake(events = 40_000): Promise<ShopLake> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-dashboard-'));
  const load = async (count: number, seed: number): Promise<void> => {
    const out = join(folder, `raw-${seed}.csv`);
    await simulateToFile({ events: count, days: 42, start: shopDays.from, seed, out });
    await loadEvents({ table: clickstream, lake: join(folder, 'lake'), inputs: [out] });
  };
  await load(events, 11);
  const lake = createLake({ tables: [clickstream], engine: duckdbEngine({ lake: join(folder, 'lake') }) });
  return {
    folder,
    lake,
    async ask(name, range, parameters = {}) {
      const metric = metricOf(name);
      const asked = { ...range, ...parameters };
      const options = { withHidden: true };
      const rows = await namedMetricQuery(tableOf(lake, 'clickstream'), metric, asked, options).rows();
      const described = describeAnswer(metric, asked, { schema: clickstream.schema, ...options });
      const grain = (parameters['grain'] ?? 'day') as PeriodLength;
      return { ...described, rows, range, grain };
    },
    load: (more) => load(more, 12),
    async close() {
      await closeLake(lake);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
