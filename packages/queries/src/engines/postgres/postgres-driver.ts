import type { DatabaseConnection } from 'kysely';
import { ReadOnlyDriver } from '../../session/read-only-driver.ts';
import { PostgresConnection } from './postgres-connection.ts';
import type { PostgresDialectConfig } from './postgres-dialect-config.ts';

/** Gives Kysely connections that hold nothing: each query of theirs takes one of the pool's and gives it back. */
export class PostgresDriver extends ReadOnlyDriver {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super();
    this.#config = config;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return new PostgresConnection(this.#config);
  }

  override async releaseConnection(): Promise<void> {}
}
