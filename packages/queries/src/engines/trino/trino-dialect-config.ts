import type { TableSchema } from '@headwater/core';
import type { QueryOptions, QueryText } from '../../session/query.ts';
import type { TrinoResult } from './trino-result.ts';

/** The config of the dialect: the tables, and how a statement is run. */
export interface TrinoDialectConfig {
  readonly tables: readonly TableSchema[];
  /** Starts a query. The promise settles when the columns are known. */
  run(query: QueryText, options?: QueryOptions): Promise<TrinoResult>;
}
