import type { DatabaseConnection } from 'kysely';
import { ReadOnlyDriver } from '../../session/read-only-driver.ts';
import { TrinoConnection } from './trino-connection.ts';
import type { TrinoDialectConfig } from './trino-dialect-config.ts';

/** A statement of Trino is a conversation of its own: there is nothing to open before it, or to close after it. */
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
