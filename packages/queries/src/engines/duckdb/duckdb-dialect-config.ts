import type { QueryOptions } from '../../session/query.ts';
import type { DuckdbDatabase } from './duckdb-database.ts';

/** What the dialect needs: an engine, opened when the first query asks for it. */
export interface DuckdbDialectConfig {
  /** Called for each query. Opens the engine, or gives the one that is open already. */
  open(options?: Pick<QueryOptions, 'signal'>): Promise<DuckdbDatabase>;
}
