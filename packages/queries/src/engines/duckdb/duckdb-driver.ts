import { packageMissing } from '@headwater/core/internal';
import type { DatabaseConnection } from 'kysely';
import { ReadOnlyDriver } from '../../session/read-only-driver.ts';
import type { DuckdbDialectConfig } from './duckdb-dialect-config.ts';

/** Gives Kysely connections that hold nothing: each query of theirs opens what it needs and ends it. */
export class DuckdbDriver extends ReadOnlyDriver {
  readonly #config: DuckdbDialectConfig;

  constructor(config: DuckdbDialectConfig) {
    super();
    this.#config = config;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    // DuckDB is native code: the first query loads it, not a program that only describes metrics.
    const { DuckdbConnection } = await import('./duckdb-connection.ts').catch(
      packageMissing('@duckdb/node-api', 'DuckDB'),
    );
    return new DuckdbConnection(this.#config);
  }

  override async releaseConnection(): Promise<void> {}
}
