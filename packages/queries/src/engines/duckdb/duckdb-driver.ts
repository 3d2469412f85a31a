import type { DatabaseConnection } from 'kysely';
import { ReadOnlyDriver } from '../../session/read-only-driver.ts';
import type { DuckdbDialectConfig } from './duckdb-dialect-config.ts';

/** A connection that is closed when it is released. */
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
    // DuckDB is native code: the first query loads it, not a program that only describes metrics.
    const database = await this.#config.open();
    const { DuckdbConnection } = await import('./duckdb-connection.ts');
    const connection = new DuckdbConnection(database, await database.connect());
    this.#connections.set(connection, connection);
    return connection;
  }

  override async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#connections.get(connection)?.close();
  }
}
