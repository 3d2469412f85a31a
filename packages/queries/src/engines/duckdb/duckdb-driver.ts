import type { DatabaseConnection } from 'kysely';
import { ReadOnlyDriver } from '../../session/read-only-driver.ts';
import type { DuckdbDialectConfig } from './duckdb-dialect-config.ts';

/** A connection that says when it is no longer needed. */
interface ClosableConnection extends DatabaseConnection {
  close(): void;
}

/** Gives each query a connection of its own, so that queries run side by side and are interrupted alone. */
export class DuckdbDriver extends ReadOnlyDriver {
  readonly #config: DuckdbDialectConfig;
  readonly #connections = new WeakMap<DatabaseConnection, ClosableConnection>();

  constructor(config: DuckdbDialectConfig) {
    super();
    this.#config = config;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    // The engine is native code: it is loaded by the first query, not by whoever imports a metric's description.
    const [{ DuckdbConnection }, database] = await Promise.all([
      import('./duckdb-connection.ts'),
      this.#config.open(),
    ]);
    const connection = new DuckdbConnection(database, await database.connect());
    this.#connections.set(connection, connection);
    return connection;
  }

  override async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#connections.get(connection)?.close();
  }
}
