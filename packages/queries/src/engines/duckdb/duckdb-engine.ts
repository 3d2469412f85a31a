import type { EngineTraits, LakeEngine } from '../../session/lake-engine.ts';
import { duckdbSession } from './duckdb-session.ts';
import { duckdbSlots } from './duckdb-slots.ts';

/** Which lake DuckDB reads, and how much of the machine it may use. */
export interface DuckdbEngineConfig {
  /** Folder of the lake. */
  readonly lake: string;
  /** Such as `1GB`; above it DuckDB spills to disk. Defaults to half of the machine's memory. */
  readonly memoryLimit?: string | undefined;
  /** Defaults to one thread for each processor. */
  readonly threads?: number | undefined;
  /** Where DuckDB spills to. Defaults to `.tmp` in the working folder, made when needed. */
  readonly spillFolder?: string | undefined;
  /**
   * Queries that run at the same time; the others wait in their order. Defaults to one for each processor, between 2 and one
   * less than the threads of Node's pool, which are 4 unless UV_THREADPOOL_SIZE says otherwise.
   * A result that is read as a stream counts until it has been read.
   */
  readonly maxConcurrentQueries?: number | undefined;
  /** Queries that may wait. Another one fails with `QUERY_QUEUE_FULL`. Defaults to 1000. */
  readonly queueLimit?: number | undefined;
  /** Seconds that a query may wait; then it fails with `QUERY_QUEUE_TIMEOUT`. Defaults to 60. */
  readonly queueTimeoutSeconds?: number | undefined;
}

const traits: EngineTraits = {
  runsQueries: true,
  reads: 'manifests',
  readsView: false,
  reportsScan: false,
  chargesScan: false,
  readsAgainCheaply: true,
};

/**
 * DuckDB in this process over a lake in a local folder. Nothing is read before the first query.
 *
 * @throws HeadwaterError `OPTION_INVALID`
 * @example createLake({ tables: [clickstream], engine: duckdbEngine({ lake: './lake', memoryLimit: '1GB' }) })
 */
export function duckdbEngine(config: DuckdbEngineConfig): LakeEngine {
  duckdbSlots(config);
  return {
    name: 'duckdb',
    ...traits,
    open: (tables, refresh) => duckdbSession(config, traits, tables, refresh),
  };
}
