import type { QueryOptions } from '../../session/query.ts';
import type { DuckdbDatabase } from './duckdb-database.ts';

/** The config of the dialect. */
export interface DuckdbDialectConfig {
  /** Called for each query. Opens DuckDB, or gives one that is already open. */
  open(options?: Pick<QueryOptions, 'signal'>): Promise<DuckdbDatabase>;
}
