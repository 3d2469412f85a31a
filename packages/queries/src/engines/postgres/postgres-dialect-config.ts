import type { TableSchema } from '@headwater/core';
import type { QueryOptions } from '../../session/query.ts';
import type { PostgresTransaction } from './postgres-transaction.ts';

/** The config of the dialect: the tables, and how a query gets a connection. */
export interface PostgresDialectConfig {
  readonly tables: readonly TableSchema[];
  /** Begins the transaction of one query. An aborted signal cancels what runs in it. */
  begin(options?: QueryOptions): Promise<PostgresTransaction>;
}
