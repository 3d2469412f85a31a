import type { DatabaseIntrospector, Dialect, DialectAdapter, Driver, Kysely, QueryCompiler } from 'kysely';
import { InformationSchemaIntrospector } from '../common/information-schema-introspector.ts';
import { TrinoAdapter } from './trino-adapter.ts';
import type { TrinoDialectConfig } from './trino-dialect-config.ts';
import { TrinoDriver } from './trino-driver.ts';
import { TrinoQueryCompiler } from './trino-query-compiler.ts';

/**
 * Kysely's dialect for Trino. Rows have the documented JavaScript types, results stream page by page, and an aborted query
 * is stopped on the server.
 *
 * @example
 * ```ts
 * const db = new Kysely<Database>({ dialect: new TrinoDialect({ tables: [clickstream.schema], run }) });
 * ```
 */
export class TrinoDialect implements Dialect {
  protected readonly config: TrinoDialectConfig;

  constructor(config: TrinoDialectConfig) {
    this.config = config;
  }

  createDriver(): Driver {
    return new TrinoDriver(this.config);
  }

  createQueryCompiler(): QueryCompiler {
    return new TrinoQueryCompiler(this.config.tables);
  }

  createAdapter(): DialectAdapter {
    return new TrinoAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new InformationSchemaIntrospector(db);
  }
}
