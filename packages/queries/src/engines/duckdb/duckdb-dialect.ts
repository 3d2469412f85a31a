import type { DatabaseIntrospector, Dialect, DialectAdapter, Driver, Kysely, QueryCompiler } from 'kysely';
import { InformationSchemaIntrospector } from '../common/information-schema-introspector.ts';
import { DuckdbAdapter } from './duckdb-adapter.ts';
import type { DuckdbDialectConfig } from './duckdb-dialect-config.ts';
import { DuckdbDriver } from './duckdb-driver.ts';
import { DuckdbQueryCompiler } from './duckdb-query-compiler.ts';

/**
 * Kysely's dialect for DuckDB in process. Rows have the documented JavaScript types, results stream, and an aborted query
 * is interrupted.
 *
 * @example
 * ```ts
 * const db = new Kysely<Database>({ dialect: new DuckdbDialect({ open }) });
 * ```
 */
export class DuckdbDialect implements Dialect {
  readonly #config: DuckdbDialectConfig;

  constructor(config: DuckdbDialectConfig) {
    this.#config = config;
  }

  createDriver(): Driver {
    return new DuckdbDriver(this.#config);
  }

  createQueryCompiler(): QueryCompiler {
    return new DuckdbQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new DuckdbAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new InformationSchemaIntrospector(db);
  }
}
