import type { QueryCompiler } from 'kysely';
import { TrinoDialect } from '../trino/trino-dialect.ts';
import { AthenaQueryCompiler } from './athena-query-compiler.ts';

/** Kysely's dialect for Athena: Trino's, with another compiler. */
export class AthenaDialect extends TrinoDialect {
  override createQueryCompiler(): QueryCompiler {
    return new AthenaQueryCompiler(this.config.tables);
  }
}
