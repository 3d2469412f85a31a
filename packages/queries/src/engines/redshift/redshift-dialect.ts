import {
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  PostgresIntrospector,
  type QueryCompiler,
} from 'kysely';
import { PostgresAdapter } from '../postgres/postgres-adapter.ts';
import { RedshiftQueryCompiler } from './redshift-query-compiler.ts';
import { RunsNoneDriver } from './runs-none.ts';

/**
 * Kysely's dialect for the text of queries to Redshift. It runs none.
 *
 * @example
 * ```ts
 * const { sql } = new Kysely<Database>({ dialect: new RedshiftDialect() }).selectFrom('clickstream').compile();
 * ```
 */
export class RedshiftDialect implements Dialect {
  createDriver(): Driver {
    return new RunsNoneDriver();
  }

  createQueryCompiler(): QueryCompiler {
    return new RedshiftQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new PostgresAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new PostgresIntrospector(db);
  }
}
