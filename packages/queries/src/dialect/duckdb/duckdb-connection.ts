import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { DuckdbSession } from '../../engine/duckdb-session.ts';
import type { QueryOptions } from '../../lake/lake-engine.ts';
import { bindParameters } from './duckdb-parameter.ts';
import { openDuckdbResult } from './duckdb-result.ts';

/** One DuckDB connection as Kysely uses it. */
export class DuckdbConnection implements DatabaseConnection {
  readonly #session: DuckdbSession;
  readonly #connection: DuckDBConnection;

  constructor(session: DuckdbSession, connection: DuckDBConnection) {
    this.#session = session;
    this.#connection = connection;
  }

  async executeQuery<Row>(query: CompiledQuery, options?: QueryOptions): Promise<QueryResult<Row>> {
    const rows: Row[] = [];
    for await (const batch of this.#run<Row>(query, options)) for (const row of batch) rows.push(row);
    return { rows };
  }

  async *streamQuery<Row>(
    query: CompiledQuery,
    chunkSize: number,
    options?: QueryOptions,
  ): AsyncIterableIterator<QueryResult<Row>> {
    for await (const batch of this.#run<Row>(query, options)) {
      // The engine's batches hold 2048 rows at most; a smaller wish is kept, a larger one has no use.
      for (let start = 0; start < batch.length; start += chunkSize)
        yield { rows: batch.slice(start, start + chunkSize) };
    }
  }

  close(): void {
    this.#connection.closeSync();
  }

  async *#run<Row>(query: CompiledQuery, options?: QueryOptions): AsyncIterableIterator<Row[]> {
    const open = async (): Promise<DuckDBPreparedStatement> => {
      const statement = await this.#connection.prepare(query.sql);
      bindParameters(statement, query.parameters);
      return statement;
    };
    try {
      const result = await openDuckdbResult(this.#session, this.#connection, query.sql, open, options);
      // Kysely types a row by the query that it compiled.
      yield* result.rows() as AsyncIterableIterator<Row[]>;
    } catch (error) {
      // Kysely has already rejected with the signal's reason; a second error would only be printed.
      if (!options?.signal?.aborted) throw error;
    }
  }
}
