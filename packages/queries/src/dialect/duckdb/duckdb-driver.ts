import type { DatabaseConnection, Driver } from 'kysely';
import type { DuckdbDialectConfig } from './duckdb-dialect-config.ts';

/** A connection that says when it is no longer needed. */
interface ClosableConnection extends DatabaseConnection {
  close(): void;
}

const readOnly = async (): Promise<never> => {
  throw new Error('A lake is read here: there are no transactions');
};

/** Gives each query a connection of its own, so that queries run side by side and are interrupted alone. */
export class DuckdbDriver implements Driver {
  readonly #config: DuckdbDialectConfig;
  readonly #connections = new WeakMap<DatabaseConnection, ClosableConnection>();

  constructor(config: DuckdbDialectConfig) {
    this.#config = config;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    // The engine is native code: it is loaded by the first query, not by whoever imports a metric's description.
    const [{ DuckdbConnection }, session] = await Promise.all([
      import('./duckdb-connection.ts'),
      this.#config.open(),
    ]);
    const connection = new DuckdbConnection(session, await session.connect());
    this.#connections.set(connection, connection);
    return connection;
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#connections.get(connection)?.close();
  }

  beginTransaction(): Promise<void> {
    return readOnly();
  }

  commitTransaction(): Promise<void> {
    return readOnly();
  }

  rollbackTransaction(): Promise<void> {
    return readOnly();
  }

  // The session belongs to the lake, which closes it.
  async destroy(): Promise<void> {}
}
