import type { EventsTable, RollupConfig } from '@headwater/core';
import type { LoadedConfig } from '../config/load-config.ts';

/** The rollups of a table that the config names. */
export const rollupsOfConfig = (
  { rollups = [], tables }: Pick<LoadedConfig, 'rollups' | 'tables'>,
  table: EventsTable,
): readonly RollupConfig[] => rollups.filter((one) => (one.table ?? tables[0].name) === table.name);
