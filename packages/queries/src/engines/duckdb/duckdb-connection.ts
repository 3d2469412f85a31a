import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import type { CompiledQuery } from 'kysely';
import type { QueryOptions } from '../../lake/lake-engine.ts';
import { BatchConnection } from '../common/batch-connection.ts';
import { bindParameters } from './duckdb-parameter.ts';
import { openDuckdbResult } from './duckdb-result.ts';
import type { DuckdbSession } from './duckdb-session.ts';

/** One DuckDB connection as Kysely uses it. */
export class DuckdbConnection extends BatchConnection {
  readonly #session: DuckdbSession;
  readonly #connection: DuckDBConnection;

  constructor(session: DuckdbSession, connection: DuckDBConnection) {
    super();
    this.#session = session;
    this.#connection = connection;
  }

  close(): void {
    this.#connection.closeSync();
  }

  protected override async *batches(query: CompiledQuery, options?: QueryOptions) {
    const prepare = async (): Promise<DuckDBPreparedStatement> => {
      const statement = await this.#connection.prepare(query.sql);
      bindParameters(statement, query.parameters);
      return statement;
    };
    const result = await openDuckdbResult(this.#session, this.#connection, query.sql, prepare, options);
    yield* result.rows();
  }
}
