import { cp, link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RollupConfig } from '@headwater/core';
import { loadEvents, refreshRollups } from '@headwater/etl';
import { clickstream } from '@headwater/example-ecommerce';
import { createLake, rollupsIn, tableOf } from '@headwater/queries';
import { duckdbEngine, openRollupWriter } from '@headwater/queries/duckdb';
import { simulateToFile } from '@headwater/simulator';

/** The days of the lake. */
export const lakeDays = { from: '2019-10-01', to: '2019-10-31' } as const;

/** What a project declares that looks at its store by day and by hour, and filters by category and brand. */
const rollups: readonly RollupConfig[] = [
  { metric: 'daily-visitors', grains: ['day', 'hour'], by: ['none', 'category', 'brand'] },
  { metric: 'revenue', grains: ['day', 'hour'], by: ['none', 'category', 'brand'] },
  { metric: 'conversion-funnel', grains: ['day'] },
  { metric: 'cart-abandonment', grains: ['day'] },
];

/** A lake of simulated events, and the same lake with rollups. */
export interface DashboardLakes {
  readonly plain: string;
  readonly rolledUp: string;
}

/** The lakes of so many events, which stay in the temporary folder: ten million take some minutes to make. */
export async function dashboardLakes(events: number): Promise<DashboardLakes> {
  const folder = join(tmpdir(), 'headwater-bench', `dashboard-${events}`);
  const [plain, rolledUp] = [join(folder, 'plain'), join(folder, 'rolled-up')];
  await mkdir(folder, { recursive: true });
  if (!(await exists(plain))) {
    process.stderr.write(`  simulating and loading ${events} events\n`);
    const [draft, input] = [join(folder, 'draft'), join(folder, 'events.csv.zst')];
    await rm(draft, { recursive: true, force: true });
    await simulateToFile({ events, days: 31, start: lakeDays.from, seed: 1, out: input });
    await loadEvents({ table: clickstream, lake: draft, inputs: [input] });
    await rm(input);
    await rename(draft, plain);
  }
  if (!(await exists(rolledUp))) {
    const draft = join(folder, 'draft');
    await rm(draft, { recursive: true, force: true });
    await copyLake(plain, draft);
    await rename(draft, rolledUp);
  }
  // Written anew where a metric is another one by now.
  await writeRollups(rolledUp, folder);
  return { plain, rolledUp };
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Files of events never change, so both lakes have the same ones. */
const copyLake = (from: string, to: string): Promise<void> =>
  cp(from, to, {
    recursive: true,
    filter: async (source, target) => {
      if (!source.endsWith('.parquet')) return true;
      await link(source, target);
      return false;
    },
  });

async function writeRollups(lake: string, spillFolder: string): Promise<void> {
  const engine = duckdbEngine({ lake, spillFolder });
  await using opened = createLake({ tables: [clickstream], engine });
  const report = await refreshRollups({
    table: clickstream,
    lake,
    rollups: rollupsIn(tableOf(opened, clickstream.name), rollups),
    open: (source) => openRollupWriter({ lake, spillFolder }, clickstream.schema, source),
  });
  process.stderr.write(
    `  rollups in ${report.seconds.toFixed(0)} s; kept ${report.rollups.filter((one) => one.isKept).length}\n`,
  );
}
