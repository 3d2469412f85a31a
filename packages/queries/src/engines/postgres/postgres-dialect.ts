import {
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  PostgresIntrospector,
  type QueryCompiler,
} from 'kysely';
import { PostgresAdapter } from './postgres-adapter.ts';
import type { PostgresDialectConfig } from './postgres-dialect-config.ts';
import { PostgresDriver } from './postgres-driver.ts';
import { PostgresQueryCompiler } from './postgres-query-compiler.ts';

/**
 * Kysely's dialect for PostgreSQL, for tables that a lake was loaded into. Unlike Kysely's own, it writes the functions of
 * metrics, rows have the documented JavaScript types, every query is read-only, and an aborted query is cancelled on the server.
 *
 * @example
 * ```ts
 * const db = new Kysely<Database>({ dialect: new HeadwaterPostgresDialect({ tables: [clickstream.schema], begin }) });
 * ```
 */
export class HeadwaterPostgresDialect implements Dialect {
  protected readonly config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    this.config = config;
  }

  createDriver(): Driver {
    return new PostgresDriver(this.config);
  }

  createQueryCompiler(): QueryCompiler {
    return new PostgresQueryCompiler(this.config.tables);
  }

  createAdapter(): DialectAdapter {
    return new PostgresAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new PostgresIntrospector(db);
  }
}
