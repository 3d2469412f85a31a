import type { DatabaseConnection } from 'kysely';
import { ReadOnlyDriver } from '../../session/read-only-driver.ts';
import { TrinoConnection } from './trino-connection.ts';
import type { TrinoDialectConfig } from './trino-dialect-config.ts';

/** Trino has no connections: each statement is a series of HTTP requests. */
export class TrinoDriver extends ReadOnlyDriver {
  readonly #connection: TrinoConnection;

  constructor(config: TrinoDialectConfig) {
    super();
    this.#connection = new TrinoConnection(config);
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  override async releaseConnection(): Promise<void> {}
}
