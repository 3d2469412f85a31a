import type { TableSchema } from '@headwater/core';
import type { QueryOptions, QueryText } from '../../session/query.ts';
import type { TrinoResult } from './trino-result.ts';

/** What the dialect needs: the tables it may be asked about, and who runs a statement. */
export interface TrinoDialectConfig {
  readonly tables: readonly TableSchema[];
  /** Starts a compiled query; the promise settles when the columns are known. */
  run(query: QueryText, options?: QueryOptions): Promise<TrinoResult>;
}
