import type { DuckdbDatabase } from './duckdb-database.ts';

/** What the dialect needs: an engine, opened when the first query asks for it. */
export interface DuckdbDialectConfig {
  /** Opens the engine, or gives the one that is open already. */
  open(): Promise<DuckdbDatabase>;
}
