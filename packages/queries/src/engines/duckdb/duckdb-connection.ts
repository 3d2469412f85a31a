import type { CompiledQuery } from 'kysely';
import type { QueryOptions } from '../../session/query.ts';
import { BatchConnection } from '../common/batch-connection.ts';
import type { DuckdbDialectConfig } from './duckdb-dialect-config.ts';
import { openDuckdbResult } from './duckdb-result.ts';
import { prepareQuery } from './duckdb-statement.ts';

/** DuckDB as Kysely uses it. Each query has a connection of its own, so that queries run side by side and are interrupted alone. */
export class DuckdbConnection extends BatchConnection {
  readonly #open: DuckdbDialectConfig['open'];

  constructor({ open }: DuckdbDialectConfig) {
    super();
    this.#open = open;
  }

  protected override async *batches(query: CompiledQuery, options?: QueryOptions) {
    const result = await openDuckdbResult(this.#open, query, prepareQuery, options);
    yield* result.rows();
  }
}
