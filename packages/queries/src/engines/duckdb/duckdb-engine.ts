import type { EngineTraits, LakeEngine } from '../../session/lake-engine.ts';
import { duckdbSession } from './duckdb-session.ts';

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
}

const traits: EngineTraits = { readsView: false, reportsScan: false, chargesScan: false };

/**
 * DuckDB in this process over a lake in a local folder. Nothing is read before the first query.
 *
 * @example createLake({ tables: [clickstream], engine: duckdbEngine({ lake: './lake', memoryLimit: '1GB' }) })
 */
export function duckdbEngine(config: DuckdbEngineConfig): LakeEngine {
  return { name: 'duckdb', ...traits, open: (tables) => duckdbSession(config, traits, tables) };
}
