import type { EventsTable, RollupConfig } from '@headwater/core';
import { type RollupOptions, type RollupReport, refreshRollups } from '@headwater/etl';
import { createLake, type Metric, rollupsIn, tableOf } from '@headwater/queries';
import { duckdbEngine, openRollupWriter } from '@headwater/queries/duckdb';

/** Writes the rollups of a table, all of them kept unless the options say otherwise. */
export async function refresh(
  definition: EventsTable,
  lake: string,
  configs: readonly RollupConfig[],
  options: Partial<RollupOptions> & { readonly metrics?: readonly Metric[] } = {},
): Promise<RollupReport> {
  const { metrics, ...more } = options;
  const unread = createLake({ tables: [definition], metrics, engine: duckdbEngine({ lake }) });
  return refreshRollups({
    table: definition,
    lake,
    rollups: rollupsIn(tableOf(unread, definition.name), configs),
    open: (source) => openRollupWriter({ lake, threads: 1 }, definition.schema, source),
    eventsPerGroup: 0,
    ...more,
  });
}
