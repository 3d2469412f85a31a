import type { DuckDBConnection } from '@duckdb/node-api';
import type { CompiledQuery } from 'kysely';
import type { QueryOptions } from '../../session/query.ts';
import { BatchConnection } from '../common/batch-connection.ts';
import type { DuckdbDatabase } from './duckdb-database.ts';
import { openDuckdbResult } from './duckdb-result.ts';
import { prepareQuery } from './duckdb-statement.ts';

/** One DuckDB connection as Kysely uses it. */
export class DuckdbConnection extends BatchConnection {
  readonly #database: DuckdbDatabase;
  readonly #connection: DuckDBConnection;

  constructor(database: DuckdbDatabase, connection: DuckDBConnection) {
    super();
    this.#database = database;
    this.#connection = connection;
  }

  close(): void {
    this.#connection.closeSync();
  }

  protected override async *batches(query: CompiledQuery, options?: QueryOptions) {
    const prepare = () => prepareQuery(this.#connection, query);
    const result = await openDuckdbResult(this.#database, this.#connection, query.sql, prepare, options);
    yield* result.rows();
  }
}
