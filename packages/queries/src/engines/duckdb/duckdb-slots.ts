import { availableParallelism } from 'node:os';
import { querySlotOptions } from '../common/query-slot-options.ts';
import type { QuerySlotOptions } from '../common/query-slots.ts';
import type { DuckdbEngineConfig } from './duckdb-engine.ts';

/**
 * How many queries DuckDB runs at the same time, with defaults.
 * @throws HeadwaterError `OPTION_INVALID`
 */
export const duckdbSlots = (config: DuckdbEngineConfig): QuerySlotOptions =>
  querySlotOptions(config, defaultConcurrency());

/**
 * One for each processor, since a query by itself uses several. A query that runs also occupies a thread of Node's pool, whose
 * size is 4 unless UV_THREADPOOL_SIZE says otherwise; one is left for files and name look-ups
 * (https://nodejs.org/api/cli.html#uv_threadpool_sizesize).
 */
function defaultConcurrency(): number {
  const pool = Number(process.env['UV_THREADPOOL_SIZE']) || 4;
  return Math.max(2, Math.min(availableParallelism(), pool - 1));
}
